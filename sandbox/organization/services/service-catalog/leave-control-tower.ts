import { ServiceError } from '../../service-error';
import type { Account, OrganizationState } from '../../organization-state';
import { EXECUTION_ROLE } from '../control-tower/governance';
import type { CallContext } from '../operation';

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

/** Once, after an enrollment that has been taken back: what it left half done is still being cleared away. */
export function refuseAfterFailedEnrollment({ state, principal }: CallContext, roleName: string): void {
  if (roleName === EXECUTION_ROLE && state.controlTower.refusesRoleIn.delete(principal.accountId)) {
    // @evidence assumed controltower/userguide/troubleshooting: IAM itself refuses it, once, by AccessDenied, as an SCP
    //   would (decided by: one failed enrollment on AWS)
    throw new ServiceError(
      'AccessDenied',
      `User: ${principal.arn} is not authorized to perform: iam:CreateRole on resource: ${roleName} ` +
        'with an explicit deny in a service control policy',
      { status: 403 },
    );
  }
}
