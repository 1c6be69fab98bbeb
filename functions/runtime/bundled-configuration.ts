import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import * as z from 'zod/mini';

import type { Configuration } from '../domain/configuration/configuration';
import { ConfigurationError } from '../domain/base/errors';

const Anything = z.looseObject({});

/**
 * Every field was checked when the app was synthesized, by the release that this bundle is of: schemas here would only
 * make cold starts longer.
 */
const FileSchema = z.custom<Configuration>(
  (value) => z.object({ platform: Anything, landingZones: z.record(z.string(), Anything) }).safeParse(value).success,
);

/** The file that the CDK app puts beside the bundle of each function that plans. */
export const CONFIGURATION_FILE = 'configuration.json';

/** @throws ConfigurationError when the file is missing or holds no configuration */
export function bundledConfiguration(): Configuration {
  const file = fileURLToPath(new URL(CONFIGURATION_FILE, import.meta.url));
  try {
    return FileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new ConfigurationError(`${CONFIGURATION_FILE} beside this function cannot be read. Deploy the app again.`, {
      cause,
    });
  }
}
