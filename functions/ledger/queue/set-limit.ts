import type { Lane } from '../../domain/queue/lanes';
import { decide, replace } from '../base/decide';
import { laneKey } from '../base/keys';
import { grantTurns } from './grant-turns';
import { type LaneEdges, laneOf } from './lane-items';

/** Writes down that a lane has a limit or none, if that is news. Where the limit is gone, the next run gets in. */
export async function setLimit(edges: LaneEdges, lane: Lane, unlimited: boolean): Promise<void> {
  const isNews = await decide(edges.ledger, [laneKey(lane.name)], (item) => {
    const record = laneOf(item);
    if (record.unlimited === unlimited) return { writes: [], result: false };
    return { writes: [replace(item, { ...record, unlimited })], result: true };
  });
  if (isNews && unlimited) await grantTurns(edges, lane);
}
