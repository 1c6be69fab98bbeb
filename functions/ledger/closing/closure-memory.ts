import { isDeepStrictEqual } from 'node:util';

import { NOTHING_CLOSED, oneLess, oneMore, type SpentShare } from '../../domain/queue/closing-share';
import { TransientError } from '../../domain/base/errors';
import { isTimely } from '../../domain/queue/lane-rate';
import { ACCOUNT_CLOSING } from '../../domain/queue/lanes';
import type { Closure, TenantRecord } from '../../domain/records/ledger-records';
import type { ClosureMemory } from '../../ports/closure-memory';
import type { LedgerStore } from '../../ports/ledger-store';
import { decide, type Decision, replace, type Snapshot } from '../base/decide';
import { laneKey, tenantKey } from '../base/keys';
import { laneOf } from '../queue/lane-items';
import { recordProgress } from '../tenants/record-progress';
import { replaceTenant, tenantOf } from '../tenants/tenant-items';

const LANE = ACCOUNT_CLOSING.name;

/** The closure memory of one tenant. */
export function ledgerClosureMemory(store: LedgerStore, tenantUuid: string, now: () => Date): ClosureMemory {
  const keys = [tenantKey(tenantUuid), laneKey(LANE)];
  return {
    recordIntent: (before, intent) =>
      decide<'recorded' | 'no-turn' | SpentShare>(store, keys, (tenantItem, laneItem) =>
        intended(requireUnchanged(tenantUuid, tenantItem, before), intent, tenantItem, laneItem),
      ),
    takeBack: (intent, before) =>
      decide(store, keys, (tenantItem, laneItem) => {
        const tenant = requireUnchanged(tenantUuid, tenantItem, intent);
        const lane = laneOf(laneItem);
        const closingShare = oneLess(lane.closingShare ?? NOTHING_CLOSED, new Date(intent.askedAt));
        return {
          writes: [
            replaceTenant(tenantItem, { ...tenant, closure: before }),
            ...(before?.phase === 'asked' ? [] : [replace(laneItem, { ...lane, closingShare })]),
          ],
          result: undefined,
        };
      }),
    recordClosure: (before, after) => recordProgress(store, tenantUuid, 'closure', { before, after }),
    recordAllowance: (closings) =>
      decide(store, [laneKey(LANE)], (laneItem) => {
        const lane = laneOf(laneItem);
        const allowance = { closings, countedAt: now().toISOString() };
        const closingShare = { ...(lane.closingShare ?? NOTHING_CLOSED), allowance };
        return { writes: [replace(laneItem, { ...lane, closingShare })], result: undefined };
      }),
  };
}

/** One that was asked for before, and whose answer was lost, counts already. */
function intended(
  tenant: TenantRecord,
  intent: Closure,
  tenantItem: Snapshot,
  laneItem: Snapshot,
): Decision<'recorded' | 'no-turn' | SpentShare> {
  const askedAt = new Date(intent.askedAt);
  const lane = laneOf(laneItem);
  const turn = tenant.turns[LANE];
  if (turn === undefined || turn.used || !isTimely(turn, askedAt)) {
    const turnsNeeded = [...new Set([...tenant.turnsNeeded, LANE])];
    return { writes: [replaceTenant(tenantItem, { ...tenant, turnsNeeded })], result: 'no-turn' };
  }
  const share = lane.closingShare ?? NOTHING_CLOSED;
  const closingShare = tenant.closure?.phase === 'asked' ? share : oneMore(share, askedAt);
  if ('freeAt' in closingShare) return { writes: [], result: closingShare };
  const turns = { ...tenant.turns, [LANE]: { ...turn, used: true } };
  return {
    writes: [
      replaceTenant(tenantItem, { ...tenant, turns, closure: intent }),
      replace(laneItem, { ...lane, closingShare }),
    ],
    result: 'recorded',
  };
}

function requireUnchanged(tenantUuid: string, item: Snapshot, before: Closure | null): TenantRecord {
  const tenant = tenantOf(item);
  if (tenant === undefined || tenant.activeRun === null || tenant.deletion === null) {
    throw new TransientError(
      `The deletion of tenant ${tenantUuid} was taken back, or no run of it is active any more.`,
    );
  }
  if (!isDeepStrictEqual(tenant.closure, before)) {
    throw new TransientError(`Another run has gone on with the closure of tenant ${tenantUuid}.`);
  }
  return tenant;
}
