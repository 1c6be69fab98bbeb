import { drawEnd } from '../../draw';
import type { Account, InheritedBaseline, OrganizationState } from '../../organization-state';
import { EXECUTION_ROLE, hasBaseline } from './governance';
import { configObstacle } from './config-obstacle';
import { inheritances } from './enabled-baselines';

/**
 * What Control Tower does by itself about a move, where automatic enrollment is on: "Move and enroll accounts with
 * auto-enrollment" of the AWS Control Tower User Guide. Into a registered unit: the account gets its baseline. Out of
 * one: it loses it. Of two that come into a unit at once the second fails: one move for each unit at a time, say the
 * "Limitations and quotas" there.
 *
 * @evidence documented controltower/userguide/limits: with auto-enrollment one move at a time into a unit; other
 *   operations on its accounts conflict until that is finished
 * @evidence documented controltower/userguide/limits: in general one operation at a time is permitted; that an account
 *   which comes back while it is being let go fails is our reading of it
 * @evidence documented controltower/userguide/governance-drift: without automatic enrollment controls of its former OU
 *   may remain on a moved account, in drift
 */
export function followMove(state: OrganizationState, account: Account, now: number): void {
  if (!state.controlTower.setup.enrollsByItself) return;
  const unit = state.units.get(account.parentId);
  if (unit === undefined || !hasBaseline(unit)) {
    letGo(state, account, now);
    return;
  }
  const isBusy = inheritances(state).some(
    ([{ parentId }, { status }]) => parentId === unit.id && status === 'UNDER_CHANGE',
  );
  const before = state.inheritedBaselines.get(account.id);
  const baseline = { unitId: unit.id, status: 'UNDER_CHANGE' as const };
  state.inheritedBaselines.set(account.id, baseline);
  const problem = isBusy || isHindered(state, account, before) || (state.faults?.autoEnrollment?.(account.id) ?? false);
  state.agenda.plan(drawEnd(state, now, state.latencies.enrollmentUpdate), () => {
    if (state.inheritedBaselines.get(account.id) !== baseline) return;
    state.inheritedBaselines.set(account.id, { ...baseline, status: problem ? 'FAILED' : 'SUCCEEDED' });
  });
}

/**
 * What leaves its units is let go, some time after the move; nothing else is asked of it. The account stays where it
 * was moved to.
 *
 * @evidence documented controltower/userguide/account-auto-enrollment: a move to the root or to an unregistered unit
 *   removes baseline and controls
 * @evidence documented controltower/userguide/unmanage-account: unenrolled by a move or otherwise, it loses
 *   AWSControlTowerExecution, no matter who made it
 * @evidence documented controltower/userguide/account-auto-enrollment: provisioned products are not terminated
 * @evidence documented controltower/userguide/account-auto-enrollment: what is moved into a registered unit is enrolled
 *   within minutes, up to several hours
 */
function letGo(state: OrganizationState, account: Account, now: number): void {
  const { inheritedBaselines } = state;
  const before = inheritedBaselines.get(account.id);
  if (before === undefined) return;
  const leaving = { unitId: before.unitId, status: 'UNDER_CHANGE' as const };
  inheritedBaselines.set(account.id, leaving);
  state.agenda.plan(drawEnd(state, now, state.latencies.enrollmentTermination), () => {
    if (inheritedBaselines.get(account.id) !== leaving) return;
    inheritedBaselines.delete(account.id);
    account.roles.delete(EXECUTION_ROLE);
  });
}

/** Between units it stays enrolled, with what Control Tower has put there. */
const isHindered = (state: OrganizationState, account: Account, before: InheritedBaseline | undefined): boolean =>
  before?.status !== 'SUCCEEDED' && configObstacle(state, account) !== null;
