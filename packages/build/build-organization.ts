import path from 'node:path';

import { build, type Plugin } from 'esbuild';

import { projectRoot } from '../../sandbox/environment';
import { writeDeclarations } from './declarations';
import { bundledPackages, writeNotices } from './notices';
import { REQUIRE_BANNER } from './require-banner';

const SOURCE = path.join(projectRoot, 'packages/organization/src');

/** The model of an organization: a server to start, and a function that starts it. */
export async function buildOrganization(folder: string): Promise<void> {
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    logLevel: 'warning',
    metafile: true,
    legalComments: 'none',
    entryPoints: { index: 'packages/organization/src/index.ts', main: 'packages/organization/src/main.ts' },
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    outdir: path.join(folder, 'dist'),
    chunkNames: 'chunk-[hash]',
    mainFields: ['module', 'main'],
    external: ['@cloud-copilot/iam-simulate'],
    banner: REQUIRE_BANNER,
    plugins: [withOptionalSimulator],
  });
  writeDeclarations(SOURCE, path.join(folder, 'dist'), (file) => file === 'index.ts');
  writeNotices(folder, bundledPackages(metafile));
}

/** The evaluator of policies is under the AGPL: it is used if somebody has installed it beside the package. */
const withOptionalSimulator: Plugin = {
  name: 'with-optional-simulator',
  setup: (bundling) => {
    bundling.onResolve({ filter: /\/policy-simulator$/ }, () => ({
      path: path.join(projectRoot, 'packages/command/src/policy-simulator.ts'),
    }));
  },
};
