import { rmSync } from 'node:fs';
import path from 'node:path';

import { build } from 'esbuild';

import { CONFIGURATION_FILE } from '../../functions/domain/configuration/configuration-hash';
import { bundleFolder, bundleFunctions } from '../../infra/bundle';
import { loadConfiguration } from '../../infra/config';
import { STORING_FUNCTION } from '../../infra/names';
import { projectRoot } from '../../sandbox/environment';
import { writeDeclarations } from './declarations';
import { bundledPackages, writeNotices } from './notices';
import { REQUIRE_BANNER } from './require-banner';

const SOURCE = path.join(projectRoot, 'packages/cdk/src');

/** What tells types in the package; the rest is bundled. */
const INTERNAL = new Set(['prebuilt-functions.ts', 'read-configuration.ts']);

/** The constructs in one file, and beside them the functions as they are deployed. */
export async function buildCdk(folder: string): Promise<void> {
  const { metafile } = await build({
    ...{ absWorkingDir: projectRoot, entryPoints: ['packages/cdk/src/index.ts'], logLevel: 'warning', metafile: true },
    ...{ bundle: true, platform: 'node', target: 'node22', format: 'esm', mainFields: ['module', 'main'] },
    ...{ external: ['aws-cdk-lib', 'constructs'], legalComments: 'none' },
    banner: REQUIRE_BANNER,
    outfile: path.join(folder, 'dist/index.js'),
  });
  writeDeclarations(SOURCE, path.join(folder, 'dist'), (file) => !INTERNAL.has(file));
  const functions = path.join(folder, 'functions');
  // The code does not depend on the configuration, which every app puts beside it.
  const bundles = bundleFunctions(functions, loadConfiguration(path.join(projectRoot, 'config')));
  rmSync(path.join(bundleFolder(functions, STORING_FUNCTION), CONFIGURATION_FILE));
  writeNotices(folder, [...bundledPackages(metafile), ...bundledPackages(bundles)]);
}
