import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Metafile } from 'esbuild';

import { projectRoot } from '../../sandbox/environment';
import { lockedPackages } from './locked-packages';

/** What lets others pass a package on in a bundle, if its notice comes along. */
const PERMISSIVE = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MIT-0', 'Unlicense']);

/** The packages of which a bundle holds something, as folders in the lockfile. */
export const bundledPackages = ({ outputs }: Metafile): readonly string[] => {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return files.flatMap(([file, { bytesInOutput }]) =>
    bytesInOutput === 0 ? [] : (/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(file) ?? []),
  );
};

/**
 * Writes which packages are in a bundle, with their licences.
 *
 * @param folders of the lockfile, such as `node_modules/zod`
 * @throws Error where one of them may not be passed on
 */
export function writeNotices(target: string, folders: readonly string[]): void {
  const locked = lockedPackages();
  const byText = new Map<string, string[]>();
  for (const folder of [...new Set(folders)].toSorted()) {
    const { version = '', license = '' } = locked.get(folder) ?? {};
    if (!PERMISSIVE.has(license))
      throw new Error(`${folder} is under ${license || 'no licence'} and cannot be packed.`);
    const text = textOf(path.join(projectRoot, folder));
    const name = folder.replace(/^.*node_modules\//u, '');
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const notices = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  writeFileSync(path.join(target, 'THIRD-PARTY-NOTICES.txt'), `${HEAD}${notices.join(`\n${LINE}`)}`);
}

const LINE = `${'-'.repeat(80)}\n\n`;

const HEAD = `This package holds code of the following packages, under their licences.\n\n${LINE}`;

function textOf(folder: string): string {
  const files = readdirSync(folder).filter((name) => /^(?:licen[cs]e|notice|copying)\b/iu.test(name));
  return files.map((file) => readFileSync(path.join(folder, file), 'utf8').trim()).join('\n\n');
}
