import path from 'node:path';

/** Where the CDK app is, and how it is run: nothing else here knows. In the packed command, another file does. */
export const CDK_APP = {
  folder: path.resolve(import.meta.dirname, '../..'),
  /** From that folder. */
  runner: 'node_modules/.bin/tsx',
  entry: 'infra/app.ts',
  /** The CDK's own command. */
  cdk: 'node_modules/.bin/cdk',
  /** The context that the app is tested with. */
  settings: 'cdk.json',
  /** JSON Schemas of the configuration, for editors. */
  schemas: 'config/schema',
  /** What makes the CDK's command be there. */
  remedy: 'Run npm ci.',
} as const;

/** The command line of the app, as `cdk.json` of a folder has it. */
export const appCommandFrom = (folder: string): string => {
  const place = path.relative(folder, CDK_APP.folder) || '.';
  return `${path.join(place, CDK_APP.runner)} ${path.join(place, CDK_APP.entry)}`;
};
