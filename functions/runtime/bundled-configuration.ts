import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import * as z from 'zod';

import type { Configuration } from '../domain/configuration';
import { ConfigurationError } from '../domain/errors';
import { LandingZoneSchema } from '../domain/landing-zone';
import { PlatformConfigurationSchema } from '../domain/platform-configuration';

const ConfigurationSchema = z.object({
  platform: PlatformConfigurationSchema,
  landingZones: z.record(z.string(), LandingZoneSchema),
});

/** The file that the CDK app puts beside the bundle of each function that plans. It was validated at synth. */
export const CONFIGURATION_FILE = 'configuration.json';

/** @throws ConfigurationError when the file is missing or not of this release */
export function bundledConfiguration(): Configuration {
  const file = fileURLToPath(new URL(CONFIGURATION_FILE, import.meta.url));
  try {
    return ConfigurationSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new ConfigurationError(`${CONFIGURATION_FILE} beside this function cannot be read. Deploy the app again.`, {
      cause,
    });
  }
}
