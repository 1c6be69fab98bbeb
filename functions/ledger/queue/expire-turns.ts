import { isDeepStrictEqual } from 'node:util';

import type { Lane } from '../../domain/queue/lanes';
import type { LaneSlot } from '../../domain/queue/lane-records';
import type { TenantRecord, Turn } from '../../domain/records/ledger-records';
import { decide, replace, snapshotsOf } from '../base/decide';
import { laneKey, tenantKey } from '../base/keys';
import { isSameRun, readTenant, replaceTenant, tenantOf } from '../tenants/tenant-items';
import { type LaneDeps, laneOf, withoutSlotOf, withoutTurn } from './lane-items';

/** Whether the operation that a tenant has used its turn for is over. False where it cannot be known yet. */
export type OperationCheck = (holder: TenantRecord) => Promise<boolean>;

/** Nobody is told here. */
type ExpiryDeps = Pick<LaneDeps, 'ledger' | 'now'>;

/** An operation that was found at work is looked at again after this. */
const LOOK_AGAIN_SECONDS = 5 * 60;

/**
 * Takes back slots whose lease has run out and that nobody needs any more: turns that were never used, runs that have
 * ended, and operations that AWS says are over. A holder of one of these that comes late finds no turn, and asks
 * again.
 */
export async function expireTurns(deps: ExpiryDeps, lane: Lane, isOver: OperationCheck): Promise<void> {
  const [laneItem] = await snapshotsOf(deps.ledger, [laneKey(lane.name)]);
  const expired = laneOf(laneItem).slots.filter(({ lookAt }) => Date.parse(lookAt) <= deps.now().getTime());
  for (const slot of expired) {
    const holder = await readTenant(deps.ledger, slot.tenantUuid);
    const turn = holder?.turns[lane.name];
    const need =
      holder === undefined || turn === undefined ? 'none' : needOf(lane, slot, { holder, turn, now: deps.now() });
    if (need === 'none') await expireTurn(deps, lane, slot, turn);
    else if (need instanceof Date) await checkLater(deps, lane, slot, need);
    else if (holder !== undefined) await checkOperation(deps, lane, slot, { holder, isOver });
  }
}

interface Held {
  readonly holder: TenantRecord;
  readonly turn: Turn;
  readonly now: Date;
}

/** Until when a slot is needed in any case; `none` where nobody needs it, `unknown` where AWS has to be asked. */
function needOf(
  { ofRuns, leaseSeconds }: Lane,
  { since, run }: LaneSlot,
  { holder, turn, now }: Held,
): Date | 'none' | 'unknown' {
  if (ofRuns) return isSameRun(holder.activeRun, run) ? later(now, leaseSeconds) : 'none';
  if (!turn.used) return 'none';
  const leaseEnd = later(new Date(since), leaseSeconds);
  return leaseEnd > now ? leaseEnd : 'unknown';
}

const later = (from: Date, seconds: number): Date => new Date(from.getTime() + seconds * 1000);

/** One of many waiting runs checks the operation: the one that has written down that it does. */
async function checkOperation(
  deps: ExpiryDeps,
  lane: Lane,
  slot: LaneSlot,
  { holder, isOver }: { readonly holder: TenantRecord; readonly isOver: OperationCheck },
): Promise<void> {
  const looking = await checkLater(deps, lane, slot, later(deps.now(), LOOK_AGAIN_SECONDS));
  if (looking === null) return;
  // A waiting run does not fail because it checks the operation of another run: the slot stays until somebody can see
  // its end.
  if (await isOver(holder).catch(() => false)) await expireTurn(deps, lane, looking, holder.turns[lane.name]);
}

/** In one transaction with the holder's own item, and only if the turn is still the one that was judged. */
async function expireTurn(deps: ExpiryDeps, lane: Lane, slot: LaneSlot, judged: Turn | undefined): Promise<void> {
  const keys = [laneKey(lane.name), tenantKey(slot.tenantUuid)];
  await decide(deps.ledger, keys, (laneItem, tenantItem) => {
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

/** @returns the slot as it stands then; null when it is not as it was read */
async function checkLater(deps: ExpiryDeps, lane: Lane, slot: LaneSlot, lookAt: Date): Promise<LaneSlot | null> {
  const put = { ...slot, lookAt: lookAt.toISOString() };
  return decide<LaneSlot | null>(deps.ledger, [laneKey(lane.name)], (laneItem) => {
    const record = laneOf(laneItem);
    if (!record.slots.some((one) => isDeepStrictEqual(one, slot))) return { writes: [], result: null };
    const slots = record.slots.map((one) => (isDeepStrictEqual(one, slot) ? put : one));
    return { writes: [replace(laneItem, { ...record, slots })], result: put };
  });
}
