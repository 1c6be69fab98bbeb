import {
  ACCOUNT_ASSIGNMENTS,
  ACCOUNT_CLOSING,
  ACCOUNT_CREATION,
  type Lane,
  RECONCILIATION,
} from '../../domain/queue/lanes';
import type { RunRecord, TenantRecord } from '../../domain/records/ledger-records';
import type { ItemKey, ItemWrite } from '../../ports/ledger-store';
import { replace, type Snapshot } from '../base/decide';
import { laneKey, lanePartition, LINE, waiterKey } from '../base/keys';
import { laneOf, lineWrites, waiterOf, withoutSlotOf, withoutTurn } from './lane-items';

/* What the end of a run means for lanes: part of the transaction that ends it. */

type End = Pick<RunRecord, 'status'>;

/**
 * Lanes whose slot becomes free. After a bad end, operations that were asked for may still be at work: their slots
 * stay.
 */
export function turnsToRelease(tenant: TenantRecord | undefined, { status }: End): readonly string[] {
  return Object.entries(tenant?.turns ?? {}).flatMap(([lane, { used }]) =>
    status === 'VENDED' || !used || lane === RECONCILIATION.name || (status === 'CLOSED' && SEEN_BY_CLOSING.has(lane))
      ? [lane]
      : [],
  );
}

/**
 * A closing has seen the end of what was asked for there; of a stack set, or of Control Tower, an earlier run may have
 * left something at work.
 */
const SEEN_BY_CLOSING = new Set([ACCOUNT_CREATION, ACCOUNT_ASSIGNMENTS, ACCOUNT_CLOSING].map(({ name }) => name));

/** Items of lanes that the end changes. */
export const laneItemKeys = (
  tenant: TenantRecord | undefined,
  end: End,
  places: readonly ItemKey[],
): readonly ItemKey[] => [
  ...turnsToRelease(tenant, end).map(laneKey),
  ...placesOf(tenant, places),
  ...linesOf(placesOf(tenant, places)),
];

/** Two places may be in one lane: of a run that was resumed. */
const linesOf = (places: readonly ItemKey[]): readonly ItemKey[] => {
  const lines = places.map(lineOfPlace);
  return lines.filter((line, index) => !isAmong(lines.slice(0, index), line));
};

const lineOfPlace = ({ partition }: ItemKey): ItemKey => ({ partition, sort: LINE });

/**
 * The places that a run may have in the lanes of its plan. The tenant's own item does not tell everything: a function
 * may have been killed after it had written the waiter and before it could say so there.
 */
export const placesOfRun = (lanes: readonly Lane[], tenantUuid: string, run: RunRecord): readonly ItemKey[] =>
  lanes.map(({ name }) => waiterKey(name, run.resumedAt, tenantUuid, run));

export const outsideLanes = (tenant: TenantRecord, end: End): TenantRecord => ({
  ...turnsToRelease(tenant, end).reduce(withoutTurn, tenant),
  turnsNeeded: [],
  queuedIn: null,
});

/** @param items as they were read, others among them */
export function laneWrites(
  tenant: TenantRecord,
  end: End,
  places: readonly ItemKey[],
  items: readonly Snapshot[],
): readonly ItemWrite[] {
  const lanes = turnsToRelease(tenant, end).map(laneKey);
  const left = placesOf(tenant, places);
  const leaving = items.filter(({ key, version }) => version > 0 && isAmong(left, key));
  return items.flatMap((item) => {
    if (isAmong(lanes, item.key)) return [replace(item, withoutSlotOf(laneOf(item), tenant.tenantUuid))];
    if (isAmong(linesOf(left), item.key)) return lineWrites(item, leaving);
    return leaving.includes(item) ? [replace(item, null)] : [];
  });
}

/** With which the run waits for a turn. */
export function waitingTokenIn(
  tenant: TenantRecord,
  places: readonly ItemKey[],
  items: readonly Snapshot[],
): string | null {
  const left = placesOf(tenant, places);
  const waiters = items.filter(({ key }) => isAmong(left, key)).map(waiterOf);
  return waiters.find((waiter) => waiter?.token != null)?.token ?? null;
}

function placesOf(tenant: TenantRecord | undefined, places: readonly ItemKey[]): readonly ItemKey[] {
  if (tenant?.queuedIn == null) return places;
  const known = { partition: lanePartition(tenant.queuedIn.lane), sort: tenant.queuedIn.place };
  return isAmong(places, known) ? places : [...places, known];
}

const isAmong = (keys: readonly ItemKey[], { partition, sort }: ItemKey): boolean =>
  keys.some((key) => key.partition === partition && key.sort === sort);
