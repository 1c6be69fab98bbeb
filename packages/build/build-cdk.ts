import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';

import { build, type Plugin } from 'esbuild';

import { CONFIGURATION_FILE } from '../../functions/domain/configuration/configuration-hash';
import { bundleFolder, bundleFunctions } from '../../infra/bundle';
import { loadConfiguration } from '../../infra/config';
import { STORING_FUNCTION } from '../../infra/names';
import { projectRoot } from '../../sandbox/environment';
import { writeDeclarations } from './declarations';
import { bundledPackages, writeNotices } from './notices';
import { REQUIRE_BANNER } from './require-banner';

const SOURCE = path.join(projectRoot, 'packages/cdk/src');

/** What tells no types in the package: the rest of it is bundled. */
const INTERNAL = new Set(['prebuilt-bundle.ts', 'prebuilt-functions.ts', 'read-configuration.ts']);

/** The constructs in one file, the application's own app in another, and the functions as they are deployed. */
export async function buildCdk(folder: string): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: { index: 'packages/cdk/src/index.ts', app: 'infra/app.ts' },
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    mainFields: ['module', 'main'],
    // The rules of cdk-nag are named after their files.
    external: ['aws-cdk-lib', 'cdk-nag', 'constructs'],
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    banner: REQUIRE_BANNER,
    plugins: [withPrebuiltFunctions],
    outdir: path.join(folder, 'dist'),
  });
  cpSync(path.join(projectRoot, 'cdk.json'), path.join(folder, 'cdk.json'));
  writeDeclarations(SOURCE, path.join(folder, 'dist'), (file) => !INTERNAL.has(file));
  const functions = path.join(folder, 'functions');
  // The code does not depend on the configuration, which every app puts beside it.
  const bundles = bundleFunctions(functions, loadConfiguration(path.join(projectRoot, 'config')));
  rmSync(path.join(bundleFolder(functions, STORING_FUNCTION), CONFIGURATION_FILE));
  writeNotices(folder, [...bundledPackages(metafile), ...bundledPackages(bundles)]);
}

const withPrebuiltFunctions: Plugin = {
  name: 'with-prebuilt-functions',
  setup: (bundling) => {
    bundling.onResolve({ filter: /^[.]\/bundle$/ }, () => ({ path: path.join(SOURCE, 'prebuilt-bundle.ts') }));
  },
};
