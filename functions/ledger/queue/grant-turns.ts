import { isDeepStrictEqual } from 'node:util';
import { nextTurn, secondsUntil } from '../../domain/queue/rate-limiter';
import type { Lane } from '../../domain/queue/lanes';
import { type Decision, type Snapshot, contentOfStored, decide, replace, snapshotsOf } from '../base/decide';
import { WAITERS, laneKey, lanePartition, lineKey, tenantKey, waiterKey } from '../base/keys';
import { isSameRun, readRun, readTenant, replaceTenant, tenantOf } from '../tenants/tenant-items';
import { type LaneRecord, type LaneSlot, type WaiterRecord, WaiterRecordSchema } from '../../domain/queue/lane-records';
import type { TenantRecord, Turn } from '../../domain/records/ledger-records';
import type { ItemKey, StoredItem } from '../../ports/ledger-store';
import { type LaneDeps, freeSlot, laneOf, waiterOf, waiterWrites, withoutSlotOf, withoutTurn } from './lane-items';

/** Somebody who waits, and where. */
interface Place {
  readonly key: ItemKey;
  readonly waiter: WaiterRecord;
}

/** The queue of waiters as far as it was read. */
export const placesIn = async ({ ledger }: LaneDeps, lane: Lane, limit: number): Promise<readonly Place[]> =>
  (await ledger.readPartition({ partition: lanePartition(lane.name), prefix: WAITERS, limit })).map(placeOf);

/**
 * The first one who was not let in, whether reachable or not. A place that a late function has written for a run that
 * had ended or was resumed does not count: nobody comes back to it, and so nobody would look after the line.
 */
export async function firstInLine(
  { ledger }: LaneDeps,
  lane: Lane,
  places: readonly Place[],
): Promise<Place | undefined> {
  for (const place of places.filter(({ waiter }) => waiter.grantedAt === null)) {
    const { tenantUuid, run: key } = place.waiter;
    const run = await readRun(ledger, { tenantUuid, ...key });
    if (run?.status !== 'RUNNING') continue;
    if (waiterKey(lane.name, run.resumedAt, tenantUuid, key).sort === place.key.sort) return place;
  }
  return undefined;
}

/** Somebody who can be reached. */
interface Standing extends Place {
  readonly waiter: WaiterRecord & { readonly token: string };
}

interface Head {
  /** The next one who can be let in, or has to be told; undefined: nobody. */
  readonly next: Standing | undefined;
  /** The first of the line; undefined where everybody is looked at, too. */
  readonly first: Place | undefined;
}

/** If a turn was granted and not announced for so long, the function that granted it was killed in between. */
const TELL_AGAIN_AFTER_SECONDS = 10;

/** A look at the lane comes first: where it is full, there is nothing to be granted. */
async function headOf(deps: LaneDeps, lane: Lane): Promise<Head> {
  const { ledger, now } = deps;
  const [item] = await snapshotsOf(ledger, [laneKey(lane.name)]);
  const isFull = !laneOf(item).unlimited && freeSlot(lane, laneOf(item)) === undefined;
  for (let limit = 16; ; limit *= 4) {
    const places = await placesIn(deps, lane, limit);
    const next = places.flatMap(standing).find(({ waiter: { grantedAt } }) => {
      if (grantedAt === null) return !isFull;
      return now().getTime() - Date.parse(grantedAt) >= TELL_AGAIN_AFTER_SECONDS * 1000;
    });
    if (next !== undefined || places.length < limit || isFull) {
      const isAnyUnwatched = places.some(({ waiter }) => waiter.unwatched === true);
      return { next, first: isAnyUnwatched ? await firstInLine(deps, lane, places) : undefined };
    }
  }
}

const placeOf = (item: StoredItem): Place => ({ key: item.key, waiter: contentOfStored(WaiterRecordSchema, item) });

