import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  ensurePythonEnvironment,
  type PythonEnvironment,
} from '../../../../sandbox/runtime/ministack/python-environment';
import type { CommandResult, RunCommand } from '../../../../operator/run-command';

const ended = (exitCode: number, output = ''): CommandResult => ({ status: 'ended', exitCode, output });

/** A machine whose python3, venv and pip answer as told; by default all is well. `calls` are the ones it got. */
const machine = (answers: { version?: CommandResult; venv?: CommandResult; pip?: CommandResult } = {}) => {
  const calls: string[] = [];
  const pipOptions: string[] = [];
  const run: RunCommand = async (_command, args) => {
    const what = args[0] === '-c' ? 'version' : args[1] === 'venv' ? 'venv' : 'pip';
    calls.push(what);
    if (what === 'pip') pipOptions.push(...args);
    // As the real one: a folder is there before it is known whether it will be finished.
    if (what === 'venv') await mkdir(path.join(args[2] ?? '', 'bin'), { recursive: true });
    return answers[what] ?? ended(0, what === 'version' ? '3 11' : '');
  };
  return { run, calls, pipOptions };
};

const wholeMake = ['version', 'venv', 'pip'];

describe('ensurePythonEnvironment', () => {
  let root: string;
  let requirementsFile: string;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'python-environment-'));
    requirementsFile = path.join(root, 'requirements.txt');
    await writeFile(requirementsFile, 'ministack==1.0.0\n');
  });
  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  const ensure = (run: RunCommand): Promise<PythonEnvironment> =>
    ensurePythonEnvironment({ root, requirementsFile, run });

  it('names its Python and the programs that its packages brought', async () => {
    const environment = await ensure(machine().run);
    expect(environment.python).toBe(path.join(root, '.venv/bin/python'));
    expect(environment.bin('moto_server')).toBe(path.join(root, '.venv/bin/moto_server'));
  });

  it('takes only files of the hashes that the requirements name', async () => {
    const { run, pipOptions } = machine();
    await ensure(run);
    expect(pipOptions).toContain('--require-hashes');
  });

  it('runs nothing when the environment is ready', async () => {
    await ensure(machine().run);
    const again = machine();
    await ensure(again.run);
    expect(again.calls).toEqual([]);
  });

  it('makes it again when the requirements have changed', async () => {
    await ensure(machine().run);
    await writeFile(path.join(root, '.venv/left-over'), '');
    await writeFile(requirementsFile, 'ministack==1.0.1\n');
    const again = machine();
    await ensure(again.run);
    expect(again.calls).toEqual(wholeMake);
    expect(existsSync(path.join(root, '.venv/left-over'))).toBe(false);
  });

  it('makes it again when an earlier attempt was cut off', async () => {
    await mkdir(path.join(root, '.venv/bin'), { recursive: true });
    const { run, calls } = machine();
    await ensure(run);
    expect(calls).toEqual(wholeMake);
  });

  it('makes it once for two commands that start together', async () => {
    const { run, calls } = machine();
    await Promise.all([ensure(run), ensure(run)]);
    expect(calls).toEqual(wholeMake);
  });

  it('is not held up by the lock of a command that was killed', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await mkdir(path.join(root, '.cache'));
    await writeFile(path.join(root, '.cache/venv.lock'), String(pid));
    await ensure(machine().run);
    expect(await readdir(path.join(root, '.cache'))).toEqual([]);
  });

  it.each([
    [
      'there is no Python',
      { version: { status: 'missing' } as const },
      /^Python 3 is not on the PATH\. .*apt-get install python3 /u,
    ],
    ['Python is too old', { version: ended(0, '3 9') }, /^Python 3\.9 is too old, 3\.10 or newer is needed\. /u],
    [
      'Debian has no ensurepip',
      { venv: ended(1, 'The virtual environment was not created successfully because ensurepip is not\navailable.') },
      /^Python's venv module is missing\. .*apt-get install python3-venv/u,
    ],
    [
      'there is no venv module',
      { venv: ended(1, '/usr/bin/python3: No module named venv') },
      /^Python's venv module is missing\. /u,
    ],
    [
      'the disk is full',
      { venv: ended(1, 'Error: [Errno 28] No space left on device') },
      /could not make .*No space left on device/u,
    ],
    [
      'there is no network',
      {
        pip: ended(1, 'WARNING: Retrying: Temporary failure in name resolution\nERROR: No matching distribution found'),
      },
      /^pip cannot reach the Python package index\. Connect to the network, or name your proxy or mirror/u,
    ],
    [
      'the package index is not read',
      { pip: ended(1, 'ERROR: Could not find a version (from versions: none)\nERROR: No matching distribution found') },
      /^pip cannot reach the Python package index\./u,
    ],
    [
      'a file is another one than was tried',
      {
        pip: ended(
          1,
          'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n    Expected sha256 0\n         Got        1',
        ),
      },
      /^pip was given other files than sandbox\/requirements\.txt names by their hashes\./u,
    ],
    [
      'a version does not exist',
      {
        pip: ended(
          1,
          'ERROR: Could not find it (from versions: 0.9, 1.1)\nERROR: No matching distribution found for ministack==1.0.0.',
        ),
      },
      /^pip could not install sandbox\/requirements\.txt: ERROR: No matching distribution found for ministack==1\.0\.0\. /u,
    ],
  ])(
    'when %s it says so, names the way without Python, and leaves nothing half-made',
    async (_case, answers, message) => {
      const failure: unknown = await ensure(machine(answers).run).catch((error: unknown) => error);
      expect(failure).toMatchObject({ name: 'SandboxError', message: expect.stringMatching(message) as string });
      expect((failure as Error).message).toContain('`npm run demo -- --embedded`, which needs Node alone');
      expect(existsSync(path.join(root, '.venv'))).toBe(false);
      expect(await readdir(path.join(root, '.cache'))).toEqual([]);
    },
  );
});
