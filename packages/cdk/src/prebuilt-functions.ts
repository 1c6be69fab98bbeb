import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Code } from 'aws-cdk-lib/aws-lambda';

import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { CONFIGURATION_FILE, configurationText } from '../../../functions/domain/configuration/configuration-hash';
import { type BundleName, STORING_FUNCTION } from '../../../infra/names';

/** Beside `dist`, where this runs from. */
export const FUNCTIONS = path.resolve(import.meta.dirname, '../functions');

/** The code of each function, as it was built for this release. One of them stores the configuration, and has it. */
export const prebuiltFunctions =
  (configuration: Configuration): ((name: BundleName) => Code) =>
  (name) =>
    Code.fromAsset(name === STORING_FUNCTION ? withConfiguration(configuration) : path.join(FUNCTIONS, name));

/** Left to the end of the process: the CDK may read it until the app is synthesized. */
function withConfiguration(configuration: Configuration): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'account-vending-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  cpSync(path.join(FUNCTIONS, STORING_FUNCTION), folder, { recursive: true });
  writeFileSync(path.join(folder, CONFIGURATION_FILE), configurationText(configuration));
  return folder;
}
