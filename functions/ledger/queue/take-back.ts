import { isDeepStrictEqual } from 'node:util';

import type { Lane } from '../../domain/queue/lanes';
import type { LaneRecord } from '../../domain/queue/lane-records';
import { decide, replace } from '../base/decide';
import { laneKey, lineKey, tenantKey } from '../base/keys';
import { replaceTenant, tenantOf } from '../tenants/tenant-items';
import { type LaneEdges, laneOf, waiterOf, waiterWrites, withoutSlotOf, withoutTurn } from './lane-items';
import type { Standing } from './next-waiter';
import type { Grant } from './turn-grant';

/** Nobody waits with this token any more: the turn goes to the next one, and whoever was away keeps its place. */
export async function takeBack(edges: LaneEdges, lane: Lane, { key, waiter }: Standing, granted: Grant): Promise<void> {
  const keys = [laneKey(lane.name), key, tenantKey(waiter.tenantUuid), lineKey(lane.name)];
  await decide(edges.ledger, keys, (laneItem, waiterItem, tenantItem, lineItem) => {
    const tenant = tenantOf(tenantItem);
    const isAway = waiterOf(waiterItem)?.token === waiter.token;
    if (!isAway) return { writes: [], result: undefined };
    const away = waiterWrites(waiterItem, lineItem, { ...waiter, token: null, grantedAt: null });
    const isHeld = granted.turn !== null && isDeepStrictEqual(tenant?.turns[lane.name], granted.turn);
    if (tenant === undefined || !isHeld) return { writes: away, result: undefined };
    return {
      writes: [
        ...away,
        replace(laneItem, withoutGrant(laneOf(laneItem), waiter.tenantUuid, granted)),
        replaceTenant(tenantItem, withoutTurn(tenant, lane.name)),
      ],
      result: undefined,
    };
  });
}

/** What the rate has spent comes back, too, unless somebody has come in since. */
function withoutGrant(lane: LaneRecord, tenantUuid: string, { before, after }: Grant): LaneRecord {
  const isLast = isDeepStrictEqual(lane.rate, after.rate);
  return { ...withoutSlotOf(lane, tenantUuid), rate: isLast ? before.rate : lane.rate };
}
