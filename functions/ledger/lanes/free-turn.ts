import type { Lane } from '../../domain/lanes';
import { decide, replace } from '../decide';
import { laneKey, tenantKey } from '../keys';
import { replaceTenant, tenantOf } from '../tenant-items';
import { grantTurns } from './grant-turns';
import { type LaneEdges, laneOf, withoutSlotOf, withoutTurn } from './lane-items';

/**
 * The tenant's operation is over, well or badly, or was never begun: its slot is free, and whoever waits comes in. A second call frees nothing, and
 * lets in whoever the first one was killed before.
 */
export async function freeTurn(edges: LaneEdges, lane: Lane, tenantUuid: string): Promise<void> {
  await decide(edges.ledger, [tenantKey(tenantUuid), laneKey(lane.name)], (tenantItem, laneItem) => {
    const tenant = tenantOf(tenantItem);
    if (tenant?.turns[lane.name] === undefined) {
      return { writes: [], result: undefined };
    }
    return {
      writes: [
        replaceTenant(tenantItem, withoutTurn(tenant, lane.name)),
        replace(laneItem, withoutSlotOf(laneOf(laneItem), tenantUuid)),
      ],
      result: undefined,
    };
  });
  await grantTurns(edges, lane);
}
