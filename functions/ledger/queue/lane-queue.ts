import type { LaneQueue, LaneTurns } from '../../ports/lane-queue';
import { type LaneRecord, type LineRecord, WaiterRecordSchema } from '../../domain/queue/lane-records';
import { PlanRecordSchema, type TenantRecord } from '../../domain/records/ledger-records';
import { aheadOf } from '../../domain/queue/waiting-line';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, contentOfStored, snapshotsOf } from '../base/decide';
import { LANE_AND_LINE, WAITERS, laneKey, lanePartition, lineKey, placeInLine, planKey } from '../base/keys';
import { type Lane, lanesOf } from '../../domain/queue/lanes';
import type { RunReference } from '../tenants/tenant-items';
import { freeTurn } from './give-back';
import { type Joiner, joinLane } from './join-lane';
import { type LaneEdges, laneOf, lineOf } from './lane-items';
import { reclaimTurns } from './reclaim-turns';
import { setLimit } from './set-limit';

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
const MOST_LET_IN = 16;

/** Whether somebody waits in a lane and was not let in yet. */
async function isAwaited(store: LedgerStore, lane: string): Promise<boolean> {
  const items = await store.readPartition({ partition: lanePartition(lane), prefix: WAITERS, limit: MOST_LET_IN });
  return items.some((item) => contentOfStored(WaiterRecordSchema, item).grantedAt === null);
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
export function ledgerLaneQueue(edges: LaneEdges, joiner: Joiner): LaneQueue {
  return {
    pass: async () => {
      await edges.tokens.succeed(joiner.token, { waitSeconds: 0 });
    },
    join: async (lane, isOver) => {
      await reclaimTurns(edges, lane, isOver);
      return joinLane(edges, lane, joiner);
    },
  };
}

/** The turns of one tenant. */
export function ledgerLaneTurns(edges: LaneEdges, tenantUuid: string): LaneTurns {
  return {
    free: (lane) => freeTurn(edges, lane, tenantUuid),
    isAwaited: ({ name }) => isAwaited(edges.ledger, name),
    setLimit: (lane, unlimited) => setLimit(edges, lane, unlimited),
  };
}
