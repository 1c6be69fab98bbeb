import { execFileSync } from 'node:child_process';

import { projectRoot } from '../../sandbox/environment';

/**
 * What `npm run pack` makes, in a folder of the test: another test that packs at the same time would empty `dist/`.
 *
 * @returns the folder
 */
export function packedInto(folder: string): string {
  const args = ['--import', 'tsx', 'packages/build/pack.ts', folder];
  execFileSync(process.execPath, args, { cwd: projectRoot, stdio: 'pipe' });
  return folder;
}
