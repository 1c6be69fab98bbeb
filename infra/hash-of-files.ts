import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Tells whether files are the same as they were: their names below `root`, their bytes, and a few words besides.
 *
 * @param places files and folders, from `root` on
 */
export function hashOfFiles(root: string, places: readonly string[], words: readonly string[] = []): string {
  const hash = createHash('sha256').update(JSON.stringify(words));
  for (const file of places.flatMap((place) => filesIn(root, place)).toSorted()) {
    const content = readFileSync(path.join(root, file));
    hash.update(JSON.stringify([file, content.byteLength])).update(content);
  }
  return hash.digest('hex');
}

function filesIn(root: string, place: string): readonly string[] {
  const full = path.join(root, place);
  if (!statSync(full).isDirectory()) return [place];
  const entries = readdirSync(full, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
