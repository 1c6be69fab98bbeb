import type { RunRecord } from '../domain/ledger-records';
import type { VendingPlan } from '../domain/plan';
import { kindOf, RunHistorySchema, sampleOf, withSample } from '../domain/run-history';
import type { LedgerStore } from '../ports/ledger-store';
import { contentOf, decide, replace } from './decide';
import { historyKey } from './keys';
import type { RunReference } from './tenant-items';

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
