import type { Account, OrganizationState, Unit } from '../../organization-state';

export const EXECUTION_ROLE = 'AWSControlTowerExecution';

/**
 * Units whose accounts get a baseline.
 *
 * @evidence documented controltower/userguide/types-of-baselines: an OU has AWSControlTowerBaseline or ConfigBaseline,
 *   never both
 */
export const hasBaseline = ({ registered, governedBy }: Unit): boolean => registered || governedBy === 'ConfigBaseline';

/** Whether Control Tower governs the account, or is about to: by a baseline, in whatever way it came by it. */
export const isEnrolled = ({ inheritedBaselines }: OrganizationState, accountId: string): boolean => {
  const status = inheritedBaselines.get(accountId)?.status;
  return status === 'SUCCEEDED' || status === 'UNDER_CHANGE';
};

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
