import type { OrganizationState, Role } from '../../organization-state';
import { effectivePolicies } from '../iam/effective-policies';
import { isEntryAllowed, nameIn, roleIn } from './stack-set-entry';
import type { StackSet } from './stack-set-state';
import { arnIn } from '../../arn';

/**
 * Why the stack set's administration role cannot work in the account: "Grant self-managed permissions" of the
 * CloudFormation User Guide. Null if it can: CloudFormation may assume the administration role, that may assume the
 * execution role, which trusts it, and all of it has propagated.
 */
export function whyNotDeployable(
  state: OrganizationState,
  stackSet: StackSet,
  accountId: string,
  at: number,
): string | null {
  const role = executionRole(state, stackSet, accountId);
  if (role === undefined || !isEntryAllowed(state, stackSet, role, at)) {
    return (
      `Account ${accountId} should have '${stackSet.executionRoleName}' role with trust relationship to Role ` +
      `'${nameIn(stackSet.administrationRoleArn)}'.`
    );
  }
  if (effectivePolicies(state, role, at).length === 0) {
    return (
      `User: ${arnIn(state.seed, `sts::${accountId}:assumed-role/${role.name}/StackSet`)} is not authorized to perform: ` +
      'cloudformation:CreateStack because no identity-based policy allows the cloudformation:CreateStack action'
    );
  }
  return null;
}

export const executionRole = (state: OrganizationState, stackSet: StackSet, accountId: string): Role | undefined =>
  roleIn(state, accountId, stackSet.executionRoleName);
