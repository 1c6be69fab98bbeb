import type { Lane } from '../../domain/queue/lanes';
import type { LedgerStore } from '../../ports/ledger-store';
import { decide, replace } from '../base/decide';
import { laneKey, tenantKey } from '../base/keys';
import { replaceTenant, tenantOf } from '../tenants/tenant-items';
import { type LaneEdges, laneOf, withoutSlotOf, withoutTurn } from './lane-items';
import { grantTurns } from './grant-turns';

/** The tenant's slot in the lane is free. A second call finds nothing to be given back. */
export async function giveBack(ledger: LedgerStore, lane: Lane, tenantUuid: string): Promise<void> {
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
 */
export async function freeTurn(edges: LaneEdges, lane: Lane, tenantUuid: string): Promise<void> {
  await giveBack(edges.ledger, lane, tenantUuid);
  await grantTurns(edges, lane);
}
