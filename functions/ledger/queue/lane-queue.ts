import type { LaneQueue, LaneTurns } from '../../ports/lane-queue';
import { freeTurn } from './give-back';
import { type Joiner, joinLane } from './join-lane';
import type { LaneEdges } from './lane-items';
import { isAwaited } from './lane-position';
import { reclaimTurns } from './reclaim-turns';
import { setLimit } from './set-limit';

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
