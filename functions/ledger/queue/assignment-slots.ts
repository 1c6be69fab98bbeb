import { RejectedError, TransientError } from '../../domain/base/errors';
import { ACCOUNT_ASSIGNMENTS } from '../../domain/queue/lanes';
import type { AssignmentRecord } from '../../domain/records/account-records';
import type { TenantRecord, Turn } from '../../domain/records/ledger-records';
import type { AccountAssignments, StartedAssignment } from '../../ports/identity-center';
import { decide, replace } from '../base/decide';
import { laneKey, tenantKey } from '../base/keys';
import { isSameRun, replaceTenant, type RunReference, tenantOf } from '../tenants/tenant-items';
import { releaseTurn } from './lane-queue';
import { freeSlot, type LaneDeps, laneOf } from './lane-items';
import { expireTurns } from './expire-turns';

/** A run of a tenant. */
export interface SlotHolder extends RunReference {
  /** Requests that may be looked at, when a place was held for long. */
  readonly mayDescribe: readonly AssignmentRecord['kind'][];
}

type SlotDeps = Pick<LaneDeps, 'ledger' | 'now'>;

/**
 * Requests of one tenant among those of all: a request is begun only with a place, and keeps it until it was seen to be
 * over. Nobody stands in line here: a step that finds none says `busy`, and comes back. A place belongs to the tenant,
 * and is written down before AWS is asked: killed after that, the next pass finds it and asks with it.
 */
export function withinPlaces(deps: SlotDeps, holder: SlotHolder, assignments: AccountAssignments): AccountAssignments {
  const free = (): Promise<void> => releaseTurn(deps.ledger, ACCOUNT_ASSIGNMENTS, holder.tenantUuid);
  const start = async (ask: () => Promise<StartedAssignment>): Promise<StartedAssignment> => {
    const place = await placeFor(deps, holder, assignments);
    if (place === 'none') return 'busy';
    try {
      const started = await ask();
      // A place from before is that of a request whose answer was lost: it may be what AWS is busy with.
      if ((started === 'busy' || 'absent' in started) && place === 'taken') await free();
      return started;
    } catch (error) {
      if (place === 'taken' && hasBegunNothing(error)) await free();
      throw error;
    }
  };
  return {
    listOfGroup: (accountId, groupId) => assignments.listOfGroup(accountId, groupId),
    accountsOfGroup: (groupId) => assignments.accountsOfGroup(groupId),
    ofFactoryUser: (accountId, user) => assignments.ofFactoryUser(accountId, user),
    create: (assignment) => start(() => assignments.create(assignment)),
    delete: (assignment) => start(() => assignments.delete(assignment)),
    describe: async (kind, requestId) => {
      const progress = await assignments.describe(kind, requestId);
      if (progress.state !== 'IN_PROGRESS') await free();
      return progress;
    },
  };
}

const hasBegunNothing = (error: unknown): boolean =>
  error instanceof RejectedError || (error instanceof TransientError && error.nothingDone);

async function placeFor(
  deps: SlotDeps,
  holder: SlotHolder,
  assignments: AccountAssignments,
): Promise<'taken' | 'kept' | 'none'> {
  const place = await take(deps, holder);
  if (place !== 'none') return place;
  await expireTurns(deps, ACCOUNT_ASSIGNMENTS, (of) => isOver(holder, assignments, of));
  return take(deps, holder);
}

/** A request whose answer was lost is over by now: the lease is much longer than any takes. */
async function isOver(
  { mayDescribe }: SlotHolder,
  assignments: AccountAssignments,
  { assignment }: TenantRecord,
): Promise<boolean> {
  if (assignment?.requestId == null) return true;
  if (!mayDescribe.includes(assignment.kind)) return false;
  return (await assignments.describe(assignment.kind, assignment.requestId)).state !== 'IN_PROGRESS';
}

function take(
  { ledger, now }: SlotDeps,
  { tenantUuid, replicationSequence, run: tries }: SlotHolder,
): Promise<'taken' | 'kept' | 'none'> {
  const { name, leaseSeconds } = ACCOUNT_ASSIGNMENTS;
  const run = { replicationSequence, run: tries };
  return decide<'taken' | 'kept' | 'none'>(ledger, [tenantKey(tenantUuid), laneKey(name)], (tenantItem, laneItem) => {
    const tenant = tenantOf(tenantItem);
    const lane = laneOf(laneItem);
    // A function that was slow while its run has ended: nobody would give the place back.
    if (tenant === undefined || !isSameRun(tenant.activeRun, run)) return { writes: [], result: 'none' };
    if (tenant.turns[name] !== undefined) return { writes: [], result: 'kept' };
    const slot = freeSlot(ACCOUNT_ASSIGNMENTS, lane);
    if (slot === undefined) return { writes: [], result: 'none' };
    const since = now().toISOString();
    const lookAt = new Date(now().getTime() + leaseSeconds * 1000).toISOString();
    const turn: Turn = { grantedAt: since, notBefore: since, used: true, slot };
    return {
      writes: [
        replace(laneItem, { ...lane, slots: [...lane.slots, { slot, tenantUuid, run, since, lookAt }] }),
        replaceTenant(tenantItem, { ...tenant, turns: { ...tenant.turns, [name]: turn } }),
      ],
      result: 'taken',
    };
  });
}
