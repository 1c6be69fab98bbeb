import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { runCommand } from '../../operator/run-command';
import { projectRoot } from '../../sandbox/environment';

/** Paths of every file that Git does not ignore, as they are now in the working tree; removed ones are left out. */
export async function sourceFiles(): Promise<readonly string[]> {
  const listed = await git(projectRoot, ['ls-files', '--cached', '--others', '--exclude-standard']);
  return listed.split('\n').filter((file) => file !== '' && existsSync(path.join(projectRoot, file)));
}

/** Changes with the path or the content of any source file. */
export async function sourceHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of (await sourceFiles()).toSorted()) {
    const content = readFileSync(path.join(projectRoot, file));
    hash.update(`${file}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/** @throws Error with what Git says when it fails */
export async function git(cwd: string, args: readonly string[]): Promise<string> {
  const result = await runCommand('git', args, { cwd });
  if (result.status === 'missing') throw new Error('Git is not on the PATH; test:deep needs it.');
  if (result.exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${result.output}`);
  return result.output;
}
