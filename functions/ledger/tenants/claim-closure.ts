import { NOTHING_CLOSED, oneLess, oneMore } from '../../domain/queue/closing-share';
import { TransientError } from '../../domain/base/errors';
import type { ClosingShare, LaneRecord } from '../../domain/queue/lane-records';
import { ACCOUNT_CLOSING } from '../../domain/queue/lanes';
import type { Closure } from '../../domain/records/account-records';
import type { TenantRecord } from '../../domain/records/ledger-records';
import type { LedgerStore } from '../../ports/ledger-store';
import type { ClosureChange, ClosureClaim, ClosureRepository } from '../../ports/repositories';
import { decide, replace, type Snapshot, snapshotsOf } from '../base/decide';
import { laneKey, tenantKey } from '../base/keys';
import { laneOf } from '../queue/lane-items';
import { replaceTenant } from './tenant-items';
import { requireUnchanged, updateTenant, withPermitNeeded, withPermitUsed } from './tenant-repository';

const LANE = ACCOUNT_CLOSING.name;

/** The repository of one tenant whose account is closed. */
export function ledgerClosureRepository(store: LedgerStore, tenantUuid: string): ClosureRepository {
  return {
    update: (field, change) => updateTenant(store, tenantUuid, field, change),
    claimClosure: (change) => claimClosure(store, tenantUuid, change),
    releaseClosure: (change) => releaseClosure(store, tenantUuid, change),
    recordClosingAllowance: (closings, countedAt) => recordClosingAllowance(store, { closings, countedAt }),
  };
}

/** A request whose answer was lost counts already, so it takes no second one of the share. */
function claimClosure(store: LedgerStore, tenantUuid: string, { before, after }: ClosureChange): Promise<ClosureClaim> {
  return decide<ClosureClaim>(store, keysOf(tenantUuid), (tenantItem, laneItem) => {
    const tenant = requireDeletion(tenantUuid, tenantItem, before);
    const permit = { lane: LANE, onceAt: after.askedAt };
    const claimed = withPermitUsed(tenant, permit);
    if (claimed === undefined) {
      return { writes: [replaceTenant(tenantItem, withPermitNeeded(tenant, permit))], result: 'no-turn' };
    }
    const lane = laneOf(laneItem);
    const share = shareOf(lane);
    const closingShare = before?.phase === 'asked' ? share : oneMore(share, new Date(after.askedAt));
    if ('freeAt' in closingShare) return { writes: [], result: closingShare };
    return {
      writes: [replaceTenant(tenantItem, { ...claimed, closure: after }), replace(laneItem, { ...lane, closingShare })],
      result: 'recorded',
    };
  });
}

function releaseClosure(store: LedgerStore, tenantUuid: string, { before, after }: ClosureChange): Promise<void> {
  return decide(store, keysOf(tenantUuid), (tenantItem, laneItem) => {
    const tenant = requireDeletion(tenantUuid, tenantItem, after);
    const lane = laneOf(laneItem);
    const closingShare = oneLess(shareOf(lane), new Date(after.askedAt));
    return {
      writes: [
        replaceTenant(tenantItem, { ...tenant, closure: before }),
        ...(before?.phase === 'asked' ? [] : [replace(laneItem, { ...lane, closingShare })]),
      ],
      result: undefined,
    };
  });
}

function recordClosingAllowance(
  store: LedgerStore,
  { closings, countedAt }: { readonly closings: number; readonly countedAt: Date },
): Promise<void> {
  return decide(store, [laneKey(LANE)], (laneItem) => {
    const lane = laneOf(laneItem);
    const allowance = { closings, countedAt: countedAt.toISOString() };
    return {
      writes: [replace(laneItem, { ...lane, closingShare: { ...shareOf(lane), allowance } })],
      result: undefined,
    };
  });
}

/** What all tenants together have spent of the closures that AWS allows in thirty days. */
export async function readClosingShare(store: LedgerStore): Promise<ClosingShare> {
  const [item] = await snapshotsOf(store, [laneKey(LANE)]);
  return shareOf(laneOf(item));
}

const keysOf = (tenantUuid: string) => [tenantKey(tenantUuid), laneKey(LANE)];

const shareOf = ({ closingShare = NOTHING_CLOSED }: LaneRecord): ClosingShare => closingShare;

function requireDeletion(tenantUuid: string, item: Snapshot, before: Closure | null): TenantRecord {
  const tenant = requireUnchanged(tenantUuid, item, 'closure', before);
  if (tenant.deletion === null) throw new TransientError(`The deletion of tenant ${tenantUuid} was taken back.`);
  return tenant;
}
