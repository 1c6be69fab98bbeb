import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What the commands of a build are run with. */
interface CommandsOfBuild {
  /** For a shell. */
  readonly script: string;
  /** All that they know; nothing of this process. */
  readonly environment: Readonly<Record<string, string>>;
  /** By path. */
  readonly files: Readonly<Record<string, string>>;
  /** Names of the variables that are exported at the end. */
  readonly exported: readonly string[];
  readonly limitMilliseconds: number;
}

interface BuildResult {
  /** Null: it was ended by the limit. */
  readonly exitCode: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  /** The end of what it has printed. */
  readonly log: string;
}

export interface RunningBuild {
  /** Undefined while the commands run. */
  result(): BuildResult | undefined;
  stop(): void;
}

/** Really runs the commands of a build, in a child process. */
export type BuildRunner = (commands: CommandsOfBuild) => RunningBuild;

const SHELL = 'bash';
const MAX_LOG = 4000;

/** Where virtual time passes: it must not run ahead of the child process, so everything waits for that. */
export const blockingRunner: BuildRunner = (commands) => {
  const { folder, exports, args, options } = prepared(commands);
  try {
    const { status, stdout, stderr, error } = spawnSync(SHELL, args, {
      ...options,
      encoding: 'utf8',
      timeout: commands.limitMilliseconds,
      killSignal: 'SIGKILL',
    });
    const exitCode = error === undefined ? (status ?? 1) : null;
    const result = { exitCode, outputs: exportedIn(exports, exitCode), log: `${stdout}${stderr}`.slice(-MAX_LOG) };
    return { result: () => result, stop: () => undefined };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Where the organization is served over HTTP: it answers others meanwhile, the commands themselves among them. */
export const concurrentRunner: BuildRunner = (commands) => {
  const { folder, exports, args, options } = prepared(commands);
  let result: BuildResult | undefined;
  let log = '';
  // A group of its own, so that what the shell has started ends with it.
  const child = spawn(SHELL, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    end(child);
  }, commands.limitMilliseconds);
  const keep = (chunk: Buffer): void => {
    log = `${log}${chunk.toString('utf8')}`.slice(-MAX_LOG);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const conclude = (exitCode: number | null): void => {
    clearTimeout(limit);
    result ??= { exitCode, outputs: exportedIn(exports, exitCode), log };
    rmSync(folder, { recursive: true, force: true });
  };
  child.once('error', () => {
    conclude(1);
  });
  child.once('close', (code) => {
    conclude(isLate ? null : (code ?? 1));
  });
  return {
    result: () => result,
    stop: () => {
      end(child);
    },
  };
};

function end({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

function prepared({ script, environment, files, exported }: CommandsOfBuild): {
  readonly folder: string;
  readonly exports: string;
  readonly args: string[];
  readonly options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv };
} {
  const folder = mkdtempSync(path.join(tmpdir(), 'account-vending-build-'));
  const [home, source, exports] = ['home', 'source', 'exports'].map((name) => path.join(folder, name));
  if (home === undefined || source === undefined || exports === undefined) throw new Error('There is no such folder.');
  for (const one of [home, source]) mkdirSync(one);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(source, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  const told = exported.map((name) => `printf '%s=%s\\0' ${name} "\${${name}-}" >> '${exports}'`);
  return {
    folder,
    exports,
    args: ['-c', [script, ...told].join('\n')],
    options: {
      cwd: source,
      env: { PATH: PATH_OF_BUILDS, HOME: home, TMPDIR: home, CODEBUILD_SRC_DIR: source, ...environment },
    },
  };
}

/** Scripts may use the Node of this process. */
const PATH_OF_BUILDS = ['/usr/local/bin', '/usr/bin', '/bin', path.dirname(process.execPath)].join(':');

function exportedIn(file: string, exitCode: number | null): Readonly<Record<string, string>> {
  if (exitCode !== 0) return {};
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  return Object.fromEntries(
    text
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
