import path from 'node:path';

import { build } from 'esbuild';

import { projectRoot } from '../../sandbox/environment';
import { writeDeclarations } from './declarations';

const SOURCE = path.join(projectRoot, 'packages/client/src');

/** The typed client: one file, beside the packages that it imports. */
export async function buildClient(folder: string): Promise<void> {
  await build({
    absWorkingDir: projectRoot,
    entryPoints: ['packages/client/src/index.ts'],
    logLevel: 'warning',
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node22',
    format: 'esm',
    outfile: path.join(folder, 'dist/index.js'),
  });
  writeDeclarations(SOURCE, path.join(folder, 'dist'));
}
