import { readFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { projectRoot } from '../../sandbox/environment';

const Versions = z.record(z.string(), z.string()).default({});

/** A package of the lockfile, or a manifest. */
export const LockedSchema = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  license: z.string().optional(),
  link: z.boolean().default(false),
  dependencies: Versions,
  optionalDependencies: Versions,
  peerDependencies: Versions,
  peerDependenciesMeta: z.record(z.string(), z.object({ optional: z.boolean().default(false) })).default({}),
});

export type Locked = z.infer<typeof LockedSchema>;

const LockfileSchema = z.object({ packages: z.record(z.string(), LockedSchema) });

/** The packages of the lockfile by their folders. */
export function lockedPackages(): ReadonlyMap<string, Locked> {
  const text = readFileSync(path.join(projectRoot, 'package-lock.json'), 'utf8');
  return new Map(Object.entries(LockfileSchema.parse(JSON.parse(text)).packages));
}

/**
 * Everything that npm installs with a package: what it depends on, and so on. Optional peers are not.
 *
 * @param folder of the lockfile, such as `packages/client`
 * @returns folders of the lockfile
 */
export function dependencyClosure(locked: ReadonlyMap<string, Locked>, folder: string): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (from: string): void => {
    for (const name of dependenciesOf(locked.get(from))) {
      const dependency = resolved(locked, from, name);
      if (found.has(dependency)) continue;
      found.add(dependency);
      add(dependency);
    }
  };
  add(folder);
  return found;
}

function dependenciesOf(one: Locked | undefined): readonly string[] {
  if (one === undefined) return [];
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = one;
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  return [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers];
}

/** As Node looks for it: beside the package, then further up. */
function resolved(locked: ReadonlyMap<string, Locked>, from: string, name: string): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder === '.' ? '' : folder, 'node_modules', name);
    if (locked.has(candidate)) return candidate;
    if (folder === '.' || folder === '') throw new Error(`${name}, which ${from} needs, is not in package-lock.json.`);
  }
}
