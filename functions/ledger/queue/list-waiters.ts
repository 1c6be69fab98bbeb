import { WaiterRecordSchema, type WaiterRecord } from '../../domain/queue/lane-records';
import { aheadOf } from '../../domain/queue/waiting-line';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOfStored } from '../base/decide';
import { lanePartition, placeInLine, WAITERS } from '../base/keys';
import { readLane } from './lane-queue';

/** One that waits in a lane. */
export interface Waiter {
  readonly record: WaiterRecord;
  /** 1 is next; null: it was let in just now. */
  readonly position: number | null;
  /** For the next page. */
  readonly place: string;
}

/**
 * Those who wait in a lane, the first one first.
 *
 * @param after only those behind this place
 */
export async function listWaiters(
  store: LedgerStore,
  lane: string,
  { limit, after }: { readonly limit: number; readonly after: string | null },
): Promise<readonly Waiter[]> {
  const { line } = await readLane(store, lane);
  const query = { partition: lanePartition(lane), prefix: WAITERS, limit };
  const items = await store.readPartition({ ...query, ...(after === null ? {} : { after: `${WAITERS}${after}` }) });
  return items.map((item) => {
    const record = contentOfStored(WaiterRecordSchema, item);
    const position = record.grantedAt === null ? aheadOf(line, placeInLine(item.key.sort)) + 1 : null;
    return { record, position, place: item.key.sort.slice(WAITERS.length) };
  });
}
