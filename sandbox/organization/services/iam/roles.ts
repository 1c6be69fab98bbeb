import * as z from 'zod';
import { isMalformed } from '../../authorization/policy-simulation';
import type { Role } from '../../organization-state';
import { refuseAfterFailedEnrollment } from '../control-tower/refuse-after-failed-enrollment';
import { operation, type CallContext, type Operation } from '../operation';
import { queryList, queryNumber, refuseQueryInput } from '../query-input';
import { deleteConflict, entityAlreadyExists, limitExceeded, malformedDocument } from './iam-errors';
import { charactersIn, page, path, policyArn, policyDocument, roleName, rolePathPrefix } from './iam-input';
import { pageOf } from './iam-paging';
import { makeRole } from './make-role';
import {
  findModifiableRole,
  findRole,
  ownAccount,
  propagatedAt,
  replaced,
  roleCalledLike,
  roleTarget,
} from './own-account';
import { boundaryTarget, checkBoundary } from './permissions-boundary';
import { urlEncoded } from './url-encoded';
import { arnIn } from '../../arn';

const createRoleInput = z.object({
  RoleName: roleName,
  AssumeRolePolicyDocument: policyDocument,
  Path: path,
  Description: z.string().max(1000).optional(),
  MaxSessionDuration: queryNumber.min(3600).max(43_200).default(3600),
  PermissionsBoundary: policyArn.optional(),
  Tags: queryList(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }), 50).default([]),
});

async function createRole(context: CallContext, input: z.infer<typeof createRoleInput>): Promise<object> {
  await checkTrust(context, input.AssumeRolePolicyDocument);
  if (input.PermissionsBoundary !== undefined) {
    checkBoundary(context, input.PermissionsBoundary);
  }
  const account = ownAccount(context);
  if (roleCalledLike(account, input.RoleName) !== undefined) {
    // @evidence recorded "localstack iam/test_iam test_recreate_iam_role, 2025-03-06": EntityAlreadyExists for a name
    //   that a role of the account has; the test asserts the code alone
    throw entityAlreadyExists(`Role with name ${input.RoleName} already exists.`);
  }
  refuseAfterFailedEnrollment(context, input.RoleName);
  const role = makeRole(context.state, {
    accountId: account.id,
    name: input.RoleName,
    path: input.Path,
    trust: input.AssumeRolePolicyDocument,
    createdAt: context.now,
    effectiveAt: propagatedAt(context),
    maxSessionSeconds: input.MaxSessionDuration,
    tags: input.Tags.map(({ Key, Value }) => [Key, Value]),
    description: input.Description,
    boundary: input.PermissionsBoundary,
  });
  account.roles.set(role.name, role);
  return { Role: { ...briefShape(role), ...boundaryShape(role), ...tagShape(role) } };
}

async function checkTrust({ state }: CallContext, document: string): Promise<void> {
  if (await isMalformed(document, 'trust')) {
    // @evidence recorded "localstack iam/test_iam test_create_role_with_malformed_assume_role_policy_document,
    //   2025-03-06": MalformedPolicyDocument, 400, "This policy contains invalid Json"
    throw malformedDocument('This policy contains invalid Json');
  }
  const limit = state.limits.trustPolicyCharacters;
  if (charactersIn(document) > limit) {
    // @evidence reported "github kubeflow/dashboard#29": LimitExceeded, 409, "Cannot exceed quota for ACLSizePerRole:
    //   2048"; that blanks do not count, as in other policies, is our reading
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${limit}`);
  }
}

function deleteRole(context: CallContext, name: string): object {
  const role = findModifiableRole(context, name);
  if (role.attached.size > 0) {
    // @evidence recorded "localstack iam/test_iam test_attach_detach_role_policy, 2025-03-06": DeleteConflict for a
    //   role with attached managed policies; the test asserts the code alone
    throw deleteConflict('Cannot delete entity, must detach all policies first.');
  }
  if (role.inline.size > 0) {
    // @evidence documented "botocore iam.DeleteRole": DeleteConflict for a role with inline policies
    throw deleteConflict('Cannot delete entity, must delete policies first.');
  }
  ownAccount(context).roles.delete(name);
  return {};
}

/** IAM answers policy documents URL-encoded (RFC 3986), as its API Reference says of `AssumeRolePolicyDocument`. */
function briefShape(role: Role): object {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: urlEncoded(role.trust.document),
    Description: role.description,
  };
}

/**
 * @evidence recorded "localstack iam/test_iam test_create_describe_role, 2025-03-06": GetRole and ListRoles tell
 *   MaxSessionDuration, CreateRole does not
 */
const listedShape = (role: Role): object => ({ ...briefShape(role), MaxSessionDuration: role.maxSessionSeconds });

/**
 * @evidence recorded "localstack iam/test_iam test_list_roles_with_permission_boundary, 2025-03-06": ListRoles leaves
 *   the permissions boundary out
 */
function boundaryShape({ boundary: { arn } }: Role): object {
  const boundary = { PermissionsBoundaryType: 'PermissionsBoundaryPolicy', PermissionsBoundaryArn: arn };
  return arn === null ? {} : { PermissionsBoundary: boundary };
}

function tagShape(role: Role): object {
  return role.tags.size === 0 ? {} : { Tags: [...role.tags].map(([Key, Value]) => ({ Key, Value })) };
}

export const roleOperations: readonly Operation[] = [
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:CreateRole": CreateRole answers Role
    name: 'CreateRole',
    write: true,
    input: createRoleInput,
    targets: ({ state, principal }, input) =>
      boundaryTarget(
        [{ resource: arnIn(state.seed, `iam::${principal.accountId}:role${input.Path}${input.RoleName}`) }],
        input,
      ),
    answer: createRole,
  }),
  operation(refuseQueryInput, {
    // @evidence recorded "localstack iam/test_iam test_role_with_tags, 2025-07-02": GetRole answers Role with its Tags
    //   and RoleLastUsed
    name: 'GetRole',
    write: false,
    input: z.object({ RoleName: roleName }),
    targets: roleTarget,
    answer: (context, input) => {
      const role = findRole(context, input.RoleName);
      return { Role: { ...listedShape(role), ...boundaryShape(role), ...tagShape(role), RoleLastUsed: {} } };
    },
  }),
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:ListRoles": ListRoles answers Roles
    name: 'ListRoles',
    write: false,
    input: z.object({ PathPrefix: rolePathPrefix, ...page }),
    answer: (context, input) => {
      const roles = [...ownAccount(context).roles.values()].filter(({ path }) => path.startsWith(input.PathPrefix));
      const paged = pageOf(roles, input);
      return { Roles: paged.items.map(listedShape), ...paged.rest };
    },
  }),
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:UpdateAssumeRolePolicy": UpdateAssumeRolePolicy answers nothing
    name: 'UpdateAssumeRolePolicy',
    write: true,
    input: z.object({ RoleName: roleName, PolicyDocument: policyDocument }),
    targets: roleTarget,
    answer: async (context, input) => {
      const role = findModifiableRole(context, input.RoleName);
      await checkTrust(context, input.PolicyDocument);
      role.trust = replaced(context, role.trust, input.PolicyDocument);
      return {};
    },
  }),
  operation(refuseQueryInput, {
    // @evidence example "examples of AWS, iam:DeleteRole": DeleteRole answers nothing
    name: 'DeleteRole',
    write: true,
    input: z.object({ RoleName: roleName }),
    targets: roleTarget,
    answer: (context, input) => deleteRole(context, input.RoleName),
  }),
];
