import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { type BuildOptions, buildSync, type Metafile } from 'esbuild';

import type { Configuration } from '../functions/domain/configuration/configuration';
import { CONFIGURATION_FILE, configurationText } from '../functions/domain/configuration/configuration-hash';
import { stepNames } from '../functions/steps/each-step';
import { hashOfFiles } from './hash-of-files';
import { keptFolder } from './kept-folders';
import { type BundleName, STORING_FUNCTION } from './names';

/** Maps each function to the file of its handler, from the project's root. A step's handler is found by its name. */
const handlers: Readonly<Record<string, string>> = {
  ...Object.fromEntries(stepNames.map((name) => [name, `functions/steps/${name}/handler.ts`])),
  AdoptAccounts: 'functions/adopt/handler.ts',
  RollOut: 'functions/rollout/handler.ts',
  Api: 'functions/api/handler.ts',
  Intake: 'functions/intake/handler.ts',
  ReconcileTenants: 'functions/reconcile/handler.ts',
  RecordFailure: 'functions/record-failure/handler.ts',
  WakeRuns: 'functions/wake-runs/handler.ts',
  WatchRuns: 'functions/watch-runs/handler.ts',
  PreviewChanges: 'functions/dry-run/handler.ts',
  PollMeshStack: 'functions/meshstack/poll/handler.ts',
  ReportToMeshStack: 'functions/meshstack/report/handler.ts',
  RunPreflight: 'functions/preflight/handler.ts',
  CollectCosts: 'functions/metering/handler.ts',
  CallWebhook: 'functions/notifications/webhook/handler.ts',
  NotifyChat: 'functions/notifications/chat/handler.ts',
  [STORING_FUNCTION]: 'functions/store-configuration/handler.ts',
} satisfies Readonly<Record<Exclude<BundleName, (typeof stepNames)[number]>, string>>;

/** How every function is bundled, and what it is measured against. */
export const BUNDLING = {
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  // Without this, esbuild takes the CommonJS form of packages that have both: larger, and it needs a `require` that
  // modules lack.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'warning',
} satisfies BuildOptions;

const SDK_PARTS = path.join(BUNDLING.absWorkingDir, 'functions/aws/base/sdk-parts.ts');

/** Replacements for what the SDK imports. An import of a name that a replacement lacks fails the synth. */
export const INSTEAD = {
  'node:http': path.join(BUNDLING.absWorkingDir, 'functions/runtime/node-http.ts'),
  '@aws-sdk/credential-provider-node': SDK_PARTS,
  '@aws-sdk/middleware-endpoint-discovery': SDK_PARTS,
  '@smithy/core/checksum': SDK_PARTS,
  '@smithy/core/event-streams': SDK_PARTS,
};

/** The folder that becomes the code of a function. */
export const bundleFolder = (outputFolder: string, name: BundleName): string => path.join(outputFolder, name);

/**
 * Bundles all functions at once, each into a folder of its own, and puts the configuration beside the one that stores
 * it. The same source gives the same bytes, so an unchanged function is not deployed again, whatever the configuration.
 *
 * @returns esbuild's account of what went into each bundle
 */
export function bundleFunctions(outputFolder: string, configuration: Configuration): Metafile {
  const metafile = bundleCode(outputFolder);
  addConfiguration(outputFolder, configuration);
  return metafile;
}

/**
 * What bundles are made of.
 *
 * @public
 */
export const BUNDLED_SOURCES = [
  'functions',
  'infra/bundle.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
] as const;

/**
 * The same, for the local AWS and for tests: code that was bundled from the same sources before is copied from a folder
 * of `cache`. A deployment to AWS bundles what it deploys.
 */
export function bundleFunctionsOnce(outputFolder: string, configuration: Configuration, cache: string): void {
  cpSync(keptFolder(cache, hashOfFiles(BUNDLING.absWorkingDir, BUNDLED_SOURCES), bundleCode), outputFolder, {
    recursive: true,
  });
  addConfiguration(outputFolder, configuration);
}

function bundleCode(outputFolder: string): Metafile {
  const { metafile } = buildSync({
    ...BUNDLING,
    alias: INSTEAD,
    entryPoints: Object.entries(handlers).map(([name, file]) => ({ in: file, out: `${name}/index` })),
    outdir: outputFolder,
    metafile: true,
  });
  return metafile;
}

function addConfiguration(outputFolder: string, configuration: Configuration): void {
  writeFileSync(
    path.join(bundleFolder(outputFolder, STORING_FUNCTION), CONFIGURATION_FILE),
    configurationText(configuration),
  );
}
