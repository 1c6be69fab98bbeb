import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { runMain } from '../../sandbox/commands/run-main';
import { projectRoot } from '../../sandbox/environment';
import { buildCdk } from './build-cdk';
import { buildClient } from './build-client';
import { buildCommand } from './build-command';
import { buildOrganization } from './build-organization';
import { stagedPackage } from './staged-package';

/** By the folder in `packages/`. */
const PACKAGES = { client: buildClient, cdk: buildCdk, command: buildCommand, organization: buildOrganization };

/**
 * `npm run pack`: the tarballs in `dist/` (or in the folder that is named), and SHA256SUMS, by which
 * `sha256sum --check` knows them.
 */
async function pack(): Promise<number> {
  const destination = path.resolve(projectRoot, process.argv[2] ?? 'dist');
  rmSync(destination, { recursive: true, force: true });
  mkdirSync(destination, { recursive: true });
  generateTypes();
  const sums: string[] = [];
  for (const [name, build] of Object.entries(PACKAGES)) {
    const folder = stagedPackage(name);
    await build(folder);
    const tarball = path.join(destination, packed(folder, destination));
    rmSync(folder, { recursive: true });
    const sum = createHash('sha256').update(readFileSync(tarball)).digest('hex');
    sums.push(`${sum}  ${path.basename(tarball)}\n`);
    process.stdout.write(`${path.relative(projectRoot, tarball)}\n`);
  }
  writeFileSync(path.join(destination, 'SHA256SUMS'), sums.join(''));
  return 0;
}

/** The client's types are not committed. */
function generateTypes(): void {
  execFileSync(process.execPath, ['--import', 'tsx', 'console/build/generate.ts'], { cwd: projectRoot });
}

/** @returns the name of the tarball */
function packed(folder: string, destination: string): string {
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', destination];
  return execFileSync('npm', args, { cwd: folder, encoding: 'utf8' }).trim();
}

runMain(pack);
