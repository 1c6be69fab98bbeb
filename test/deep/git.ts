import { existsSync } from 'node:fs';
import path from 'node:path';

import { runCommand } from '../../operator/run-command';
import { projectRoot } from '../../sandbox/environment';

/** @throws Error with what Git says when it fails */
export async function git(cwd: string, args: readonly string[]): Promise<string> {
  const result = await runCommand('git', args, { cwd });
  if (result.status === 'missing') throw new Error('Git is not on the PATH; test:deep needs it.');
  if (result.exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${result.output}`);
  return result.output.trim();
}

/** Paths of every file that Git does not ignore, as they are now in the working tree; removed ones are left out. */
export async function sourceFiles(folder = '.'): Promise<readonly string[]> {
  const listed = await git(projectRoot, ['ls-files', '--cached', '--others', '--exclude-standard', folder]);
  return listed.split('\n').filter((file) => existsSync(path.join(projectRoot, file)));
}

/** Where this checkout stands. */
export interface Checkout {
  /** The commit's hash. */
  readonly commit: string;
  /** How many commits led to it; null where the clone has only the last ones. */
  readonly commits: number | null;
  /** Whether nothing differs from the commit. */
  readonly isClean: boolean;
}

export async function checkout(root = projectRoot): Promise<Checkout> {
  const isShallow = (await git(root, ['rev-parse', '--is-shallow-repository'])) === 'true';
  return {
    commit: await git(root, ['rev-parse', 'HEAD']),
    commits: isShallow ? null : Number(await git(root, ['rev-list', '--count', 'HEAD'])),
    isClean: (await git(root, ['status', '--porcelain'])) === '',
  };
}

/** Whether the history of this checkout has a commit. */
export const isBehindUs = async (commit: string, root = projectRoot): Promise<boolean> =>
  git(root, ['merge-base', '--is-ancestor', commit, 'HEAD']).then(
    () => true,
    () => false,
  );
