import { type DriftRecord, DriftRecordSchema, type LostAccount, LostAccountSchema } from '../../domain/fleet/drift';
import type { LedgerStore, ItemKey } from '../../ports/ledger-store';
import { contentOfStored, decide, replace } from '../base/decide';
import { expiryAfterUse } from '../tenants/tenant-items';

export interface DriftPage {
  readonly drifts: readonly DriftRecord[];
  /** The last tenant of this page, where others follow. */
  readonly after: string | null;
}

/** A page of what a pass has found, by the uuids of the tenants. */
export async function readDrifts(
  store: LedgerStore,
  { pass, limit, after }: { readonly pass: string; readonly limit: number; readonly after: string | null },
): Promise<DriftPage> {
  const items = await store.readPartition({
    partition: passPartition(pass),
    prefix: DRIFT,
    limit: limit + 1,
    ...(after === null ? {} : { after: `${DRIFT}${after}` }),
  });
  const drifts = items.slice(0, limit).map((item) => contentOfStored(DriftRecordSchema, item));
  return { drifts, after: items.length > limit ? (drifts.at(-1)?.tenantUuid ?? null) : null };
}

/** How many runs of a pass have not ended; counted up to a limit. */
export async function countOpen(store: LedgerStore, pass: string, limit: number): Promise<number> {
  return (await store.readPartition({ partition: passPartition(pass), prefix: OPEN, limit })).length;
}

/**
 * Writes down for the report of a pass that a tenant was left alone because its account is lost. A second call changes
 * nothing.
 */
export async function recordLostAccount(store: LedgerStore, pass: string, lost: LostAccount, now: Date): Promise<void> {
  await decide(store, [lostKey(pass, lost.tenantUuid)], (item) => ({
    writes: item.version > 0 ? [] : [replace(item, lost, { expiresAt: expiryAfterUse(now) })],
    result: undefined,
  }));
}

/** Those of a pass, by the uuids of the tenants, up to a limit. */
export async function readLostAccounts(
  store: LedgerStore,
  pass: string,
  limit: number,
): Promise<readonly LostAccount[]> {
  const items = await store.readPartition({ partition: passPartition(pass), prefix: LOST, limit });
  return items.map((item) => contentOfStored(LostAccountSchema, item));
}

/*
 * One partition for each pass: its progress, a mark for each run at work, what had drifted, and whose account is lost.
 */

const passPartition = (pass: string): string => `RECONCILIATION#${pass}`;

export const passKey = (pass: string): ItemKey => ({ partition: passPartition(pass), sort: 'PASS' });

/** Names the newest pass. */
export const latestPassKey: ItemKey = { partition: 'RECONCILIATION', sort: 'LATEST' };

const OPEN = 'OPEN#';

const DRIFT = 'DRIFT#';

const LOST = 'LOST#';

export const openKey = (pass: string, tenantUuid: string): ItemKey => ({
  partition: passPartition(pass),
  sort: `${OPEN}${tenantUuid}`,
});

export const driftKey = (pass: string, tenantUuid: string): ItemKey => ({
  partition: passPartition(pass),
  sort: `${DRIFT}${tenantUuid}`,
});

const lostKey = (pass: string, tenantUuid: string): ItemKey => ({
  partition: passPartition(pass),
  sort: `${LOST}${tenantUuid}`,
});
