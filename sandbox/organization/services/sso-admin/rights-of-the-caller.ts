import { contentHash } from '../../../../functions/domain/base/json';
import { partitionNamed } from '../../../../functions/domain/places/partitions';
import { accountOf } from '../../account-of';
import { CallAuthorization } from '../../authorization/call-authorization';
import { arnIn } from '../../arn';
import type { Role } from '../../organization-state';
import { refusalIn } from '../../service-error';
import { iam } from '../iam/iam';
import { makeRole } from '../iam/make-role';
import type { CallContext, Target } from '../operation';
import type { AccountAssignment, AssignmentOperation, IdentityCenter } from './identity-center';

const authorization = new CallAuthorization();

/**
 * In the management account IAM Identity Center works in IAM by the rights of its caller, not by its service-linked
 * role. What the caller may not do there fails the operation, later and in these words.
 *
 * @evidence documented singlesignon/latest/userguide/using-service-linked-roles: in the management account the role
 *   that one is signed in with is used, which prevents that anybody gets more rights
 * @evidence documented singlesignon/latest/userguide/referencingpermissionsets: the role goes with the last assignment
 *   of its permission set in an account
 * @evidence reported "github fivexl/terraform-aws-sso-elevator#15": FAILED, with "Received a 403 status error: Access
 *   denied by IAM." and the error of IAM
 * @evidence reported "github meshcloud/terraform-aws-meshplatform, replicator-management-account-access/data.tf":
 *   without the rights to read the roles, their policies and the provider nobody can be assigned in the management
 *   account
 */
export async function refusalByCaller(
  context: CallContext,
  center: IdentityCenter,
  kind: AssignmentOperation['kind'],
  assignment: AccountAssignment,
): Promise<string | null> {
  if (assignment.accountId !== context.state.seed.managementAccountId) return null;
  try {
    for (const [action, resource] of callsIn(context, center, kind, assignment)) {
      await authorization.check(context, iam, action, [{ resource }]);
    }
    return null;
  } catch (error) {
    return `Received a 403 status error: Access denied by IAM. Please check your policy, or wait for role propagation to complete. IAM Error: ${refusalIn(error).message}`;
  }
}

type IamCall = readonly [action: string, resource: Target['resource']];

function callsIn(
  context: CallContext,
  center: IdentityCenter,
  kind: AssignmentOperation['kind'],
  assignment: AccountAssignment,
): readonly IamCall[] {
  const { seed } = context.state;
  const { accountId, permissionSetArn } = assignment;
  const { roles } = accountOf(context.state, accountId);
  const present = roleNameIn(roles, center, permissionSetArn);
  const name = present ?? newRoleName(center, permissionSetArn, context.now);
  const arn = arnIn(seed, `iam::${accountId}:role${pathIn(center)}${name}`);
  const provider = arnIn(seed, `iam::${accountId}:saml-provider/AWSSSO_${suffixOf(center.instanceArn)}_DO_NOT_DELETE`);
  const looks: readonly IamCall[] = [
    ['GetRole', present === undefined ? arnIn(seed, `iam::${accountId}:role/${name}`) : arn],
    ...(present === undefined ? [] : [['ListRolePolicies', arn] as const, ['ListAttachedRolePolicies', arn] as const]),
    ['GetSAMLProvider', provider],
    ...['ListRoles', 'ListPolicies'].map((action) => [action, '*'] as const),
  ];
  const makes = kind === 'creation' && present === undefined ? ['CreateRole', 'AttachRolePolicy', 'PutRolePolicy'] : [];
  const removes = kind === 'deletion' && isLast(center, assignment) ? REMOVING : [];
  return [...looks, ...[...makes, ...removes].map((action) => [action, arn] as const)];
}

const REMOVING = ['DetachRolePolicy', 'DeleteRolePolicy', 'DeleteRole'];

const isLast = ({ assignments }: IdentityCenter, { accountId, permissionSetArn }: AccountAssignment): boolean =>
  assignments.having('accountId', accountId).filter((one) => one.permissionSetArn === permissionSetArn).length === 1;

/** The role of a permission set comes with its first assignment in the management account, and goes with the last. */
export function keepRole(
  { state, now }: Pick<CallContext, 'state' | 'now'>,
  center: IdentityCenter,
  { accountId, permissionSetArn }: AccountAssignment,
): void {
  if (accountId !== state.seed.managementAccountId) return;
  const { roles } = accountOf(state, accountId);
  const present = roleNameIn(roles, center, permissionSetArn);
  const isAssigned = center.assignments
    .having('accountId', accountId)
    .some((one) => one.permissionSetArn === permissionSetArn);
  if (present !== undefined && !isAssigned) roles.delete(present);
  if (present === undefined && isAssigned) {
    const name = newRoleName(center, permissionSetArn, now);
    roles.set(
      name,
      makeRole(state, { accountId, name, path: pathIn(center), trust: '{}', createdAt: now, effectiveAt: now }),
    );
  }
}

/**
 * @evidence documented singlesignon/latest/userguide/referencingpermissionsets: name and path, with the region, but for
 *   us-east-1
 */
const pathIn = ({ region }: IdentityCenter): string =>
  `/aws-reserved/sso.amazonaws.com/${region === partitionNamed('aws')?.globalRegion ? '' : `${region}/`}`;

const roleNameIn = (roles: ReadonlyMap<string, Role>, center: IdentityCenter, permissionSetArn: string) => {
  const prefix = prefixOf(center, permissionSetArn);
  return [...roles.keys()].find((name) => name.startsWith(prefix) && name.length === prefix.length + SUFFIX_LENGTH);
};

/**
 * @evidence documented singlesignon/latest/userguide/referencingpermissionsets: a suffix makes the name unique, and a
 *   role that is made again has another one
 */
const newRoleName = (center: IdentityCenter, permissionSetArn: string, now: number): string =>
  prefixOf(center, permissionSetArn) + contentHash([permissionSetArn, now]).slice(0, SUFFIX_LENGTH);

const prefixOf = ({ permissionSets }: IdentityCenter, permissionSetArn: string): string =>
  `AWSReservedSSO_${permissionSets.get(permissionSetArn)?.name ?? ''}_`;

const SUFFIX_LENGTH = 16;

const suffixOf = (arn: string): string => arn.replace(/^.*-/u, '').padEnd(SUFFIX_LENGTH, '0');
