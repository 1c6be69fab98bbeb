import { canonicalJson, contentHash } from '../base/json';
import type { Configuration } from './configuration';

/** What the keys of all configurations in the bucket begin with. */
export const CONFIGURATIONS_PREFIX = 'configurations/';

/** The file beside the function that stores the configuration of a deployment. */
export const CONFIGURATION_FILE = 'configuration.json';

/** A configuration as it is stored: its hash is that of this very text. */
export const configurationText = (configuration: Configuration): string => canonicalJson(configuration);

const hashes = new WeakMap<Configuration, string>();

/** Tells one version of the configuration from another: the SHA-256 of its stored text, in hexadecimal. */
export function configurationHash(configuration: Configuration): string {
  const hash = hashes.get(configuration) ?? contentHash(configuration);
  hashes.set(configuration, hash);
  return hash;
}
