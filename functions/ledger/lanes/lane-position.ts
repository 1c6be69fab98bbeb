import { type LaneRecord, type LineRecord, WaiterRecordSchema } from '../../domain/lane-records';
import type { TenantRecord } from '../../domain/ledger-records';
import { aheadOf } from '../../domain/waiting-line';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOfStored } from '../decide';
import { LANE_AND_LINE, laneKey, lanePartition, lineKey, placeInLine, WAITERS } from '../keys';
import { laneOf, lineOf } from './lane-items';

/** Where a tenant stands in a lane. */
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

/** Who is in a lane, and how many wait for it. */
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
export async function isAwaited(store: LedgerStore, lane: string): Promise<boolean> {
  const items = await store.readPartition({ partition: lanePartition(lane), prefix: WAITERS, limit: MOST_LET_IN });
  return items.some((item) => contentOfStored(WaiterRecordSchema, item).grantedAt === null);
}
