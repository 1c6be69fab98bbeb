import { PlanSchema, type VendingPlan } from '../../functions/domain/plan/plan';
import { tenantKey, tenantPartition, tenantUuidOf } from '../../functions/ledger/base/keys';
import type { ItemKey, LedgerStore, ListingPage, ListingQuery, StoredItem } from '../../functions/ports/ledger-store';

/** A ledger of many tenants that are copies of a few. */
interface CrowdedLedger {
  readonly store: LedgerStore;
  /** From now on it has so many tenants that are vended, and the others of its list are gone. */
  readonly crowd: (tenants: number, originals: readonly string[]) => void;
  /** The plan of the tenant that one was copied from. */
  readonly originalOf: (plan: VendingPlan) => VendingPlan;
}

export function crowdedLedger(ledger: LedgerStore): CrowdedLedger {
  let crowd: readonly string[] = [];
  const originals = new Map<string, string>();
  const originalOf = (tenantUuid: string): string => originals.get(tenantUuid) ?? tenantUuid;
  return {
    store: {
      ...ledger,
      read: async (keys) => {
        const items = await ledger.read(keys.map((key) => originalKey(key, originalOf)));
        return items.map((item, index) => copyOf(item, keys[index], originalOf));
      },
      list: (query) => (crowd.length > 0 && query.label === 'VENDED' ? pageOf(crowd, query) : ledger.list(query)),
    },
    crowd: (tenants, uuids) => {
      crowd = Array.from(
        { length: tenants },
        (_, index) => `c0000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      );
      for (const [index, uuid] of crowd.entries()) originals.set(uuid, uuids[index % uuids.length] ?? uuid);
    },
    originalOf: (plan) => PlanSchema.parse(renamed(plan, plan.tenantUuid, originalOf(plan.tenantUuid))),
  };
}

const isOfTenant = ({ partition }: ItemKey): boolean => partition.startsWith(tenantPartition(''));

const originalKey = (key: ItemKey, originalOf: (tenantUuid: string) => string): ItemKey =>
  isOfTenant(key) ? { ...key, partition: tenantPartition(originalOf(tenantUuidOf(key))) } : key;

function copyOf(
  item: StoredItem | undefined,
  key: ItemKey | undefined,
  originalOf: (tenantUuid: string) => string,
): StoredItem | undefined {
  if (item === undefined || key === undefined || !isOfTenant(key)) return item;
  const tenantUuid = tenantUuidOf(key);
  return { ...item, key, data: renamed(item.data, originalOf(tenantUuid), tenantUuid) };
}

/** Its uuid, wherever it stands. */
const renamed = (data: unknown, from: string, to: string): unknown =>
  from === to ? data : JSON.parse(JSON.stringify(data).replaceAll(from, to));

function pageOf(crowd: readonly string[], { limit, cursor = '0' }: ListingQuery): Promise<ListingPage> {
  const from = Number(cursor);
  const items = crowd.slice(from, from + limit).map((uuid) => ({ key: tenantKey(uuid), version: 1, data: {} }));
  const next = from + limit;
  return Promise.resolve({ items, cursor: next < crowd.length ? String(next) : null });
}
