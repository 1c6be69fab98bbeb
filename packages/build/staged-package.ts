import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { version } from '../../package.json';
import { projectRoot } from '../../sandbox/environment';

/** `publishConfig` is what holds for the package alone: here, it would count for the whole repository. */
const ManifestSchema = z.looseObject({ version: z.string(), publishConfig: z.looseObject({}).default({}) });

const STAGES = path.join(projectRoot, '.cache', 'packages');

/**
 * A folder with the manifest and the README of a package, and the licence of all of them. It is new each time, since
 * two may pack at once.
 *
 * @param name of the folder in `packages/`
 * @throws Error if the package is of another version than the repository
 */
export function stagedPackage(name: string): string {
  const source = path.join(projectRoot, 'packages', name);
  mkdirSync(STAGES, { recursive: true });
  const folder = mkdtempSync(path.join(STAGES, `${name}-`));
  const { publishConfig, ...manifest } = ManifestSchema.parse(
    JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8')),
  );
  if (manifest.version !== version) {
    throw new Error(`packages/${name} is of version ${manifest.version}, and the repository of ${version}.`);
  }
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify({ ...manifest, ...publishConfig }, null, 2)}\n`);
  cpSync(path.join(source, 'README.md'), path.join(folder, 'README.md'));
  cpSync(path.join(projectRoot, 'LICENSE'), path.join(folder, 'LICENSE'));
  return folder;
}
