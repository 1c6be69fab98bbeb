import {
  type CheckReport,
  LatestPreflightSchema,
  type PreflightRecord,
  PreflightRecordSchema,
  statusOf,
} from '../../domain/fleet/preflight';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, decide, replace, type Snapshot, snapshotsOf } from '../base/decide';
import { preflightKey } from '../base/keys';
import { expiryAfterUse } from '../tenants/tenant-items';

/** Remembers that a preflight was asked for. Its id is drawn again each time, so a second call changes nothing. */
export async function startPreflight(store: LedgerStore, id: string, now: Date): Promise<PreflightRecord> {
  return decide(store, [preflightKey(id)], (item: Snapshot) => {
    const known = contentOf(PreflightRecordSchema, item);
    if (known !== undefined) return { writes: [], result: known };
    const record = started(id, now);
    return { writes: [replace(item, record, { expiresAt: expiryAfterUse(now) })], result: record };
  });
}

const started = (id: string, now: Date): PreflightRecord => ({
  id,
  status: 'RUNNING',
  startedAt: now.toISOString(),
  finishedAt: null,
  checks: [],
});

/** The one that has ended last; undefined: none in the last 30 days. */
export async function readLatestPreflight(store: LedgerStore): Promise<PreflightRecord | undefined> {
  const [item] = await snapshotsOf(store, [preflightKey(LATEST_PREFLIGHT)]);
  const latest = contentOf(LatestPreflightSchema, item);
  return latest === undefined ? undefined : readPreflight(store, latest.preflight);
}

/** No preflight has this id. */
export const LATEST_PREFLIGHT = 'latest';

export async function readPreflight(store: LedgerStore, id: string): Promise<PreflightRecord | undefined> {
  const [item] = await snapshotsOf(store, [preflightKey(id)]);
  return contentOf(PreflightRecordSchema, item);
}

/** Writes down what was found. The first to end has the word: a second run of the same preflight changes nothing. */
export async function finishPreflight(
  store: LedgerStore,
  id: string,
  checks: readonly CheckReport[],
  now: Date,
): Promise<void> {
  const keys = [preflightKey(id), preflightKey(LATEST_PREFLIGHT)];
  await decide(store, keys, (item, latestItem) => {
    const known = contentOf(PreflightRecordSchema, item);
    if (known?.status !== 'RUNNING') return { writes: [], result: undefined };
    const record = { ...known, status: statusOf(checks), finishedAt: now.toISOString(), checks: [...checks] };
    const expiresAt = expiryAfterUse(now);
    const writes = [replace(item, record, { expiresAt }), replace(latestItem, { preflight: id }, { expiresAt })];
    return { writes, result: undefined };
  });
}
