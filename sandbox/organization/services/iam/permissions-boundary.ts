import * as z from 'zod';
import { operation, type CallContext, type Operation, type Target } from '../operation';
import { refuseQueryInput } from '../query-input';
import { noSuchEntity } from './iam-errors';
import { policyArn, roleName } from './iam-input';
import { isPolicyOf } from './managed-policy';
import { findModifiableRole, modificationTarget, propagatedAt, roleTarget } from './own-account';

const put = z.object({ RoleName: roleName, PermissionsBoundary: policyArn });

/**
 * @throws ServiceError where there is no such policy: "PutRolePermissionsBoundary" in the IAM API Reference,
 * NoSuchEntity
 */
export function checkBoundary({ state, principal }: CallContext, arn: string): void {
  if (!isPolicyOf(state, principal.accountId, arn)) {
    // @evidence documented "botocore iam.PutRolePermissionsBoundary": NoSuchEntity for a policy that does not exist
    throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  }
}

/** `iam:PermissionsBoundary` is the boundary that is asked for. */
export function boundaryTarget(
  targets: readonly Target[],
  { PermissionsBoundary }: { readonly PermissionsBoundary?: string | undefined },
): readonly Target[] {
  const conditions = PermissionsBoundary === undefined ? {} : { 'iam:PermissionsBoundary': PermissionsBoundary };
  return targets.map((target) => ({ ...target, conditions }));
}

export const permissionsBoundaryOperations: readonly Operation[] = [
  operation(refuseQueryInput, {
    // @evidence documented "botocore iam.PutRolePermissionsBoundary": PutRolePermissionsBoundary answers nothing
    name: 'PutRolePermissionsBoundary',
    write: true,
    input: put,
    targets: (context, input) => boundaryTarget(roleTarget(context, input), input),
    answer: (context, input) => {
      const role = findModifiableRole(context, input.RoleName);
      checkBoundary(context, input.PermissionsBoundary);
      role.boundary = { arn: input.PermissionsBoundary, previous: null, effectiveAt: context.now };
      return {};
    },
  }),
  operation(refuseQueryInput, {
    // @evidence documented "botocore iam.DeleteRolePermissionsBoundary": DeleteRolePermissionsBoundary answers nothing
    name: 'DeleteRolePermissionsBoundary',
    write: true,
    input: z.object({ RoleName: roleName }),
    targets: modificationTarget,
    answer: (context, input) => {
      const role = findModifiableRole(context, input.RoleName);
      role.boundary = { arn: null, previous: role.boundary.arn, effectiveAt: propagatedAt(context) };
      return {};
    },
  }),
];
