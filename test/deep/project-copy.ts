import { existsSync, rmSync } from 'node:fs';
import { cp, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';
import { runCommand } from '../../operator/run-command';

/** The project a second time, to be broken. */
export class ProjectCopy {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** Every file that Git does not ignore, as it is now in the working tree. What was installed is shared. */
  static async make(): Promise<ProjectCopy> {
    const root = await mkdtemp(path.join(tmpdir(), 'account-vending-deep-'));
    process.once('exit', () => {
      rmSync(root, { recursive: true, force: true });
    });
    const files = (await git(projectRoot, ['ls-files', '--cached', '--others', '--exclude-standard']))
      .split('\n')
      .filter((file) => file !== '');
    for (const file of files) {
      const source = path.join(projectRoot, file);
      // One that was removed and not yet committed is gone here, too.
      if (existsSync(source)) await cp(source, path.join(root, file));
    }
    for (const installed of ['node_modules', '.venv']) {
      const source = path.join(projectRoot, installed);
      if (existsSync(source)) await symlink(source, path.join(root, installed));
    }
    return new ProjectCopy(root);
  }

  /** @throws Error with what Git says when the patch does not fit */
  async apply(patch: string): Promise<void> {
    await git(this.root, ['apply', patch]);
  }

  async takeBack(patch: string): Promise<void> {
    await git(this.root, ['apply', '--reverse', patch]);
  }
}

/**
 * As many copies as are worked on at once, each used again and again: what jest has compiled in one is there for the
 * next.
 */
export class ProjectCopies {
  readonly #free: ProjectCopy[] = [];

  async withOne<Result>(work: (copy: ProjectCopy) => Promise<Result>): Promise<Result> {
    const copy = this.#free.pop() ?? (await ProjectCopy.make());
    const result = await work(copy);
    // One that could not be mended again is no longer used.
    this.#free.push(copy);
    return result;
  }
}

async function git(cwd: string, args: readonly string[]): Promise<string> {
  const result = await runCommand('git', args, { cwd });
  if (result.status === 'missing') throw new Error('Git is not on the PATH; test:deep needs it.');
  if (result.exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${result.output}`);
  return result.output;
}
