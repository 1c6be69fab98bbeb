import type { Lane } from '../../domain/lanes';
import type { LedgerStore } from '../../ports/ledger-store';
import { decide, replace } from '../decide';
import { laneKey, tenantKey } from '../keys';
import { replaceTenant, tenantOf } from '../tenant-items';
import { laneOf, withoutSlotOf, withoutTurn } from './lane-items';

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
