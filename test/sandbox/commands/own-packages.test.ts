import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { CommandResult, RunCommand } from '../../../operator/run-command';
import { ensureOwnPackages } from '../../../sandbox/commands/own-packages';

const ended = (exitCode: number, output = ''): CommandResult => ({ status: 'ended', exitCode, output });

/** Answers as npm: it leaves a package behind even where it fails. */
const npm = (answer: CommandResult = ended(0)) => {
  const calls: unknown[] = [];
  const run: RunCommand = (command, args, options) => {
    calls.push([command, args[0], options?.cwd]);
    mkdirSync(path.join(options?.cwd ?? '', 'node_modules/some-package'), { recursive: true });
    return Promise.resolve(answer);
  };
  return { run, calls };
};

describe('ensureOwnPackages', () => {
  let root: string;
  let logged: string[];

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'own-packages-'));
    logged = [];
    mkdirSync(path.join(root, 'test/mutants'), { recursive: true });
    lock('{}');
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  const lock = (text: string): void => {
    writeFileSync(path.join(root, 'test/mutants/package-lock.json'), text);
  };
  const ensure = (run: RunCommand): Promise<void> =>
    ensureOwnPackages('test/mutants', { root, run, log: (line) => logged.push(line) });

  it('installs them in their folder by their lock file, and says so in one sentence', async () => {
    const { run, calls } = npm();
    await ensure(run);

    expect(calls).toEqual([['npm', 'ci', path.join(root, 'test/mutants')]]);
    expect(logged).toEqual(['Installing the packages that only test/mutants needs (once, and when they change) ...']);
  });

  it('does and says nothing when they are installed', async () => {
    await ensure(npm().run);
    const again = npm();
    await ensure(again.run);

    expect(again.calls).toEqual([]);
    expect(logged).toHaveLength(1);
  });

  it('installs them again when the lock file has changed, and leaves nothing of the old ones', async () => {
    await ensure(npm().run);
    writeFileSync(path.join(root, 'test/mutants/node_modules/left-over'), '');
    lock('{ "lockfileVersion": 3 }');
    const again = npm();
    await ensure(again.run);

    expect(again.calls).toHaveLength(1);
    expect(existsSync(path.join(root, 'test/mutants/node_modules/left-over'))).toBe(false);
  });

  it('installs them again when an attempt was cut off, even for a lock file that was installed before', async () => {
    await ensure(npm().run);
    lock('{ "lockfileVersion": 3 }');
    await expect(ensure(() => Promise.reject(new Error('cut off')))).rejects.toThrow('cut off');
    lock('{}');
    const again = npm();
    await ensure(again.run);

    expect(again.calls).toHaveLength(1);
  });

  it('installs them once for two commands that start together', async () => {
    const { run, calls } = npm();
    await Promise.all([ensure(run), ensure(run)]);

    expect(calls).toHaveLength(1);
    expect(readdirSync(path.join(root, '.cache'))).toEqual([]);
  });

  it('fails with the words of npm and with what to do, and takes nothing of it for installed', async () => {
    const refused = ensure(npm(ended(1, 'npm error network request failed')).run);
    await expect(refused).rejects.toThrow(
      'npm could not install the packages of test/mutants. Repair what it says, then run the command again.\n' +
        'npm error network request failed',
    );
    const again = npm();
    await ensure(again.run);

    expect(again.calls).toHaveLength(1);
  });

  it('says that npm is missing', async () => {
    await expect(ensure(npm({ status: 'missing' }).run)).rejects.toThrow('npm is not on the PATH.');
  });
});
