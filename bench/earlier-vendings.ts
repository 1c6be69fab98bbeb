import type { Configuration } from '../functions/domain/configuration/configuration';
import { type RunHistory, RunHistorySchema } from '../functions/domain/run/run-history';
import { historyKey } from '../functions/ledger/base/keys';
import { memoryLedgerStore } from '../sandbox/runtime/memory-ledger-store';
import type { ItemKey, LedgerStore } from '../functions/ports/ledger-store';
import type { Scenario } from './scenario';

/**
 * So many accounts were vended before, at once, where AWS took its time differently: as many as an installation
 * remembers.
 */
const EARLIER = { requests: 20, organizationSize: 1, throttledShare: 0 } as const;

const KEYS = { plain: historyKey('new-stack-sets'), controlTower: historyKey('new-enrolled-stack-sets') } as const;

/** Vends a scenario on a ledger. */
export type Vend = (
  scenario: Scenario,
  seed: number,
  configuration: Configuration,
  ledger: LedgerStore,
) => Promise<unknown>;

const histories = new Map<string, Promise<RunHistory>>();

/** The ledger of an installation that remembers of a few earlier vendings how long they took, and nothing else. */
export async function ledgerWithHistory(
  { controlTower, stackSet, stretch }: Pick<Scenario, 'controlTower' | 'stackSet' | 'stretch'>,
  seed: number,
  configuration: Configuration,
  vend: Vend,
): Promise<LedgerStore> {
  const key = controlTower ? KEYS.controlTower : KEYS.plain;
  const earlier = { ...EARLIER, name: 'earlier', controlTower, stackSet, stretch };
  const place = JSON.stringify([earlier, seed]);
  const history =
    histories.get(place) ??
    historyAfter(key, async (ledger) => {
      await vend(earlier, seed + 1, configuration, ledger);
    });
  histories.set(place, history);
  const ledger = memoryLedgerStore();
  await ledger.commit([{ key, expectedVersion: 0, data: await history }]);
  return ledger;
}

async function historyAfter(key: ItemKey, vend: (ledger: LedgerStore) => Promise<void>): Promise<RunHistory> {
  const ledger = memoryLedgerStore();
  await vend(ledger);
  const [item] = await ledger.read([key]);
  return RunHistorySchema.parse(item?.data);
}
