import type { Lane } from '../../domain/queue/lanes';
import {
  type LaneRecord,
  LaneRecordSchema,
  type LineRecord,
  LineRecordSchema,
  type WaiterRecord,
  WaiterRecordSchema,
} from '../../domain/queue/lane-records';
import type { TenantRecord } from '../../domain/records/ledger-records';
import { EMPTY_LINE, joined, left } from '../../domain/queue/waiting-line';
import type { ItemWrite, LedgerStore } from '../../ports/ledger-store';
import type { RunWatch } from '../../ports/queues';
import type { TaskTokens } from '../../ports/workflow';
import { contentOf, replace, type Snapshot } from '../base/decide';
import { placeInLine } from '../base/keys';

/** What all that is done in a lane works with. */
export interface LaneDeps {
  readonly ledger: LedgerStore;
  readonly tokens: TaskTokens;
  readonly watch: RunWatch;
  readonly now: () => Date;
}

const NOBODY_YET: LaneRecord = { slots: [], rate: null, unlimited: false };

/** A lane that nobody has come through yet has no item. */
export const laneOf = (snapshot: Snapshot | undefined): LaneRecord =>
  contentOf(LaneRecordSchema, snapshot) ?? NOBODY_YET;

export const waiterOf = (snapshot: Snapshot | undefined): WaiterRecord | undefined =>
  contentOf(WaiterRecordSchema, snapshot);

export const lineOf = (snapshot: Snapshot | undefined): LineRecord =>
  contentOf(LineRecordSchema, snapshot) ?? EMPTY_LINE;

/** Changes a waiter, or takes it out, and the line with it: runs that wait and were not let in are counted there. */
export function waiterWrites(
  waiterItem: Snapshot,
  lineItem: Snapshot,
  waiter: WaiterRecord | null,
): readonly ItemWrite[] {
  const isInLine = waiter?.grantedAt === null;
  const write = replace(waiterItem, waiter === null ? null : { ...waiter, inLine: isInLine });
  if ((waiterOf(waiterItem)?.inLine ?? false) === isInLine) return [write];
  const place = placeInLine(waiterItem.key.sort);
  const line = lineOf(lineItem);
  return [write, replace(lineItem, isInLine ? joined(line, place) : left(line, place))];
}

/** The line without those of these waiters who are counted in it. */
export function lineWrites(lineItem: Snapshot, leaving: readonly Snapshot[]): readonly ItemWrite[] {
  const counted = leaving.filter((item) => isOf(lineItem, item) && waiterOf(item)?.inLine === true);
  const line = counted.reduce((rest, { key }) => left(rest, placeInLine(key.sort)), lineOf(lineItem));
  return counted.length === 0 ? [] : [replace(lineItem, line)];
}

const isOf = (one: Snapshot, other: Snapshot): boolean => one.key.partition === other.key.partition;

/** The lowest slot that is free; undefined when there is none. */
export function freeSlot({ capacity }: Lane, { slots }: LaneRecord): number | undefined {
  const taken = new Set(slots.map(({ slot }) => slot));
  return Array.from({ length: capacity }, (_, slot) => slot).find(
    (slot) => slots.length < capacity && !taken.has(slot),
  );
}

export const withoutSlotOf = (lane: LaneRecord, tenantUuid: string): LaneRecord => ({
  ...lane,
  slots: lane.slots.filter((slot) => slot.tenantUuid !== tenantUuid),
});

export function withoutTurn(tenant: TenantRecord, lane: string): TenantRecord {
  const turns = Object.entries(tenant.turns).filter(([name]) => name !== lane);
  return { ...tenant, turns: Object.fromEntries(turns) };
}
