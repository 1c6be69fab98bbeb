import { type LostAccount, LostAccountSchema } from '../../domain/fleet/drift';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOfStored, decide, replace } from '../base/decide';
import { expiryAfterUse } from '../tenants/tenant-items';
import { LOST, lostKey, passPartition } from './drift-keys';

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
