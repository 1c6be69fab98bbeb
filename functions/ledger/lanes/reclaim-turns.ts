import { isDeepStrictEqual } from 'node:util';

import type { Lane } from '../../domain/lanes';
import type { LaneSlot, TenantRecord, Turn } from '../../domain/ledger-records';
import { decide, replace, snapshotsOf } from '../decide';
import { laneKey, tenantKey } from '../keys';
import { readTenant } from '../read-run';
import { isSameRun, replaceTenant, tenantOf } from '../tenant-items';
import { type LaneEdges, laneOf, withoutSlotOf, withoutTurn } from './lane-items';

/** Whether the operation that a tenant has used its turn for is over. False where it cannot be known yet. */
export type OperationLook = (holder: TenantRecord) => Promise<boolean>;

/** An operation that was found at work is looked at again after this. */
const LOOK_AGAIN_SECONDS = 5 * 60;

/**
 * Takes back slots whose lease has run out and that nobody needs any more: turns that were never used, runs that have ended, and operations that
 * AWS says are over. Whoever holds one of these and comes late finds no turn, and asks again.
 */
export async function reclaimTurns(edges: LaneEdges, lane: Lane, isOver: OperationLook): Promise<void> {
  const [laneItem] = await snapshotsOf(edges.ledger, [laneKey(lane.name)]);
  const expired = laneOf(laneItem).slots.filter(({ lookAt }) => Date.parse(lookAt) <= edges.now().getTime());
  for (const slot of expired) {
    const holder = await readTenant(edges.ledger, slot.tenantUuid);
    const turn = holder?.turns[lane.name];
    const needed = holder === undefined || turn === undefined ? null : await neededUntil(lane, slot, { holder, turn });
    if (needed === null) await takeAway(edges, lane, slot, turn);
    else await lookLater(edges, lane, slot, needed);
  }

  /** Null when it is needed no more. */
  async function neededUntil(
    { ofRuns, leaseSeconds }: Lane,
    { since, run }: LaneSlot,
    { holder, turn }: { readonly holder: TenantRecord; readonly turn: Turn },
  ): Promise<Date | null> {
    const later = (from: number, seconds: number): Date => new Date(from + seconds * 1000);
    const now = edges.now().getTime();
    if (ofRuns) return isSameRun(holder.activeRun, run) ? later(now, leaseSeconds) : null;
    if (!turn.used) return null;
    const leaseEnd = later(Date.parse(since), leaseSeconds);
    if (leaseEnd.getTime() > now) return leaseEnd;
    // Whoever waits does not fail by a look at somebody else's operation: it stays until somebody can see its end.
    const knownToBeOver = (of: TenantRecord): Promise<boolean> => isOver(of).catch(() => false);
    return (await knownToBeOver(holder)) ? null : later(now, LOOK_AGAIN_SECONDS);
  }
}

/** In one transaction with the holder's own item, and only if the turn is still the one that was judged. */
async function takeAway(edges: LaneEdges, lane: Lane, slot: LaneSlot, judged: Turn | undefined): Promise<void> {
  const keys = [laneKey(lane.name), tenantKey(slot.tenantUuid)];
  await decide(edges.ledger, keys, (laneItem, tenantItem) => {
    const tenant = tenantOf(tenantItem);
    const record = laneOf(laneItem);
    const isAsJudged =
      record.slots.some((one) => isDeepStrictEqual(one, slot)) && isDeepStrictEqual(tenant?.turns[lane.name], judged);
    if (!isAsJudged) return { writes: [], result: undefined };
    const free = replace(laneItem, withoutSlotOf(record, slot.tenantUuid));
    return {
      writes:
        tenant === undefined || judged === undefined
          ? [free]
          : [free, replaceTenant(tenantItem, withoutTurn(tenant, lane.name))],
      result: undefined,
    };
  });
}

async function lookLater(edges: LaneEdges, lane: Lane, slot: LaneSlot, lookAt: Date): Promise<void> {
  await decide(edges.ledger, [laneKey(lane.name)], (laneItem) => {
    const record = laneOf(laneItem);
    if (!record.slots.some((one) => isDeepStrictEqual(one, slot))) {
      return { writes: [], result: undefined };
    }
    const slots = record.slots.map((one) =>
      isDeepStrictEqual(one, slot) ? { ...one, lookAt: lookAt.toISOString() } : one,
    );
    return { writes: [replace(laneItem, { ...record, slots })], result: undefined };
  });
}
