import { TenantRecordSchema } from '../../functions/domain/records/ledger-records';
import { claimKey, tenantKey, tenantPartition } from '../../functions/ledger/base/keys';
import { FILTER_NAMES, type LedgerStore, type StoredItem } from '../../functions/ports/ledger-store';
import type { SimulatedVending } from './simulated-vending';

/*
 * A fleet that was vended long ago: one tenant is really vended, and the others are copies of what it has in the ledger
 * and in the organization, under names of their own.
 */

const plantedUuid = (number: number): string => `7d0c1b1e-0000-4000-8000-${number.toString().padStart(12, '0')}`;

export const plantedProject = (number: number): string => `project-${number.toString().padStart(5, '0')}`;

export const plantedAccountId = (number: number): string => String(560_000_000_000 + number);

/** Vends the first tenant, and plants the others, up to this number. */
export async function plantTenants(simulation: SimulatedVending, count: number): Promise<void> {
  simulation.sendEvent(
    ['tenant.metadata.uuid', plantedUuid(1)],
    ['tenant.metadata.ownedByProject', plantedProject(1)],
    ['project.metadata.name', plantedProject(1)],
  );
  await simulation.settle();
  const { ledger } = simulation.application;
  const { accounts } = simulation.organization.state;
  const [vended] = simulation.madeAccounts;
  if (vended === undefined) throw new Error('The first tenant was not vended.');
  const items = await itemsOf(ledger, plantedUuid(1));
  for (let number = 2; number <= count; number += 1) {
    const renamed = (text: string): string =>
      text
        .replaceAll(plantedUuid(1), plantedUuid(number))
        .replaceAll(plantedProject(1), plantedProject(number))
        .replaceAll(vended.id, plantedAccountId(number));
    accounts.set(plantedAccountId(number), copied(vended, renamed));
    await plantItems(ledger, copied(items, renamed));
  }
}

/** All of its partition, and what it has claimed. */
async function itemsOf(ledger: LedgerStore, tenantUuid: string): Promise<readonly StoredItem[]> {
  const [item] = await ledger.read([tenantKey(tenantUuid)]);
  const { claims } = TenantRecordSchema.parse(item?.data);
  const partition = tenantPartition(tenantUuid);
  const kinds = ['TENANT', 'DESIRED#', 'CONTENT#', 'RUN#', 'PLAN#'];
  const own = await Promise.all(kinds.map((prefix) => ledger.readPartition({ partition, prefix, limit: 100 })));
  const found = await ledger.read(claims.map(claimKey));
  return [...own.flat(), ...found.filter((one) => one !== undefined)];
}

const plantItems = (ledger: LedgerStore, items: readonly StoredItem[]): Promise<void> =>
  ledger.commit(
    items.map(({ key, data, listing, expiresAt, filters }) => ({
      key,
      expectedVersion: 0,
      data: data as object,
      refiled: FILTER_NAMES,
      ...(listing === undefined ? {} : { listing }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(filters === undefined ? {} : { filters }),
    })),
  );

/** A deep copy in which every text is another one. */
function copied<Value>(value: Value, renamed: (text: string) => string): Value {
  const copy = (one: unknown): unknown => {
    if (typeof one === 'string') return renamed(one);
    if (one instanceof Map) return new Map([...one].map(([key, item]) => [copy(key), copy(item)]));
    if (one instanceof Set) return new Set([...one].map(copy));
    if (Array.isArray(one)) return one.map(copy);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, item]) => [name, copy(item)]));
  };
  return copy(value) as Value;
}
