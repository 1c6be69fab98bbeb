import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { build, type Plugin } from 'esbuild';

import { loadConfiguration } from '../../infra/config';
import { projectRoot } from '../../sandbox/environment';
import { recordedRoles } from '../../sandbox/organization/authorization/cached-roles';
import { synthesizedRoles } from '../../sandbox/organization/authorization/example-authorization';
import { simulatedConfiguration } from '../../sandbox/simulation/simulated-configuration';
import { builtConsole } from './built-console';
import { dependencyClosure, lockedPackages } from './locked-packages';
import { bundledPackages, writeNotices } from './notices';
import { REQUIRE_BANNER } from './require-banner';

/** Files that the packed command has others for, in `packages/command/src`. */
// Read by Go, too.
const REPLACED = /\/(policy-simulator|applied-authorization|cdk-app|deployed-stage)$/;

/** What commands read, at the places where they look for it. */
const READ = ['config', 'sandbox/config', 'sandbox/examples', 'statemachines'];

/** The command in one folder of chunks; what somebody may install beside it is looked for when it is needed. */
export async function buildCommand(folder: string): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: { main: 'command/main.ts' },
    logLevel: 'warning',
    metafile: true,
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    outdir: path.join(folder, 'dist'),
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    mainFields: ['module', 'main'],
    define: { ACCOUNT_VENDING_PACKED: 'true' },
    external: ['@cloud-copilot/iam-simulate', 'aws-cdk-lib', 'constructs'],
    banner: REQUIRE_BANNER,
    plugins: [replacing, leavingOut],
  });
  cpSync(path.join(projectRoot, 'packages/command/bin'), path.join(folder, 'bin'), { recursive: true });
  for (const place of READ) cpSync(path.join(projectRoot, place), path.join(folder, place), { recursive: true });
  cpSync(builtConsole(), path.join(folder, 'console'), { recursive: true, filter: (file) => !file.endsWith('.vite') });
  writeRoles(path.join(folder, 'sandbox/roles'));
  writeNotices(folder, [...bundledPackages(metafile), ...dependencyClosure(lockedPackages(), 'console')]);
}

const replacing: Plugin = {
  name: 'replacing',
  setup: (bundling) => {
    bundling.onResolve({ filter: REPLACED }, ({ path: asked }) => {
      const file = path.join(projectRoot, 'packages/command/src', `${REPLACED.exec(asked)?.[1] ?? ''}.ts`);
      return existsSync(file) ? { path: file } : undefined;
    });
  },
};

/** The command starts no bundle of itself: it is one. */
const leavingOut: Plugin = {
  name: 'leaving-out',
  setup: (bundling) => {
    bundling.onResolve({ filter: /\/bundled-file$/ }, () => ({ path: 'bundled-file', namespace: 'left-out' }));
    bundling.onLoad({ filter: /./, namespace: 'left-out' }, () => ({
      contents: 'export const bundledFile = undefined;',
    }));
  },
};

/** The roles of what the command is tried with, so that nobody needs the CDK for it. */
function writeRoles(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const example = loadConfiguration(path.join(projectRoot, 'sandbox/config'));
  for (const [name, configuration] of Object.entries({ example, simulated: simulatedConfiguration() })) {
    writeFileSync(path.join(folder, `${name}.json`), recordedRoles(configuration, synthesizedRoles).text);
  }
}
