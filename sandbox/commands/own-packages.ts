import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { type RunCommand, runCommand } from '../../operator/run-command';
import { projectRoot } from '../environment';
import { withLockFile } from '../runtime/ministack/lock-file';
import { SandboxError } from '../runtime/ministack/sandbox-error';

export interface OwnPackagesOptions {
  readonly log: (line: string) => void;
  /** Holds `.cache`; the project's root unless a test says otherwise. */
  readonly root?: string;
  readonly run?: RunCommand;
}

/**
 * Installs the packages of a folder with a `package.json` and a lock file of its own, which only few commands need:
 * `npm ci` of the project leaves them out. It installs on the first call, when the lock file has changed, and when an
 * earlier attempt was cut off. A call that finds them installed reads two small files. Two commands at once install
 * once.
 *
 * @param folder of the project, such as `site`
 * @throws SandboxError with what npm says when it cannot install
 */
export async function ensureOwnPackages(folder: string, options: OwnPackagesOptions): Promise<void> {
  const { root = projectRoot } = options;
  const lockFile = await readFile(path.join(root, folder, 'package-lock.json'));
  const wanted = createHash('sha256').update(lockFile).digest('hex');
  // Written last, so that a folder without it is one that was never finished.
  const marker = path.join(root, folder, 'node_modules/lock-file.sha256');
  const isInstalled = async (): Promise<boolean> => existsSync(marker) && (await readFile(marker, 'utf8')) === wanted;
  if (await isInstalled()) return;
  await mkdir(path.join(root, '.cache'), { recursive: true });
  await withLockFile(path.join(root, '.cache', `${folder.replaceAll('/', '-')}.lock`), async () => {
    // Another command may have installed them while this one waited for the lock.
    if (await isInstalled()) return;
    await rm(path.dirname(marker), { recursive: true, force: true });
    await install(folder, root, options);
    await writeFile(marker, wanted);
  });
}

async function install(folder: string, root: string, { run = runCommand, log }: OwnPackagesOptions): Promise<void> {
  log(`Installing the packages that only ${folder} needs (once, and when they change) ...`);
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  const result = await run('npm', ['ci', ...options], { cwd: path.join(root, folder) });
  if (result.status === 'missing') throw new SandboxError('npm is not on the PATH. Install Node with npm.');
  if (result.exitCode === 0) return;
  throw new SandboxError(
    `npm could not install the packages of ${folder}. Repair what it says, then run the command again.\n${result.output}`,
  );
}
