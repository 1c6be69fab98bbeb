import type { LedgerStore } from '../ports/ledger-store';
import { decide, replace } from './decide';
import { runKey } from './keys';
import { runOf, type RunReference } from './tenant-items';

/** Writes down that a person was told of a delay of this run. Again: changes nothing. */
export async function rememberDelay(
  store: LedgerStore,
  { tenantUuid, replicationSequence, run: number }: RunReference,
  where: string,
): Promise<void> {
  await decide(store, [runKey(tenantUuid, replicationSequence, number)], (item) => {
    const run = runOf(item);
    const told = run?.toldDelays ?? [];
    if (run === undefined || told.includes(where)) return { writes: [], result: undefined };
    return { writes: [replace(item, { ...run, toldDelays: [...told, where] })], result: undefined };
  });
}
