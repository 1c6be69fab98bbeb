import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { projectRoot } from '../../sandbox/environment';

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** The folder of package.json. */
  readonly root?: string;
  /** The folder that is all of the PATH; see `nodeAlone`. */
  readonly programs: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** Runs a script of package.json as a person would, with nothing of this process's environment. */
export const runNpm = (script: string, args: readonly string[], options: RunOptions): Promise<Ended> =>
  ended(['run', '--silent', script, '--', ...args], options);

/** Runs `npx account-vending` in the same way. */
export const runAccountVending = (args: readonly string[], options: RunOptions): Promise<Ended> =>
  ended(['exec', '--silent', '--', 'account-vending', ...args], options);

async function ended(
  npmArguments: readonly string[],
  { root = projectRoot, programs, variables = {} }: RunOptions,
): Promise<Ended> {
  const child = spawn('npm', npmArguments, {
    cwd: root,
    env: { ...variables, PATH: programs, HOME: programs, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exitCode = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { exitCode: await exitCode, stdout, stderr };
}

/** A folder with Node, npm and the shell that npm needs: no Python, nothing else. Anyone who makes it removes it. */
export function nodeAlone(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'account-vending-programs-'));
  for (const name of ['node', 'npm', 'sh']) symlinkSync(find(name), path.join(folder, name));
  return folder;
}

function find(name: string): string {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
  if (found === undefined) throw new Error(`There is no ${name} on the PATH.`);
  return realpathSync(found);
}
