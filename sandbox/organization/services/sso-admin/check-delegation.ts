import { FACTORY_PERMISSION_SET } from '../../../../functions/domain/access/factory-user';
import { ServiceError } from '../../service-error';
import type { CallContext } from '../operation';
import type { AccountAssignment, IdentityCenter } from './identity-center';

/**
 * The management account assigns everything, a delegated administrator account only what the management account does
 * not have. No other account comes here.
 *
 * @evidence documented singlesignon/latest/userguide/delegated-admin-how-to-register: a delegated administrator manages
 *   no permission sets that are provisioned in the management account, and enables or disables no user access there
 * @evidence reported "github fivexl/terraform-aws-sso-elevator#101": a delegated administrator can assign a permission
 *   set that is assigned in the management account in no other account either
 * @evidence documented controltower/userguide/sso-groups: Control Tower gives AWSAdministratorAccess in the management
 *   account
 */
export function checkDelegation(
  { principal, state: { seed } }: CallContext,
  center: IdentityCenter,
  { accountId, permissionSetArn }: AccountAssignment,
): void {
  const { managementAccountId } = seed;
  if (principal.accountId === managementAccountId) return;
  const isKept = accountId === managementAccountId || isProvisionedThere(center, managementAccountId, permissionSetArn);
  if (!isKept) return;
  // @evidence reported "github fivexl/terraform-aws-sso-elevator#101": AccessDeniedException for a delegated
  //   administrator in the management account; that a set that is assigned there has the same error is our reading
  throw new ServiceError('AccessDeniedException', 'You do not have sufficient access to perform this action.');
}

const isProvisionedThere = (center: IdentityCenter, managementAccountId: string, permissionSetArn: string): boolean =>
  center.permissionSets.get(permissionSetArn)?.name === FACTORY_PERMISSION_SET ||
  center.assignments.having('accountId', managementAccountId).some((one) => one.permissionSetArn === permissionSetArn);
