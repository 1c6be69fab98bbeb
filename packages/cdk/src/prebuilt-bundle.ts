import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { CONFIGURATION_FILE, configurationText } from '../../../functions/domain/configuration/configuration-hash';
import { type BundleName, STORING_FUNCTION } from '../../../infra/names';
import { FUNCTIONS } from './prebuilt-functions';

/*
 * Takes the place of `infra/bundle.ts` in the packed app: the functions are there already.
 */

export const bundleFolder = (outputFolder: string, name: BundleName): string => path.join(outputFolder, name);

export function bundleFunctions(outputFolder: string, configuration: Configuration): void {
  cpSync(FUNCTIONS, outputFolder, { recursive: true });
  const file = path.join(bundleFolder(outputFolder, STORING_FUNCTION), CONFIGURATION_FILE);
  writeFileSync(file, configurationText(configuration));
}

/** Nothing is bundled, so that nothing has to be kept for the next time. */
export function bundleFunctionsOnce(outputFolder: string, configuration: Configuration): void {
  bundleFunctions(outputFolder, configuration);
}
