import { type CheckReport, type PreflightRecord, PreflightRecordSchema, statusOf } from '../../domain/fleet/preflight';
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
  await decide(store, [preflightKey(id)], (item: Snapshot) => {
    const known = contentOf(PreflightRecordSchema, item);
    if (known?.status !== 'RUNNING') return { writes: [], result: undefined };
    const record = { ...known, status: statusOf(checks), finishedAt: now.toISOString(), checks: [...checks] };
    return { writes: [replace(item, record, { expiresAt: expiryAfterUse(now) })], result: undefined };
  });
}
