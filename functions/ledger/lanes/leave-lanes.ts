import { RECONCILIATION } from '../../domain/lanes';
import type { RunRecord, TenantRecord } from '../../domain/ledger-records';
import type { ItemKey, ItemWrite } from '../../ports/ledger-store';
import { replace, type Snapshot } from '../decide';
import { laneKey, lanePartition } from '../keys';
import { laneOf, waiterOf, withoutSlotOf, withoutTurn } from './lane-items';

/* What the end of a run means for lanes: part of the transaction that ends it. */

type End = Pick<RunRecord, 'status'>;

/** Lanes whose slot becomes free. After a bad end, operations that were asked for may still be at work: their slots stay. */
export function turnsToGiveBack(tenant: TenantRecord | undefined, { status }: End): readonly string[] {
  return Object.entries(tenant?.turns ?? {}).flatMap(([lane, { used }]) =>
    status === 'VENDED' || !used || lane === RECONCILIATION.name ? [lane] : [],
  );
}

/** Items of lanes that the end changes. */
export const laneItemKeys = (tenant: TenantRecord | undefined, end: End): readonly ItemKey[] => [
  ...turnsToGiveBack(tenant, end).map(laneKey),
  ...placeOf(tenant),
];

export const outsideLanes = (tenant: TenantRecord, end: End): TenantRecord => ({
  ...turnsToGiveBack(tenant, end).reduce(withoutTurn, tenant),
  turnsNeeded: [],
  queuedIn: null,
});

/** @param items as they were read, others among them */
export function laneWrites(tenant: TenantRecord, end: End, items: readonly Snapshot[]): readonly ItemWrite[] {
  const lanes = turnsToGiveBack(tenant, end).map(laneKey);
  return items.flatMap((item) => {
    if (isAmong(lanes, item.key)) return [replace(item, withoutSlotOf(laneOf(item), tenant.tenantUuid))];
    return isAmong(placeOf(tenant), item.key) && item.version > 0 ? [replace(item, null)] : [];
  });
}

/** With which the run waits for a turn. */
export function waitingTokenIn(tenant: TenantRecord, items: readonly Snapshot[]): string | null {
  return waiterOf(items.find(({ key }) => isAmong(placeOf(tenant), key)))?.token ?? null;
}

const placeOf = (tenant: TenantRecord | undefined): readonly ItemKey[] =>
  tenant?.queuedIn == null ? [] : [{ partition: lanePartition(tenant.queuedIn.lane), sort: tenant.queuedIn.place }];

const isAmong = (keys: readonly ItemKey[], { partition, sort }: ItemKey): boolean =>
  keys.some((key) => key.partition === partition && key.sort === sort);
