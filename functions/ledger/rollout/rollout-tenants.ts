import { type RolloutTenant, RolloutTenantRecordSchema } from '../../domain/rollout/rollout';
import { type ItemKey, type LedgerStore, MAX_ITEMS } from '../../ports/ledger-store';
import { contentOf, contentOfStored, decide, inParts, replace, type Snapshot, snapshotsInParts } from '../base/decide';
import { rolloutPartition } from './rollouts';

const TENANT = 'TENANT#';

const tenantKey = (id: string, tenantUuid: string): ItemKey => ({
  partition: rolloutPartition(id),
  sort: `${TENANT}${tenantUuid}`,
});

/** Says who is in a wave: in the order in which they are begun. */
const waveOfKey = (wave: number): string => `WAVE#${wave.toString().padStart(3, '0')}#`;

const waveKey = (id: string, { wave, tenantUuid }: Pick<RolloutTenant, 'wave' | 'tenantUuid'>): ItemKey => ({
  partition: rolloutPartition(id),
  sort: `${waveOfKey(wave)}${tenantUuid}`,
});

/** Those of these tenants that the rollout knows. */
export async function readRolloutTenants(
  store: LedgerStore,
  id: string,
  tenantUuids: readonly string[],
): Promise<readonly RolloutTenant[]> {
  const items = await snapshotsInParts(
    store,
    tenantUuids.map((tenantUuid) => tenantKey(id, tenantUuid)),
  );
  return items.flatMap((item) => contentOf(RolloutTenantRecordSchema, item) ?? []);
}

/** Each tenant takes two items: what is known of it, and its place in a wave. */
const MOST_AT_ONCE = MAX_ITEMS / 2;

/** Writes what is known of tenants now. A tenant that changes waves stands in the new one alone. */
export async function writeRolloutTenants(
  store: LedgerStore,
  id: string,
  tenants: readonly RolloutTenant[],
): Promise<void> {
  for (const part of inParts(tenants, MOST_AT_ONCE)) {
    const known = await readRolloutTenants(
      store,
      id,
      part.map(({ tenantUuid }) => tenantUuid),
    );
    for (const tenant of part) {
      const before = known.find(({ tenantUuid }) => tenantUuid === tenant.tenantUuid);
      const left = before === undefined || before.wave === tenant.wave ? [] : [waveKey(id, before)];
      const keys = [tenantKey(id, tenant.tenantUuid), waveKey(id, tenant), ...left];
      await decide(store, keys, (item, waveItem, leftItem?: Snapshot) => ({
        writes: [
          replace(item, tenant),
          ...(waveItem.version > 0 ? [] : [replace(waveItem, { tenantUuid: tenant.tenantUuid })]),
          ...(leftItem === undefined || leftItem.version === 0 ? [] : [replace(leftItem, null)]),
        ],
        result: undefined,
      }));
    }
  }
}

/** The next tenants of a wave, by their uuids. */
export async function readWave(
  store: LedgerStore,
  id: string,
  { wave, after, limit }: { readonly wave: number; readonly after: string | null; readonly limit: number },
): Promise<readonly string[]> {
  const prefix = waveOfKey(wave);
  const items = await store.readPartition({
    partition: rolloutPartition(id),
    prefix,
    limit,
    ...(after === null ? {} : { after: `${prefix}${after}` }),
  });
  return items.map(({ key }) => key.sort.slice(prefix.length));
}

/** The tenants of a rollout, a page of them, by their uuids. */
export async function listRolloutTenants(
  store: LedgerStore,
  id: string,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly RolloutTenant[]> {
  const items = await store.readPartition({
    partition: rolloutPartition(id),
    prefix: TENANT,
    limit,
    ...(after === null ? {} : { after: `${TENANT}${after}` }),
  });
  return items.map((item) => contentOfStored(RolloutTenantRecordSchema, item));
}

const PAGE = 100;

/** All of them, a page at a time. */
export async function* eachRolloutTenant(store: LedgerStore, id: string): AsyncGenerator<RolloutTenant> {
  let after: string | null = null;
  for (;;) {
    const page: readonly RolloutTenant[] = await listRolloutTenants(store, id, { after, limit: PAGE });
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.tenantUuid ?? null;
  }
}
