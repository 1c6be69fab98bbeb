import { DesiredStateSchema } from '../../domain/desired-state/desired-state';
import {
  ContentRecordSchema,
  DesiredStateRecordSchema,
  RejectionRecordSchema,
  type TenantRecord,
} from '../../domain/records/ledger-records';
import {
  type ItemKey,
  type ItemWrite,
  type LedgerStore,
  type StoredItem,
  VersionConflictError,
} from '../../ports/ledger-store';
import { contentOf, contentOfStored, filed, replace, type Snapshot } from '../base/decide';
import { contentKey, DESIRED_STATE_SORT, runKey, TENANT_SORT, tenantFilters, tenantUuidOf } from '../base/keys';
import { filedRow } from '../tenants/desired-state-items';
import { decideForTenant, replaceTenant, runOf, tenantOf } from '../tenants/tenant-items';

export interface Reindexed {
  /** How many items of the list this page had. */
  readonly read: number;
  /** How many of them were filed. */
  readonly written: number;
  readonly cursor: string | null;
}

/**
 * Files one page of all listed items under the filters, where a release that knows none has written them. An item that
 * stands where it belongs costs no write, so a second call, or one from the beginning, does what is left. What a writer
 * files meanwhile moves to the front of the list: it is filed.
 *
 * @throws InvalidCursorError
 */
export async function reindex(
  store: LedgerStore,
  query: { readonly limit: number; readonly cursor?: string },
): Promise<Reindexed> {
  const { items, cursor } = await store.list(query);
  let written = 0;
  for (const item of items) if (await reindexItem(store, item)) written += 1;
  return { read: items.length, written, cursor };
}

function reindexItem(store: LedgerStore, item: StoredItem): Promise<boolean> {
  return item.key.sort === TENANT_SORT ? reindexTenant(store, tenantUuidOf(item.key)) : reindexRow(store, item.key);
}

/** @returns whether anything had to be written */
export function reindexTenant(store: LedgerStore, tenantUuid: string): Promise<boolean> {
  return decideForTenant<boolean>(store, tenantUuid, sourcesOf, (tenantItem, runItem, contentItem) => {
    const before = tenantOf(tenantItem);
    if (before === undefined) return { writes: [], result: false };
    const tenant = completed(before, runItem, contentItem);
    const { filters, refiled } = filed(tenantItem.filters, tenantFilters(tenant), tenant.statusChangedAt);
    if (refiled.length === 0) return { writes: [], result: false };
    return { writes: [{ ...replaceTenant(tenantItem, tenant), filters, refiled }], result: true };
  });
}

/** A run is read even where it says nothing new: keys depend on nothing but the tenant. */
function sourcesOf(tenant: TenantRecord | undefined): readonly ItemKey[] {
  if (tenant === undefined) return [];
  const { tenantUuid, lastRun, latestSequence } = tenant;
  const run = lastRun ?? { replicationSequence: 0, run: 0 };
  return [runKey(tenantUuid, run.replicationSequence, run.run), contentKey(tenantUuid, Math.max(0, latestSequence))];
}

/** What a release that does not know these fields has left out of the tenant. */
function completed(tenant: TenantRecord, runItem?: Snapshot, contentItem?: Snapshot): TenantRecord {
  const run = runOf(runItem);
  const failedWith = run?.status === 'FAILED' ? (run.error?.name ?? tenant.failedWith) : tenant.failedWith;
  const landingZone = tenant.deletion?.landingZone ?? landingZoneOf(contentItem) ?? tenant.landingZone;
  return {
    ...tenant,
    ...(failedWith === undefined ? {} : { failedWith }),
    ...(landingZone === undefined ? {} : { landingZone }),
  };
}

function landingZoneOf(contentItem: Snapshot | undefined): string | undefined {
  const content = contentOf(ContentRecordSchema, contentItem);
  const { data } = DesiredStateSchema.safeParse(content?.desiredState);
  return data?.tenant.spec.landingZoneRef.name;
}

/**
 * A desired state that was refused or never ran. Its place in the list, and its end, stay as they are. Where somebody
 * writes it just now, it is filed by that.
 */
async function reindexRow(store: LedgerStore, key: ItemKey): Promise<boolean> {
  const [item] = await store.read([key]);
  const write = item === undefined || item.filters !== undefined ? undefined : filedItem(item);
  if (write === undefined) return false;
  try {
    await store.commit([write]);
    return true;
  } catch (error) {
    if (error instanceof VersionConflictError) return false;
    throw error;
  }
}

function filedItem(item: StoredItem): ItemWrite | undefined {
  const { key, version, listing, expiresAt } = item;
  if (listing === undefined) return undefined;
  const beside = { listing, ...(expiresAt !== undefined && { expiresAt }) };
  if (!key.sort.startsWith(DESIRED_STATE_SORT)) {
    const rejection = contentOfStored(RejectionRecordSchema, item);
    return replace({ key, version, data: item.data }, rejection, {
      ...beside,
      ...filedRow(item, rejection, listing.at),
    });
  }
  const desired = contentOfStored(DesiredStateRecordSchema, item);
  if (desired.superseded === null) return undefined;
  const filing = filedRow(item, desired.superseded, listing.at);
  return replace({ key, version, data: item.data }, desired, { ...beside, ...filing });
}
