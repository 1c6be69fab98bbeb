import { type WaiterRecord, WaiterRecordSchema } from '../../domain/queue/lane-records';
import type { Lane } from '../../domain/queue/lanes';
import type { ItemKey, StoredItem } from '../../ports/ledger-store';
import { contentOfStored, snapshotsOf } from '../base/decide';
import { laneKey, lanePartition, WAITERS } from '../base/keys';
import { freeSlot, type LaneEdges, laneOf } from './lane-items';

/** Somebody who waits, and where. */
export interface Standing {
  readonly key: ItemKey;
  readonly waiter: WaiterRecord & { readonly token: string };
}

/** If a turn was granted and not announced for so long, the function that granted it was killed in between. */
const TELL_AGAIN_AFTER_SECONDS = 10;

/** The first who can be reached. A look at the lane comes first: where it is full, there is nothing to be granted. */
export async function nextWaiter({ ledger, now }: LaneEdges, lane: Lane): Promise<Standing | undefined> {
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
