import { DesiredStateRecordSchema, type RunKey, type RunRecord } from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOfStored } from '../base/decide';
import { DESIRED_STATE_SORT, desiredStateKey, tenantPartition } from '../base/keys';
import { readRun } from '../tenants/tenant-items';

export interface RunPage {
  readonly runs: readonly RunRecord[];
  /** The last run that was looked at; null: there are no others. */
  readonly last: RunKey | null;
}

/** Desired states that never ran have no runs. */
const DESIRED_STATES_AT_ONCE = 100;

/**
 * The runs of a tenant, newest first. Their keys do not sort by the number of the run, so they are read one by one: a
 * desired state knows how many it has had. Numbers that were left out have no run, so a page may be shorter.
 *
 * @param before only runs that are older than this one
 */
export async function listRuns(
  store: LedgerStore,
  tenantUuid: string,
  { limit, before }: { readonly limit: number; readonly before: RunKey | null },
): Promise<RunPage> {
  const desired = await store.readPartition({
    partition: tenantPartition(tenantUuid),
    prefix: DESIRED_STATE_SORT,
    limit: DESIRED_STATES_AT_ONCE,
    descending: true,
    ...(before === null ? {} : { after: desiredStateKey(tenantUuid, before.replicationSequence + 1).sort }),
  });
  const keys = desired
    .map((item) => contentOfStored(DesiredStateRecordSchema, item))
    .flatMap(({ replicationSequence, runs }) => numbersFrom(replicationSequence, runs, before, limit + 1))
    .slice(0, limit + 1);
  const page = keys.slice(0, limit);
  const runs = await Promise.all(page.map((key) => readRun(store, { tenantUuid, ...key })));
  const isLast = keys.length <= limit && desired.length < DESIRED_STATES_AT_ONCE;
  return { runs: runs.filter((run) => run !== undefined), last: isLast ? null : lastOf(page, desired) };
}

function numbersFrom(
  replicationSequence: number,
  runs: number,
  before: RunKey | null,
  most: number,
): readonly RunKey[] {
  const newest = before?.replicationSequence === replicationSequence ? Math.min(runs, before.run - 1) : runs;
  const count = Math.max(0, Math.min(newest, most));
  return Array.from({ length: count }, (_, index) => ({ replicationSequence, run: newest - index }));
}

/** A hundred desired states in a row may have had no run at all. */
function lastOf(page: readonly RunKey[], desired: Awaited<ReturnType<LedgerStore['readPartition']>>): RunKey | null {
  const [oldest] = desired.slice(-1).map((item) => contentOfStored(DesiredStateRecordSchema, item));
  return page.at(-1) ?? (oldest === undefined ? null : { replicationSequence: oldest.replicationSequence, run: 1 });
}
