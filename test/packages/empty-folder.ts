import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';

/** How a program has ended. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder outside the repository, with nothing in it. */
export interface EmptyFolder {
  readonly folder: string;
  readonly run: (program: string, args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ended>;
  /** Writes the first TypeScript of the README of a package. */
  readonly writeExample: (name: string, file: string) => string;
  readonly remove: () => void;
}

export function emptyFolder(): EmptyFolder {
  const folder = mkdtempSync(path.join(tmpdir(), 'account-vending-installed-'));
  return {
    folder,
    run: (program, args, env = {}) => ended(program, args, { cwd: folder, env: { ...plainEnvironment(), ...env } }),
    writeExample: (name, file) => {
      const readme = readFileSync(path.join(projectRoot, 'packages', name, 'README.md'), 'utf8');
      const example = /```ts\n(?<code>.*?)```/su.exec(readme)?.groups?.['code'] ?? '';
      writeFileSync(path.join(folder, file), example);
      return example;
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What npm and jest have put into this process leads back into the repository. */
const plainEnvironment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),
  PATH: [path.dirname(process.execPath), process.env['PATH'] ?? ''].join(path.delimiter),
});

const FOREIGN = /^(?:npm_(?:package|lifecycle)_|npm_config_local_prefix$|NODE_(?:ENV|OPTIONS|PATH)$|AWS_|VENDING_)/u;

function ended(program: string, args: readonly string[], options: object): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, args, { ...options, maxBuffer: Infinity, encoding: 'utf8' }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** The embedded application behind an API, in a process of its own. */
export async function servedApplication(): Promise<{ readonly apiUrl: string; readonly stop: () => void }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/packages/embedded-api.ts'], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const apiUrl = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (text: Buffer) => {
      resolve(text.toString().trim());
    });
    child.once('exit', (exitCode) => {
      reject(new Error(`The embedded application has ended with ${exitCode}.`));
    });
  });
  return { apiUrl, stop: () => void child.kill() };
}

/** Credentials and the place of the embedded application. */
export const variablesFor = (apiUrl: string): Readonly<Record<string, string>> => ({
  VENDING_API: apiUrl,
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: '000000000000',
  AWS_SECRET_ACCESS_KEY: 'test',
});
