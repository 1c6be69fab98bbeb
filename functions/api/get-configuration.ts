import { contentHash } from '../domain/base/json';
import type { Configuration } from '../domain/configuration/configuration';
import { readRelease } from '../ledger/rollout/releases';
import type { LedgerStore } from '../ports/ledger-store';
import { answer, type Answer } from './answer';
import type { ConfigurationAnswer } from './operator-responses';

/**
 * `GET /configuration`: what the operator has decided and deployed, and which one is released. It holds no secrets,
 * only their ARNs.
 */
export async function getConfiguration({
  configuration,
  ledger,
}: {
  readonly configuration: Configuration;
  readonly ledger: LedgerStore;
}): Promise<Answer> {
  const { platform, landingZones } = configuration;
  const release = await readRelease(ledger);
  const body: ConfigurationAnswer = {
    hash: contentHash(configuration),
    releasedHash: release?.configurationHash ?? null,
    platform,
    landingZones,
  };
  return answer(200, body);
}
