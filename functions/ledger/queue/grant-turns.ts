import { isDeepStrictEqual } from 'node:util';
import { nextTurn, secondsUntil } from '../../domain/queue/rate-limiter';
import type { Lane } from '../../domain/queue/lanes';
import { type Decision, type Snapshot, contentOfStored, decide, replace, snapshotsOf } from '../base/decide';
import { WAITERS, laneKey, lanePartition, lineKey, tenantKey } from '../base/keys';
import { isSameRun, readTenant, replaceTenant, tenantOf } from '../tenants/tenant-items';
import { type LaneRecord, type LaneSlot, type WaiterRecord, WaiterRecordSchema } from '../../domain/queue/lane-records';
import type { TenantRecord, Turn } from '../../domain/records/ledger-records';
import type { ItemKey, StoredItem } from '../../ports/ledger-store';
import { type LaneDeps, freeSlot, laneOf, waiterOf, waiterWrites, withoutSlotOf, withoutTurn } from './lane-items';

/** Somebody who waits, and where. */
interface Standing {
  readonly key: ItemKey;
  readonly waiter: WaiterRecord & { readonly token: string };
}

/** If a turn was granted and not announced for so long, the function that granted it was killed in between. */
const TELL_AGAIN_AFTER_SECONDS = 10;

/** The first who can be reached. A look at the lane comes first: where it is full, there is nothing to be granted. */
async function nextWaiter({ ledger, now }: LaneDeps, lane: Lane): Promise<Standing | undefined> {
  const [item] = await snapshotsOf(ledger, [laneKey(lane.name)]);
  const isFull = !laneOf(item).unlimited && freeSlot(lane, laneOf(item)) === undefined;
  for (let limit = 16; ; limit *= 4) {
    const items = await ledger.readPartition({ partition: lanePartition(lane.name), prefix: WAITERS, limit });
    const next = items.flatMap(standing).find(({ waiter: { grantedAt } }) => {
      if (grantedAt === null) return !isFull;
      return now().getTime() - Date.parse(grantedAt) >= TELL_AGAIN_AFTER_SECONDS * 1000;
    });
    if (next !== undefined || items.length < limit || isFull) return next;
  }
}

function standing(item: StoredItem): readonly Standing[] {
  const waiter = contentOfStored(WaiterRecordSchema, item);
  return waiter.token === null ? [] : [{ key: item.key, waiter: { ...waiter, token: waiter.token } }];
}

/** What was written down for somebody. `turn` is null in a lane without limit: nothing is taken up there. */
interface Grant {
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
function grantOf(
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

/** Nobody waits with this token any more: the turn goes to the next one, and a run that was away keeps its place. */
async function withdrawPermit(deps: LaneDeps, lane: Lane, { key, waiter }: Standing, granted: Grant): Promise<void> {
  const keys = [laneKey(lane.name), key, tenantKey(waiter.tenantUuid), lineKey(lane.name)];
  await decide(deps.ledger, keys, (laneItem, waiterItem, tenantItem, lineItem) => {
    const tenant = tenantOf(tenantItem);
    const isAway = waiterOf(waiterItem)?.token === waiter.token;
    if (!isAway) return { writes: [], result: undefined };
    const away = waiterWrites(waiterItem, lineItem, { ...waiter, token: null, grantedAt: null });
    const isHeld = isDeepStrictEqual(tenant?.turns[lane.name], granted.turn);
    if (tenant === undefined || !isHeld) return { writes: away, result: undefined };
    return {
      writes: [
        ...away,
        replace(laneItem, withoutGrant(laneOf(laneItem), waiter.tenantUuid, granted)),
        replaceTenant(tenantItem, withoutTurn(tenant, lane.name)),
      ],
      result: undefined,
    };
  });
}

/** What the rate has spent comes back, too, unless somebody has come in since. */
function withoutGrant(lane: LaneRecord, tenantUuid: string, { before, after }: Grant): LaneRecord {
  const isLast = isDeepStrictEqual(lane.rate, after.rate);
  return { ...withoutSlotOf(lane, tenantUuid), rate: isLast ? before.rate : lane.rate };
}

/** One invocation lets in no more: each that comes in wakes others again when it leaves. */
const MAX_ROUNDS = 50;

/**
 * Lets in the waiting runs, first come, first served, while there is room. The ledger is written first, the waiter is
 * told second: killed in between, the waiter finds its turn when it comes back, or is told by the next one who comes
 * by.
 *
 * The race with a joiner: a joiner writes its own item before it calls this, and a function that frees a slot has
 * committed that before. One of the two sees what the other has done.
 */
export async function grantTurns(deps: LaneDeps, lane: Lane): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = await nextWaiter(deps, lane);
    if (next === undefined) return;
    if (next.waiter.grantedAt === null) await grant(deps, lane, next);
    else await tellAgain(deps, lane, next);
  }
}

async function grant(deps: LaneDeps, lane: Lane, standing: Standing): Promise<void> {
  const { key, waiter } = standing;
  const keys = [laneKey(lane.name), key, tenantKey(waiter.tenantUuid), lineKey(lane.name)];
  const granted = await decide(deps.ledger, keys, (laneItem, waiterItem, tenantItem, lineItem) =>
    grantOf(lane, waiter.token, deps.now(), { laneItem, waiterItem, tenantItem, lineItem }),
  );
  if (granted === null) return;
  const waitSeconds = granted.turn === null ? 0 : secondsUntil(granted.turn.notBefore, deps.now());
  const told = await deps.tokens.succeed(waiter.token, { waitSeconds });
  if (told === 'delivered') await removeWaiter(deps, standing);
  else await withdrawPermit(deps, lane, standing, granted);
}

async function tellAgain(deps: LaneDeps, lane: Lane, standing: Standing): Promise<void> {
  const { waiter } = standing;
  const turn = (await readTenant(deps.ledger, waiter.tenantUuid))?.turns[lane.name];
  // Gone or not: its turn stands in the ledger, where it finds it when it comes back.
  const waitSeconds = turn === undefined ? 0 : secondsUntil(turn.notBefore, deps.now());
  await deps.tokens.succeed(waiter.token, { waitSeconds });
  await removeWaiter(deps, standing);
}

async function removeWaiter({ ledger }: LaneDeps, { key, waiter }: Standing): Promise<void> {
  await decide(ledger, [key], (item) => ({
    writes: waiterOf(item)?.token === waiter.token ? [replace(item, null)] : [],
    result: undefined,
  }));
}
