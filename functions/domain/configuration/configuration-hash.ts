import { canonicalJson, contentHash } from '../base/json';
import type { Configuration } from './configuration';

/** The file beside the function that stores the configuration of a deployment. */
export const CONFIGURATION_FILE = 'configuration.json';

/** A configuration as it is stored: its hash is that of this very text. */
export const configurationText = (configuration: Configuration): string => canonicalJson(configuration);

/** Tells one version of the configuration from another: the SHA-256 of its stored text, in hexadecimal. */
export const configurationHash = (configuration: Configuration): string => contentHash(configuration);
