import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';
import { runCommand } from '../../sandbox/runtime-plane/run-command';

/** The project a second time, to be broken. */
export class ProjectCopy {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** Every file that Git knows, as it is now in the working tree. What was installed is shared. */
  static async make(): Promise<ProjectCopy> {
    const root = await mkdtemp(path.join(tmpdir(), 'account-vending-deep-'));
    const files = (await git(projectRoot, ['ls-files'])).split('\n').filter((file) => file !== '');
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

  async remove(): Promise<void> {
    await rm(this.root, { recursive: true });
  }
}

async function git(cwd: string, args: readonly string[]): Promise<string> {
  const result = await runCommand('git', args, { cwd });
  if (result.status === 'missing') throw new Error('Git is not on the PATH; test:deep needs it.');
  if (result.exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${result.output}`);
  return result.output;
}
