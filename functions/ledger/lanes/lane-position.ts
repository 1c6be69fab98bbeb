import { WaiterRecordSchema } from '../../domain/lane-records';
import type { TenantRecord } from '../../domain/ledger-records';
import type { LedgerStore, StoredItem } from '../../ports/ledger-store';
import { contentOfStored } from '../decide';
import { lanePartition, WAITERS } from '../keys';

/** Where a tenant stands in a lane. */
export interface LanePosition {
  readonly name: string;
  /** 1 is next. */
  readonly position: number;
  readonly since: string;
}

/** Longer queues are counted no further. */
const MOST_WAITERS = 10_000;

/** Null when the tenant does not wait, or was let in just now. */
export async function lanePosition(store: LedgerStore, { queuedIn }: TenantRecord): Promise<LanePosition | null> {
  if (queuedIn === null) return null;
  const { lane: name, since, place } = queuedIn;
  const waiting = await waitersIn(store, name);
  const index = waiting.findIndex(({ key }) => key.sort === place);
  return index === -1 ? null : { name, position: index + 1, since };
}

/** Those who are let in right now are first in the line, and few. */
const MOST_LET_IN = 16;

/** Whether somebody waits in a lane and was not let in yet. */
export async function isAwaited(store: LedgerStore, lane: string): Promise<boolean> {
  const items = await store.readPartition({ partition: lanePartition(lane), prefix: WAITERS, limit: MOST_LET_IN });
  return items.some((item) => contentOfStored(WaiterRecordSchema, item).grantedAt === null);
}

/** Whoever waits in a lane and was not let in yet, first come first. */
export async function waitersIn(store: LedgerStore, lane: string): Promise<readonly StoredItem[]> {
  const items = await store.readPartition({ partition: lanePartition(lane), prefix: WAITERS, limit: MOST_WAITERS });
  return items.filter((item) => contentOfStored(WaiterRecordSchema, item).grantedAt === null);
}
