import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Runs `work` while no other process on this machine does so under the same lock. The file names the process that holds
 * it; one left behind by a process that is gone (a Ctrl-C in the middle) is taken over.
 */
export const withLockFile = async <Result>(file: string, work: () => Promise<Result>): Promise<Result> => {
  while (!(await acquire(file))) await pause(pollMilliseconds);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
};

const pollMilliseconds = 200;

const acquire = async (file: string): Promise<boolean> => {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    // Empty for an instant between creation and writing: then its holder is alive.
    const holder = Number(await readFile(file, 'utf8').catch(() => ''));
    if (holder > 0 && !isAlive(holder)) await rm(file, { force: true });
    return false;
  }
};

const isAlive = (processId: number): boolean => {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return codeOf(error) === 'EPERM';
  }
};

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
