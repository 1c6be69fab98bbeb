import type { Companion, Companions, LaneQueue, LaneTurns } from '../../ports/lane-queue';
import {
  type LaneRecord,
  type LineRecord,
  type WaiterRecord,
  WaiterRecordSchema,
} from '../../domain/queue/lane-records';
import { PlanRecordSchema, type TenantRecord } from '../../domain/records/ledger-records';
import { aheadOf } from '../../domain/queue/waiting-line';
import type { LedgerStore, StoredItem } from '../../ports/ledger-store';
import { contentOf, contentOfStored, snapshotsOf, decide, replace } from '../base/decide';
import { LANE_AND_LINE, WAITERS, laneKey, lanePartition, lineKey, placeInLine, planKey, tenantKey } from '../base/keys';
import { type Lane, lanesOf } from '../../domain/queue/lanes';
import { isSameRun, readTenant, type RunReference, replaceTenant, tenantOf } from '../tenants/tenant-items';
import { ledgerTenantRepository } from '../tenants/tenant-repository';
import { type Joiner, joinLane } from './join-lane';
import { type LaneDeps, laneOf, lineOf, withoutSlotOf, withoutTurn } from './lane-items';
import { expireTurns } from './expire-turns';
import { grantTurns, letInAlong } from './grant-turns';

/** The position of a tenant in a lane. */
export interface LanePosition {
  readonly name: string;
  /** 1 is next. */
  readonly position: number;
  readonly since: string;
}

/** Null when the tenant does not wait, or was let in just now. One small read, however many wait. */
export async function lanePosition(store: LedgerStore, { queuedIn }: TenantRecord): Promise<LanePosition | null> {
  if (queuedIn === null) return null;
  const { lane: name, since, place } = queuedIn;
  const { line } = await readLane(store, name);
  return { name, position: aheadOf(line, placeInLine(place)) + 1, since };
}

/** Reads who is in a lane, and how many wait for it. */
export async function readLane(
  store: LedgerStore,
  lane: string,
): Promise<{ readonly record: LaneRecord; readonly line: LineRecord }> {
  const items = await store.readPartition({ partition: lanePartition(lane), prefix: LANE_AND_LINE, limit: 2 });
  const [record, line] = [laneKey(lane), lineKey(lane)].map(({ sort }) => items.find(({ key }) => key.sort === sort));
  return { record: laneOf(record), line: lineOf(line) };
}

/** Those who are let in right now are first in the line, and few. */
const MAX_LET_IN = 16;

/** Whether somebody waits in a lane and was not let in yet. */
async function isAwaited(store: LedgerStore, lane: string): Promise<boolean> {
  const items = await store.readPartition({ partition: lanePartition(lane), prefix: WAITERS, limit: MAX_LET_IN });
  return items.some((item) => waiterIn(item).grantedAt === null);
}

/** A lane that the plan of a run comes through, and who is in it; undefined where the plan knows no such lane. */
export async function waitedLane(
  store: LedgerStore,
  { tenantUuid, replicationSequence, run }: RunReference,
  name: string,
): Promise<{ readonly lane: Lane; readonly record: LaneRecord } | undefined> {
  const keys = [planKey(tenantUuid, replicationSequence, run), laneKey(name)];
  const [planItem, laneItem] = await snapshotsOf(store, keys);
  const plan = contentOf(PlanRecordSchema, planItem)?.plan;
  const lane = plan === undefined ? undefined : lanesOf(plan).find((one) => one.name === name);
  return lane === undefined ? undefined : { lane, record: laneOf(laneItem) };
}

/** The queue as one entry into a waiting state sees it. */
export function ledgerLaneQueue(deps: LaneDeps, joiner: Omit<Joiner, 'wanted'>): LaneQueue {
  return {
    pass: async () => {
      await deps.tokens.succeed(joiner.token, { waitSeconds: 0 });
    },
    join: async (lane, isOver, wanted) => {
      await expireTurns(deps, lane, isOver);
      return joinLane(deps, lane, { ...joiner, wanted });
    },
  };
}

/** Those who wait, as a run sees them that can have something done for them along. */
export const ledgerCompanions = (deps: LaneDeps): Companions => ({
  waitingIn: (lane, most) => companionsIn(deps, lane, most),
  repositoryOf: (tenantUuid) => ledgerTenantRepository(deps.ledger, tenantUuid),
  letIn: (lane, tenantUuids) => letInAlong(deps, lane, tenantUuids),
});

async function companionsIn({ ledger }: LaneDeps, { name }: Lane, most: number): Promise<readonly Companion[]> {
  const items = await ledger.readPartition({ partition: lanePartition(name), prefix: WAITERS, limit: most });
  const companions: Companion[] = [];
  for (const { tenantUuid, run, grantedAt, wanted } of items.map(waiterIn)) {
    if (grantedAt !== null || wanted == null) continue;
    const tenant = await readTenant(ledger, tenantUuid);
    if (tenant !== undefined && isSameRun(tenant.activeRun, run)) companions.push({ tenant, wanted });
  }
  return companions;
}

const waiterIn = (item: StoredItem): WaiterRecord => contentOfStored(WaiterRecordSchema, item);

/** The turns of one tenant. */
export function ledgerLaneTurns(deps: LaneDeps, tenantUuid: string): LaneTurns {
  return {
    free: (lane) => freeTurn(deps, lane, tenantUuid),
    isAwaited: ({ name }) => isAwaited(deps.ledger, name),
    setLimit: (lane, unlimited) => setLimit(deps, lane, unlimited),
  };
}

/** The tenant's slot in the lane is free. A second call finds nothing to be given back. */
export async function releaseTurn(ledger: LedgerStore, lane: Lane, tenantUuid: string): Promise<void> {
  await decide(ledger, [tenantKey(tenantUuid), laneKey(lane.name)], (tenantItem, laneItem) => {
    const tenant = tenantOf(tenantItem);
    if (tenant?.turns[lane.name] === undefined) return { writes: [], result: undefined };
    return {
      writes: [
        replaceTenant(tenantItem, withoutTurn(tenant, lane.name)),
        replace(laneItem, withoutSlotOf(laneOf(laneItem), tenantUuid)),
      ],
      result: undefined,
    };
  });
}

/**
 * The tenant's operation is over, well or badly, or was never begun: its slot is free, and the next run gets in. A
 * second call frees nothing, and lets in the runs that the first one was killed before.
 *
 * @public
 */
export async function freeTurn(deps: LaneDeps, lane: Lane, tenantUuid: string): Promise<void> {
  await releaseTurn(deps.ledger, lane, tenantUuid);
  await grantTurns(deps, lane);
}

/**
 * Writes down that a lane has a limit or none, if that is news. Where the limit is gone, the next run gets in.
 *
 * @public
 */
export async function setLimit(deps: LaneDeps, lane: Lane, unlimited: boolean): Promise<void> {
  const isNews = await decide(deps.ledger, [laneKey(lane.name)], (item) => {
    const record = laneOf(item);
    if (record.unlimited === unlimited) return { writes: [], result: false };
    return { writes: [replace(item, { ...record, unlimited })], result: true };
  });
  if (isNews && unlimited) await grantTurns(deps, lane);
}
