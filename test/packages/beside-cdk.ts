import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';

import { version } from '../../package.json';
import { projectRoot } from '../../sandbox/environment';
import { packedInto } from './packed-into';

/** What the README of the command has installed for a deployment, besides the tarballs. */
const CDK = ['aws-cdk', 'aws-cdk-lib', 'cdk-nag', 'constructs', '.bin/cdk'];

/**
 * The packed command and the packed constructs in a folder, as `npm install` puts them there; the CDK is that of the
 * repository, rather than 300 MB once more.
 *
 * @returns the file that is the command
 */
export function packagesBesideCdk(folder: string): string {
  const tarballs = packedInto(path.join(folder, 'tarballs'));
  const modules = path.join(folder, 'node_modules');
  const unpack = (tarball: string, place: string): void => {
    mkdirSync(path.join(modules, place), { recursive: true });
    const file = path.join(tarballs, `${tarball}-${version}.tgz`);
    execFileSync('tar', ['--extract', '--file', file, '--strip-components', '1'], { cwd: path.join(modules, place) });
  };
  unpack('account-vending', 'account-vending');
  unpack('account-vending-cdk', '@account-vending/cdk');
  mkdirSync(path.join(modules, '.bin'));
  for (const name of CDK) symlinkSync(path.join(projectRoot, 'node_modules', name), path.join(modules, name));
  return path.join(modules, 'account-vending/bin/account-vending.cjs');
}
