import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { type Locked, lockedPackages } from '../../packages/build/locked-packages';
import { projectRoot } from '../../sandbox/environment';

/** A choice that another licence is part of is no obligation. */
export const isCopyleft = ({ license = '' }: Pick<Locked, 'license'>): boolean =>
  /GPL|SSPL|EUPL|OSL/u.test(license) && !license.includes(' OR ');

/** Whether text holds code of a copyleft package: a sentence of it, which survives bundling and minification. */
export function copyleftIn(text: string): readonly string[] {
  return sentences().filter((sentence) => text.includes(sentence));
}

let known: readonly string[] | undefined;

/** Long texts in the code of every copyleft package of the lockfile. */
function sentences(): readonly string[] {
  const folders = [...lockedPackages()].filter(([, locked]) => isCopyleft(locked)).map(([folder]) => folder);
  const found = folders.flatMap((folder) => filesIn(path.join(projectRoot, folder), /\.[cm]?js$/u)).flatMap(textsIn);
  return (known ??= [...new Set(found)]);
}

const textsIn = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?<quote>['"])(?<text>[^'"\\\n]{25,})\k<quote>/gu)]
    .map(({ groups }) => groups?.['text'] ?? '')
    .filter((text) => text.includes(' '));

/** All files below a folder with such a name. */
export const filesIn = (folder: string, name: RegExp): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
