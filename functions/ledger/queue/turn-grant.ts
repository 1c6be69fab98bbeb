import { nextTurn } from '../../domain/queue/lane-rate';
import type { Lane } from '../../domain/queue/lanes';
import type { LaneRecord, LaneSlot, WaiterRecord } from '../../domain/queue/lane-records';
import type { TenantRecord, Turn } from '../../domain/records/ledger-records';
import { type Decision, replace, type Snapshot } from '../base/decide';
import { isSameRun, replaceTenant, tenantOf } from '../tenants/tenant-items';
import { freeSlot, laneOf, waiterOf, waiterWrites } from './lane-items';

/** What was written down for somebody. `turn` is null in a lane without limit: nothing is taken up there. */
export interface Grant {
  readonly turn: Turn | null;
  readonly before: LaneRecord;
  readonly after: LaneRecord;
}

/** Never used: the workflow behind the token asks within seconds, even where functions are retried. */
const UNUSED_LEASE_SECONDS = 180;

interface GrantItems {
  readonly laneItem: Snapshot;
  readonly waiterItem: Snapshot;
  readonly tenantItem: Snapshot;
  readonly lineItem: Snapshot;
}

/** Lets somebody in, if there is room and it still waits with this token. */
export function grantOf(
  lane: Lane,
  token: string,
  now: Date,
  { laneItem, waiterItem, tenantItem, lineItem }: GrantItems,
): Decision<Grant | null> {
  const before = laneOf(laneItem);
  const waiter = waiterOf(waiterItem);
  const tenant = tenantOf(tenantItem);
  const slot = freeSlot(lane, before);
  if (waiter?.token !== token || waiter.grantedAt !== null) return { writes: [], result: null };
  if (tenant === undefined || !isSameRun(tenant.activeRun, waiter.run)) {
    // Its run has ended: nobody will come back.
    return { writes: waiterWrites(waiterItem, lineItem, null), result: null };
  }
  const told = waiterWrites(waiterItem, lineItem, { ...waiter, grantedAt: now.toISOString() });
  if (before.unlimited) {
    return {
      writes: [...told, replaceTenant(tenantItem, letIn(tenant, lane.name, now))],
      result: { turn: null, before, after: before },
    };
  }
  if (slot === undefined) return { writes: [], result: null };
  const { notBefore, state } = nextTurn(lane.rate, before.rate, now);
  const turn: Turn = { grantedAt: now.toISOString(), notBefore: notBefore.toISOString(), used: false, slot };
  const after = { ...before, rate: state, slots: [...before.slots, newSlot(waiter, turn)] };
  const inside = letIn(tenant, lane.name, now);
  return {
    writes: [
      replace(laneItem, after),
      ...told,
      replaceTenant(tenantItem, { ...inside, turns: { ...inside.turns, [lane.name]: turn } }),
    ],
    result: { turn, before, after },
  };
}

function newSlot({ tenantUuid, run }: WaiterRecord, { slot, grantedAt, notBefore }: Turn): LaneSlot {
  const lookAt = new Date(Date.parse(notBefore) + UNUSED_LEASE_SECONDS * 1000).toISOString();
  return { slot, tenantUuid, run, since: grantedAt, lookAt };
}

function letIn(tenant: TenantRecord, lane: string, now: Date): TenantRecord {
  const running =
    tenant.status === 'QUEUED' ? ({ status: 'RUNNING', statusChangedAt: now.toISOString() } as const) : {};
  return {
    ...tenant,
    ...running,
    queuedIn: null,
    turnsNeeded: tenant.turnsNeeded.filter((needed) => needed !== lane),
  };
}
