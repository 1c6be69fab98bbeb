import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import path from 'node:path';

const HOUR_MILLISECONDS = 60 * 60 * 1000;

/** So many are kept however long ago they were used. */
const ALWAYS_KEPT = 4;

/**
 * A folder that is made once for each key, beside those of other keys. What was not used for an hour is removed when a
 * new one is made, but for the newest few. Several processes may make the same one at once: the first counts.
 *
 * @param make fills the folder that it is given, and nothing else may be left there when it fails
 */
export function keptFolder(parent: string, key: string, make: (folder: string) => void): string {
  const folder = path.join(parent, key);
  if (!isKept(parent, key)) {
    const unfinished = unfinishedOf(folder);
    make(unfinished);
    keep(unfinished, folder);
  }
  return folder;
}

/** Whether a folder is there. It counts as used now. */
export function isKept(parent: string, key: string): boolean {
  const folder = path.join(parent, key);
  if (!existsSync(folder)) return false;
  const now = new Date();
  utimesSync(folder, now, now);
  return true;
}

/** Where a folder is filled, until it is complete. */
export const unfinishedOf = (folder: string): string => `${folder}-${process.pid}-unfinished`;

/** Gives a complete folder its name, and removes others that nobody uses. */
export function keep(unfinished: string, folder: string): void {
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process was faster, with the same content.
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true });
  }
  removeUnused(path.dirname(folder));
}

function removeUnused(parent: string): void {
  const found = readdirSync(parent).flatMap((name) => {
    const folder = path.join(parent, name);
    const stats = statSync(folder, { throwIfNoEntry: false });
    return stats?.isDirectory() === true ? [{ folder, usedAt: stats.mtimeMs }] : [];
  });
  const oldest = Date.now() - HOUR_MILLISECONDS;
  const rest = found.toSorted((one, other) => other.usedAt - one.usedAt).slice(ALWAYS_KEPT);
  for (const { folder, usedAt } of rest) {
    if (usedAt < oldest) rmSync(folder, { recursive: true, force: true });
  }
}
