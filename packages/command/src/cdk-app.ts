import path from 'node:path';

import { projectRoot } from '../../../sandbox/environment';

/*
 * Takes the place of the repository's file of this name: the app is in the package of the constructs.
 */

const MODULES = 'node_modules';
const CONSTRUCTS = `${MODULES}/@account-vending/cdk`;

/** Where the CDK app is, and how it is run: nothing else here knows. */
export const CDK_APP = {
  folder: path.resolve(projectRoot, '../..'),
  entry: `${CONSTRUCTS}/dist/app.js`,
  /** The CDK's own command. */
  cdk: `${MODULES}/.bin/cdk`,
  /** The context that the app is tested with. */
  settings: `${CONSTRUCTS}/cdk.json`,
  /** JSON Schemas of the configuration, for editors. */
  schemas: `${MODULES}/account-vending/config/schema`,
  /** What makes the CDK's command be there. */
  remedy:
    'Run npm install ./account-vending-cdk-<version>.tgz aws-cdk aws-cdk-lib cdk-nag constructs in the same folder.',
} as const;

/** The command line of the app, as `cdk.json` of a folder has it. */
export const appCommandFrom = (folder: string): string =>
  `node ${path.join(path.relative(folder, CDK_APP.folder) || '.', CDK_APP.entry)}`;
