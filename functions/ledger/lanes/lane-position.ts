import { type TenantRecord, WaiterRecordSchema } from '../../domain/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
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
  const items = await store.readPartition({ partition: lanePartition(name), prefix: WAITERS, limit: MOST_WAITERS });
  const waiting = items.filter(({ data }) => WaiterRecordSchema.parse(data).grantedAt === null);
  const index = waiting.findIndex(({ key }) => key.sort === place);
  return index === -1 ? null : { name, position: index + 1, since };
}
