import type { Configuration } from '../domain/configuration/configuration';

/**
 * A configuration by its hash, that of this deployment or of an earlier one.
 *
 * @throws ConfigurationError when it is not there
 */
export type ConfigurationAt = (hash: string) => Promise<Configuration>;

/** The configurations of all deployments so far, each under the hash of its text. */
export interface ConfigurationStore {
  /** @throws ConfigurationError when it is not there */
  read(hash: string): Promise<string>;

  /** A second call with the same text changes nothing. */
  keep(hash: string, text: string): Promise<void>;
}
