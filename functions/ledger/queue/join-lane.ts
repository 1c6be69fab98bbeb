import { isTimely, secondsUntil } from '../../domain/queue/rate-limiter';
import type { Lane } from '../../domain/queue/lanes';
import type { WaiterRecord, WantedInstances } from '../../domain/queue/lane-records';
import type { RunKey } from '../../domain/records/ledger-records';
import { decide, replace } from '../base/decide';
import { laneKey, lineKey, tenantKey, waiterKey } from '../base/keys';
import { isSameRun, replaceTenant, tenantOf } from '../tenants/tenant-items';
import { grantTurns } from './grant-turns';
import { type LaneDeps, laneOf, waiterOf, waiterWrites, withoutSlotOf, withoutTurn } from './lane-items';

/** The run that asks for a turn. */
export interface Joiner {
  readonly tenantUuid: string;
  readonly run: RunKey;
  /** When the run began, or was resumed: its place in every lane. */
  readonly runSince: string;
  readonly token: string;
  /** Whether its state can be called back. */
  readonly callable: boolean;
  readonly wanted: WantedInstances | null;
}

/**
 * Asks for a turn. A run that has one already gets it; a run that comes back with a new token keeps its place. Then
 * everybody who can be let in is let in, the joiner among them if it is the first.
 *
 * @returns whether the joiner has its turn now
 */
export async function joinLane(deps: LaneDeps, lane: Lane, joiner: Joiner): Promise<boolean> {
  const waitSeconds = await standInLane(deps, lane, joiner);
  if (waitSeconds !== null) {
    await deps.tokens.succeed(joiner.token, { waitSeconds });
    return true;
  }
  await grantTurns(deps, lane);
  return !(await isStillWaiting(deps, lane, joiner));
}

/** Seconds to wait with a turn that is there already; null when the joiner waits for one. */
async function standInLane(deps: LaneDeps, lane: Lane, joiner: Joiner): Promise<number | null> {
  const keys = [tenantKey(joiner.tenantUuid), placeOf(lane, joiner), laneKey(lane.name), lineKey(lane.name)];
  return decide<number | null>(deps.ledger, keys, (tenantItem, waiterItem, laneItem, lineItem) => {
    const tenant = tenantOf(tenantItem);
    // A function that was slow while its run has ended: nobody would take it out again.
    if (tenant === undefined || !isSameRun(tenant.activeRun, joiner.run)) return { writes: [], result: null };
    const now = deps.now();
    const waits = waiterWrites(waiterItem, lineItem, waiting(joiner, waiterOf(waiterItem), now));
    const turn = tenant.turns[lane.name];
    if (turn === undefined) return { writes: waits, result: null };
    if (lane.rate !== null && !turn.used && !isTimely(turn, now)) {
      const free = replace(laneItem, withoutSlotOf(laneOf(laneItem), joiner.tenantUuid));
      return { writes: [...waits, free, replaceTenant(tenantItem, withoutTurn(tenant, lane.name))], result: null };
    }
    const gone = waiterItem.version === 0 ? [] : waiterWrites(waiterItem, lineItem, null);
    // The function that granted it, and then found nobody waiting, sees that the turn was taken up after all.
    const taken = turn.used ? turn : { ...turn, grantedAt: now.toISOString() };
    const turns = { ...tenant.turns, [lane.name]: taken };
    return {
      writes: [...gone, replaceTenant(tenantItem, { ...tenant, turns })],
      result: turn.used ? 0 : secondsUntil(turn.notBefore, now),
    };
  });
}

function waiting(
  { tenantUuid, run, token, callable, wanted }: Joiner,
  before: WaiterRecord | undefined,
  now: Date,
): WaiterRecord {
  const since = before?.since ?? now.toISOString();
  const told = wanted === null && before?.wanted === undefined ? {} : { wanted };
  return { ...before, ...told, tenantUuid, run, token, callable, since, grantedAt: null };
}

/** Says in the tenant's item that it waits, unless it was let in meanwhile. */
async function isStillWaiting(deps: LaneDeps, lane: Lane, joiner: Joiner): Promise<boolean> {
  const place = placeOf(lane, joiner);
  return decide(deps.ledger, [tenantKey(joiner.tenantUuid), place], (tenantItem, waiterItem) => {
    const tenant = tenantOf(tenantItem);
    const waiter = waiterOf(waiterItem);
    if (tenant === undefined || waiter?.grantedAt !== null) {
      return { writes: [], result: false };
    }
    if (tenant.status === 'QUEUED' || !isSameRun(tenant.activeRun, joiner.run)) return { writes: [], result: true };
    const queuedIn = { lane: lane.name, since: waiter.since, place: place.sort };
    const queued = { ...tenant, queuedIn, status: 'QUEUED' as const, statusChangedAt: deps.now().toISOString() };
    return { writes: [replaceTenant(tenantItem, queued)], result: true };
  });
}

const placeOf = (lane: Lane, { runSince, tenantUuid, run }: Joiner): ReturnType<typeof waiterKey> =>
  waiterKey(lane.name, runSince, tenantUuid, run);