const standing = ({ key, waiter }: Place): readonly Standing[] =>
  waiter.token === null ? [] : [{ key, waiter: { ...waiter, token: waiter.token } }];

/** What was written down for somebody. `turn` is null where no slot is taken: in a lane without limit, or along. */
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
  takesSlot: boolean,
): Decision<Grant | null> {
  const before = laneOf(laneItem);
  const waiter = waiterOf(waiterItem);
  const tenant = tenantOf(tenantItem);
  const slot = freeSlot(lane, before);
  // One at whose run nobody looks is not let in: the next round has looks begin again first.
  const isGranted = waiter?.grantedAt !== null || waiter.unwatched === true;
  if (isGranted || waiter.token !== token) return { writes: [], result: null };
  if (tenant === undefined || !isSameRun(tenant.activeRun, waiter.run)) {
    // Its run has ended: nobody will come back.
    return { writes: waiterWrites(waiterItem, lineItem, null), result: null };
  }
  const told = waiterWrites(waiterItem, lineItem, { ...waiter, grantedAt: now.toISOString() });
  if (before.unlimited || !takesSlot) {
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
 * Before a run is let in, and when a run has become the first of the line, looks at it begin again: the first one keeps
 * the lane going (`look-at-line.ts`).
 *
 * The race with a joiner: a joiner writes its own item before it calls this, and a function that frees a slot has
 * committed that before. One of the two sees what the other has done.
 */
export async function grantTurns(deps: LaneDeps, lane: Lane): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const { next, first } = await headOf(deps, lane);
    await watchAgain(deps, first);
    if (next?.key.sort !== first?.key.sort) await watchAgain(deps, next);
    if (next === undefined) return;
    if (next.waiter.grantedAt === null) await grant(deps, lane, next);
    else await tellAgain(deps, lane, next);
  }
}

/**
 * Lets runs that wait go on without a slot: somebody's operation does what they wait for along with its own. Then the
 * line has another first one.
 */
export async function letInAlong(deps: LaneDeps, lane: Lane, tenantUuids: readonly string[]): Promise<void> {
  const places = (await placesIn(deps, lane, MAX_ROUNDS)).flatMap(standing);
  for (const place of places.filter(({ waiter }) => tenantUuids.includes(waiter.tenantUuid))) {
    await watchAgain(deps, place);
    await grant(deps, lane, place, false);
  }
  await grantTurns(deps, lane);
}

async function grant(deps: LaneDeps, lane: Lane, standing: Standing, takesSlot = true): Promise<void> {
  const { key, waiter } = standing;
  const keys = [laneKey(lane.name), key, tenantKey(waiter.tenantUuid), lineKey(lane.name)];
  const granted = await decide(deps.ledger, keys, (laneItem, waiterItem, tenantItem, lineItem) =>
    grantOf(lane, waiter.token, deps.now(), { laneItem, waiterItem, tenantItem, lineItem }, takesSlot),
  );
  if (granted === null) return;
  const waitSeconds = granted.turn === null ? 0 : secondsUntil(granted.turn.notBefore, deps.now());
  const told = await deps.tokens.succeed(waiter.token, { waitSeconds });
  if (told === 'delivered') await removeWaiter(deps, standing);
  else await withdrawPermit(deps, lane, standing, granted);
}

/** The message first: nothing says that a run is looked at before somebody does. */
async function watchAgain({ ledger, watch }: LaneDeps, place: Place | undefined): Promise<void> {
  if (place?.waiter.unwatched !== true) return;
  const tenant = await readTenant(ledger, place.waiter.tenantUuid);
  if (tenant !== undefined) {
    await watch.watch({ tenantUuid: tenant.tenantUuid, replicationSequence: tenant.latestSequence });
  }
  await decide(ledger, [place.key], (item) => {
    const waiter = waiterOf(item);
    return { writes: waiter === undefined ? [] : [replace(item, { ...waiter, unwatched: false })], result: undefined };
  });
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
