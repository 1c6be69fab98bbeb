import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../../environment';
import { withLockFile } from './lock-file';
import { type CommandResult, runCommand, type RunCommand } from '../../../operator/run-command';
import { SandboxError } from './sandbox-error';

export interface PythonEnvironment {
  /** Absolute path of the environment's own Python. */
  readonly python: string;
  /** Absolute path of a program that its packages brought, such as `moto_server`. */
  bin(name: string): string;
}

export interface PythonEnvironmentOptions {
  /** Holds `.venv` and `.cache`; the project's root unless a test says otherwise. */
  readonly root?: string;
  readonly requirementsFile?: string;
  readonly run?: RunCommand;
  readonly log?: (line: string) => void;
}

const withoutPython = 'Or run `npm run demo -- --embedded`, which needs Node alone.';

/** The oldest Python that MiniStack and moto take (their own `Requires-Python`). */
const oldestPython = { major: 3, minor: 10 };

/**
 * Makes `.venv` from `sandbox/requirements.txt`: on the first call, when the requirements have changed, and when an
 * earlier attempt was cut off. A call that finds it ready reads one small file. Two commands at once make it once.
 *
 * @throws SandboxError when Python or its venv module is missing, or pip cannot install.
 */
export const ensurePythonEnvironment = async (options: PythonEnvironmentOptions = {}): Promise<PythonEnvironment> => {
  const root = options.root ?? projectRoot;
  const requirementsFile = options.requirementsFile ?? path.join(projectRoot, 'sandbox/requirements.txt');
  const folder = path.join(root, '.venv');
  const wanted = createHash('sha256')
    .update(await readFile(requirementsFile))
    .digest('hex');
  if (!(await isReady(folder, wanted))) {
    await mkdir(path.join(root, '.cache'), { recursive: true });
    await withLockFile(path.join(root, '.cache/venv.lock'), async () => {
      // Another command may have made it while this one waited for the lock.
      if (!(await isReady(folder, wanted))) await make(folder, requirementsFile, wanted, options);
    });
  }
  const bin = (name: string): string => path.join(folder, 'bin', name);
  return { python: bin('python'), bin };
};

/** Written last, so that a folder without it is one that was never finished. */
const markerOf = (folder: string): string => path.join(folder, 'requirements.sha256');

const isReady = async (folder: string, wanted: string): Promise<boolean> =>
  existsSync(markerOf(folder)) && (await readFile(markerOf(folder), 'utf8')) === wanted;

const make = async (
  folder: string,
  requirementsFile: string,
  wanted: string,
  { run = runCommand, log }: PythonEnvironmentOptions,
): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  try {
    await checkPython(run);
    log?.('Making the Python environment .venv (once, about half a minute) ...');
    checkVenv(await run('python3', ['-m', 'venv', folder]));
    const pip = [
      '-m',
      'pip',
      'install',
      '--quiet',
      // Half of the time would go into byte code of modules that nothing loads.
      '--no-compile',
      '--no-input',
      '--disable-pip-version-check',
      '--require-hashes',
      '-r',
      requirementsFile,
    ];
    checkPip(await run(path.join(folder, 'bin/python'), pip));
    await writeFile(markerOf(folder), wanted);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
};

const checkPython = async (run: RunCommand): Promise<void> => {
  const install = 'Install it (Debian, Ubuntu: `apt-get install python3 python3-venv`).';
  const result = await run('python3', ['-c', 'import sys; print(*sys.version_info[:2])']);
  if (result.status === 'missing') {
    throw new SandboxError(`Python 3 is not on the PATH. ${install} ${withoutPython}`);
  }
  const [major = 0, minor = 0] = result.output.split(' ').map(Number);
  if (major < oldestPython.major || (major === oldestPython.major && minor < oldestPython.minor)) {
    const found = result.output.trim().replace(' ', '.');
    throw new SandboxError(
      `Python ${found} is too old, 3.10 or newer is needed. Put a newer \`python3\` first on the PATH. ${withoutPython}`,
    );
  }
};

const checkVenv = (result: CommandResult): void => {
  if (hasSucceeded(result)) return;
  const output = outputOf(result);
  if (/ensurepip|No module named '?venv/u.test(output)) {
    throw new SandboxError(
      `Python's venv module is missing. Install it (Debian, Ubuntu: \`apt-get install python3-venv\`). ${withoutPython}`,
    );
  }
  throw new SandboxError(`Python could not make the environment .venv: ${lastLine(output)}. ${withoutPython}`);
};

/**
 * Our packages exist, so an index that knows no version of one was not read at all (all that pip says without retries).
 */
const unreachableIndex =
  /from versions: none|Failed to establish a new connection|name resolution|ConnectTimeout|ProxyError|timed out/u;

const checkPip = (result: CommandResult): void => {
  if (hasSucceeded(result)) return;
  const output = outputOf(result);
  if (unreachableIndex.test(output)) {
    throw new SandboxError(
      `pip cannot reach the Python package index. Connect to the network, or name your proxy or mirror (HTTPS_PROXY, PIP_INDEX_URL), and run the command again. ${withoutPython}`,
    );
  }
  if (output.includes('DO NOT MATCH THE HASHES')) {
    throw new SandboxError(
      `pip was given other files than sandbox/requirements.txt names by their hashes. Install from the Python package index, or ask who runs your mirror. ${withoutPython}`,
    );
  }
  throw new SandboxError(
    `pip could not install sandbox/requirements.txt: ${lastLine(output)}. Repair that and run the command again. ${withoutPython}`,
  );
};

const hasSucceeded = (result: CommandResult): boolean => result.status === 'ended' && result.exitCode === 0;

const outputOf = (result: CommandResult): string =>
  result.status === 'ended' ? result.output : 'the program is missing';

const lastLine = (output: string): string => output.trim().split('\n').at(-1)?.trim().replace(/\.$/u, '') ?? '';
