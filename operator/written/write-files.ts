import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { OperatorError } from '../operator-error';

/** What is to be written: contents by path. */
export type Contents = ReadonlyMap<string, string>;

/**
 * Writes all files, or none: whatever would be overwritten is found first. A file that has this content already is left
 * alone.
 *
 * @param remedy what a person can do where a file is there with another content
 * @returns the paths of what was written
 * @throws OperatorError when a file is there with another content, and may not be overwritten
 */
export function writeFiles(contents: Contents, overwrites: boolean, remedy: string): readonly string[] {
  const changed = [...contents].filter(
    ([file, content]) => !existsSync(file) || readFileSync(file, 'utf8') !== content,
  );
  const there = changed.filter(([file]) => existsSync(file)).map(([file]) => file);
  if (there.length > 0 && !overwrites) {
    const [one = '', ...others] = there;
    const what = others.length === 0 ? `${one} is` : `${there.join(', ')} are`;
    throw new OperatorError(`${what} there already. ${remedy}`);
  }
  for (const [file, content] of changed) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return changed.map(([file]) => file);
}

export const asJson = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;
