import type { Lane } from '../../domain/lanes';
import { type LaneRecord, LaneRecordSchema, type WaiterRecord, WaiterRecordSchema } from '../../domain/lane-records';
import type { TenantRecord } from '../../domain/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import type { TaskTokens } from '../../ports/task-tokens';
import { contentOf, type Snapshot } from '../decide';

/** What all that is done in a lane works with. */
export interface LaneEdges {
  readonly ledger: LedgerStore;
  readonly tokens: TaskTokens;
  readonly now: () => Date;
}

const NOBODY_YET: LaneRecord = { slots: [], rate: null, unlimited: false };

/** A lane that nobody has come through yet has no item. */
export const laneOf = (snapshot: Snapshot | undefined): LaneRecord =>
  contentOf(LaneRecordSchema, snapshot) ?? NOBODY_YET;

export const waiterOf = (snapshot: Snapshot | undefined): WaiterRecord | undefined =>
  contentOf(WaiterRecordSchema, snapshot);

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
