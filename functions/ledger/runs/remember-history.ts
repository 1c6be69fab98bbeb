import type { RunRecord } from '../../domain/records/ledger-records';
import type { VendingPlan } from '../../domain/plan/plan';
import { RunHistorySchema, kindOf, sampleOf, withSample } from '../../domain/run/run-history';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, decide, replace } from '../base/decide';
import { historyKey, runKey } from '../base/keys';
import { type RunReference, runOf } from '../tenants/tenant-items';

/** Writes down what a run has taken that ends now, for estimates of others. Again, it changes nothing. */
export async function rememberHistory(
  store: LedgerStore,
  { tenantUuid, replicationSequence, run: number }: RunReference,
  { run, plan, endedAt }: { readonly run: RunRecord; readonly plan: VendingPlan; readonly endedAt: Date },
): Promise<void> {
  const sample = sampleOf(`${tenantUuid}#${replicationSequence}#${number}`, run, endedAt);
  if (sample === null) return;
  await decide(store, [historyKey(kindOf(plan))], (item) => {
    const samples = contentOf(RunHistorySchema, item)?.samples ?? [];
    const more = withSample(samples, sample);
    return { writes: more === samples ? [] : [replace(item, { samples: more })], result: undefined };
  });
}

/** Writes down that a person was told of a delay of this run, and when. Again: changes nothing. */
export async function rememberDelay(
  store: LedgerStore,
  { tenantUuid, replicationSequence, run: number }: RunReference,
  where: string,
  at: Date,
): Promise<void> {
  await decide(store, [runKey(tenantUuid, replicationSequence, number)], (item) => {
    const run = runOf(item);
    const told = run?.toldDelays ?? [];
    if (run === undefined || told.includes(where)) return { writes: [], result: undefined };
    const toldDelaysAt = { ...run.toldDelaysAt, [where]: at.toISOString() };
    return { writes: [replace(item, { ...run, toldDelays: [...told, where], toldDelaysAt })], result: undefined };
  });
}
