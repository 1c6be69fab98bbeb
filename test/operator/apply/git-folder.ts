import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A Git repository of its own, whose commits come when a test says. */
export class GitFolder {
  readonly root = mkdtempSync(path.join(tmpdir(), 'requests-'));

  constructor() {
    this.git('init', '--quiet', '--initial-branch', 'main');
  }

  /** The folder of desired states in it. */
  get accounts(): string {
    return path.join(this.root, 'accounts');
  }

  copy(folder: string): void {
    cpSync(folder, this.root, { recursive: true });
  }

  write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.accounts, file)), { recursive: true });
    writeFileSync(path.join(this.accounts, file), text);
  }

  remove(file: string): void {
    rmSync(path.join(this.accounts, file));
  }

  /** @param at an instant, as the committer's clock shows it */
  commit(at: string): void {
    this.git('add', '--all');
    this.git('-c', `user.date=${at}`, 'commit', '--quiet', '--allow-empty', '--message', at);
  }

  git(...args: readonly string[]): string {
    const at = args.find((arg) => arg.startsWith('user.date='))?.slice('user.date='.length) ?? '2026-11-01T00:00:00Z';
    const env = {
      ...process.env,
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@corp.example',
      GIT_AUTHOR_DATE: at,
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@corp.example',
      GIT_COMMITTER_DATE: at,
    };
    const { status, stdout, stderr } = spawnSync('git', ['-C', this.root, ...args], { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout;
  }

  delete(): void {
    rmSync(this.root, { recursive: true });
  }
}
