import { drawDuration } from '../../draw';
import type { Account, OrganizationState } from '../../organization-state';
import { hasBaseline } from './governance';

/**
 * What Control Tower does by itself about a move, where automatic enrollment is on: "Move and enroll accounts with auto-enrollment" of the AWS Control
 * Tower User Guide. Into a registered unit: the account gets its baseline. Out of one: it loses it. Of two that come into a unit at once the
 * second fails: one move for each unit at a time, say the "Limitations and quotas" there.
 *
 * @evidence documented controltower/userguide/governance-drift: without automatic enrollment a moved account keeps what it had, as drift
 */
export function followMove(state: OrganizationState, account: Account, now: number): void {
  if (state.seed.controlTower?.enrollsByItself !== true) return;
  const unit = state.units.get(account.parentId);
  if (unit === undefined || !hasBaseline(unit)) {
    state.inheritedBaselines.delete(account.id);
    return;
  }
  const isBusy = [...state.inheritedBaselines.values()].some(
    ({ unitId, status }) => unitId === unit.id && status === 'UNDER_CHANGE',
  );
  const baseline = { unitId: unit.id, status: 'UNDER_CHANGE' as const };
  state.inheritedBaselines.set(account.id, baseline);
  const problem = isBusy || state.faults?.autoEnrollment?.(account.id) === true;
  state.agenda.plan(now + drawDuration(state.random, state.latencies.enrollmentUpdate, state.latencies.scale), () => {
    if (state.inheritedBaselines.get(account.id) !== baseline) return;
    state.inheritedBaselines.set(account.id, { ...baseline, status: problem ? 'FAILED' : 'SUCCEEDED' });
  });
}
