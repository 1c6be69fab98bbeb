import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface CommandOptions {
  readonly cwd?: string;
  /** The whole environment of the command; that of this process if absent (pip needs the person's proxy and index). */
  readonly env?: Readonly<Record<string, string>>;
  /** Called with each line as it is printed. */
  readonly log?: ((line: string) => void) | undefined;
}

export type CommandResult =
  /** No such program on the PATH. */
  | { readonly status: 'missing' }
  /** Ended; `output` is what it printed on both streams, in the order in which it came. */
  | { readonly status: 'ended'; readonly exitCode: number; readonly output: string };

export type RunCommand = (command: string, args: readonly string[], options?: CommandOptions) => Promise<CommandResult>;

/** Runs a program to its end. A program that fails is a result, never an error: the caller knows what it means. */
export const runCommand: RunCommand = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const { cwd, env } = options;
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const lines: string[] = [];
    const keep = (line: string): void => {
      lines.push(line);
      options.log?.(line);
    };
    readLines(child.stdout, keep);
    readLines(child.stderr, keep);
    child.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve({ status: 'missing' });
      else reject(error);
    });
    child.on('close', (exitCode) => {
      resolve({ status: 'ended', exitCode: exitCode ?? 1, output: lines.join('\n') });
    });
  });

/** Calls back with every line of a stream. */
export const readLines = (stream: Readable, onLine: (line: string) => void): void => {
  createInterface({ input: stream }).on('line', onLine);
};
