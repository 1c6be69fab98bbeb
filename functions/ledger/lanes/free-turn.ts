import type { Lane } from '../../domain/lanes';
import { giveBack } from './give-back';
import { grantTurns } from './grant-turns';
import type { LaneEdges } from './lane-items';

/**
 * The tenant's operation is over, well or badly, or was never begun: its slot is free, and whoever waits comes in. A second call frees nothing, and
 * lets in whoever the first one was killed before.
 */
export async function freeTurn(edges: LaneEdges, lane: Lane, tenantUuid: string): Promise<void> {
  await giveBack(edges.ledger, lane, tenantUuid);
  await grantTurns(edges, lane);
}
