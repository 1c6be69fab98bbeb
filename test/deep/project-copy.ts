import { existsSync, rmSync } from 'node:fs';
import { cp, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';
import { git, sourceFiles } from './git';

/** The project a second time, to be broken. */
export class ProjectCopy {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** Of all source files. What was installed is shared. */
  static async make(): Promise<ProjectCopy> {
    const root = await mkdtemp(path.join(tmpdir(), 'account-vending-deep-'));
    process.once('exit', () => {
      rmSync(root, { recursive: true, force: true });
    });
    for (const file of await sourceFiles()) await cp(path.join(projectRoot, file), path.join(root, file));
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
