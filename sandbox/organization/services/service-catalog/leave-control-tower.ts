import type { Account, OrganizationState } from '../../organization-state';
import { EXECUTION_ROLE } from '../control-tower/governance';

/**
 * An account that Control Tower has let go.
 *
 * @evidence documented controltower/userguide/unmanage-account: unenrolling from the console moves it to the root;
 *   AWSControlTowerExecution is removed, even if it was added manually
 */
export function leaveControlTower(state: OrganizationState, account: Account): void {
  state.inheritedBaselines.delete(account.id);
  account.parentId = state.seed.rootId;
  account.roles.delete(EXECUTION_ROLE);
}

/**
 * What an enrollment that never succeeded leaves behind once its product is terminated. AWS's page and its users
 * differ, so either is drawn.
 *
 * @evidence documented controltower/userguide/troubleshooting: after the product is terminated, a person has to move
 *   the account out of its OU to the root
 * @evidence reported "github aws-ia/terraform-aws-control_tower_account_factory#217": terminating a tainted product
 *   took it out of its OU
 * @evidence documented controltower/userguide/troubleshooting: making the role after a failed enrollment is likely to
 *   end in an error message, that Control Tower could not create it
 */
export function leaveFailedEnrollment(state: OrganizationState, account: Account): void {
  if (state.random() < 0.5) leaveControlTower(state, account);
  if (state.random() < 0.5) state.controlTower.refusesRoleIn.add(account.id);
}
