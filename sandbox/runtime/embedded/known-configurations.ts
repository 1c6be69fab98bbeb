import { contentHash } from '../../../functions/domain/base/json';
import { ConfigurationError } from '../../../functions/domain/base/errors';
import type { Configuration } from '../../../functions/domain/configuration/configuration';
import { RELEASE_KEY, type ReleaseRecord } from '../../../functions/domain/rollout/release';
import type { ConfigurationAt } from '../../../functions/ports/configurations';
import type { LedgerStore } from '../../../functions/ports/ledger-store';

/** What the bucket of configurations is to the deployed application: all that were deployed so far, by their hashes. */
export class KnownConfigurations {
  readonly #byHash = new Map<string, Configuration>();

  constructor(...configurations: readonly Configuration[]) {
    for (const configuration of configurations) this.deploy(configuration);
  }

  deploy({ platform, landingZones }: Configuration): string {
    const deployed = { platform, landingZones };
    const hash = contentHash(deployed);
    this.#byHash.set(hash, deployed);
    return hash;
  }

  /** As the end of a rollout does: what is planned from now on goes by this configuration. */
  async release(ledger: LedgerStore, configuration: Configuration): Promise<void> {
    const [known] = await ledger.read([RELEASE_KEY]);
    const released: ReleaseRecord = {
      configurationHash: this.deploy(configuration),
      releasedAt: new Date().toISOString(),
      rolloutId: null,
    };
    await ledger.commit([{ key: RELEASE_KEY, expectedVersion: known?.version ?? 0, data: released }]);
  }

  readonly at: ConfigurationAt = (hash) => {
    const found = this.#byHash.get(hash);
    return found === undefined
      ? Promise.reject(new ConfigurationError(`The configuration ${hash} was never deployed here.`))
      : Promise.resolve(found);
  };
}
