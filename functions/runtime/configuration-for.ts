import { contentHash } from '../domain/base/json';
import type { Configuration } from '../domain/configuration/configuration';
import type { RunRecord, TenantRecord } from '../domain/records/ledger-records';
import { configurationOfRun } from '../domain/rollout/release';
import { readRelease, releaseFirst } from '../ledger/rollout/releases';
import type { LedgerStore } from '../ports/ledger-store';
import type { ConfigurationAt } from '../ports/configurations';

/** The configuration that is deployed, and the way to others. */
export interface ConfiguredDeps {
  readonly configuration: Configuration;
  readonly configurationAt: ConfigurationAt;
}

interface Ledger {
  readonly ledger: LedgerStore;
  readonly now: () => Date;
}

/**
 * The configuration that a run is planned by. The first run of a ledger releases what is deployed.
 *
 * @throws ConfigurationError when it is not stored any more
 */
export async function configurationFor(
  { ledger, now }: Ledger,
  { configuration, configurationAt }: ConfiguredDeps,
  { run, tenant }: { readonly run: RunRecord; readonly tenant: TenantRecord },
): Promise<Configuration> {
  const deployed = contentHash(configuration);
  const { givenConfigurationHash: given } = run;
  const hash = given ?? configurationOfRun(run, tenant, await releaseFirst(ledger, deployed, now()), deployed);
  return hash === deployed ? configuration : configurationAt(hash);
}

/** The configuration by which desired states are judged that come in now. */
export async function releasedConfiguration(
  { ledger }: Pick<Ledger, 'ledger'>,
  { configuration, configurationAt }: ConfiguredDeps,
): Promise<Configuration> {
  const release = await readRelease(ledger);
  return release === undefined || release.configurationHash === contentHash(configuration)
    ? configuration
    : configurationAt(release.configurationHash);
}
