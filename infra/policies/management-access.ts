import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

import { identityCenterOf } from '../../functions/domain/configuration/configured-identity-center';
import type { PlatformConfiguration } from '../../functions/domain/configuration/platform-configuration';

const OWN_ACCOUNT = `arn:${Aws.PARTITION}:sso:::account/${Aws.ACCOUNT_ID}`;
const IN_IAM = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}`;

/** What IAM Identity Center reads in IAM: the roles of permission sets, also by their name alone, and its provider. */
export const MANAGEMENT_ACCESS_ARNS = [
  `${IN_IAM}:role/aws-reserved/sso.amazonaws.com/*`,
  `${IN_IAM}:role/AWSReservedSSO_*`,
  `${IN_IAM}:saml-provider/AWSSSO_*_DO_NOT_DELETE`,
];

/**
 * What gives people access to the management account, of the permission sets that are listed, and takes it away again.
 * IAM Identity Center does nothing in IAM there by its own rights: it looks, and makes the role of a permission set,
 * with those of its caller. Looking is all that is allowed here. By the right to write roles or the provider, anybody
 * could be let in as anything; so an administrator of the organization assigns each permission set there once, which
 * makes its role.
 *
 * @evidence documented singlesignon/latest/userguide/using-service-linked-roles: in the management account all that
 *   IAM Identity Center does in IAM happens with the credentials of its caller
 * @evidence documented singlesignon/latest/userguide/iam-auth-access-using-id-policies: which actions of IAM those are,
 *   needed for assignments in the management account alone
 * @evidence reported "github meshcloud/terraform-aws-meshplatform, support_root_account_via_aws_sso": reading roles and
 *   provider was enough there at first
 * @evidence reported "github fivexl/terraform-aws-sso-elevator#21": iam:GetRole is judged on the role's name without
 *   its path
 */
export function managementAccess(platform: PlatformConfiguration): readonly PolicyStatement[] {
  const { managementAccountAccess: access } = platform;
  const center = identityCenterOf(platform)?.block.arn;
  if (access === undefined || center === undefined) return [];
  return [
    allow('ManagementAccountAssignments', ASSIGNING, [center, ...access.permissionSetArns, OWN_ACCOUNT]),
    allow('ManagementAccountAssignmentReads', READING, [center]),
    allow('ManagementAccountRoles', LOOKING, MANAGEMENT_ACCESS_ARNS),
    // AWS lists them on nothing smaller than *.
    allow('ManagementAccountLists', ['iam:ListRoles', 'iam:ListPolicies'], ['*']),
  ];
}

/**
 * No other class assigns anything there. Identity Center would also refuse it, since it needs its caller's rights in
 * IAM; the organization's administrators should not have to rely on that. A delegated administrator cannot, and then
 * the class has no right to assign anything here.
 */
export function notInTheManagementAccount(platform: PlatformConfiguration): readonly PolicyStatement[] {
  const isDelegated = platform.identityCenterRole !== undefined && platform.managementAccountAccess === undefined;
  if (isDelegated || identityCenterOf(platform) === undefined) return [];
  return [
    new PolicyStatement({
      sid: 'NotInTheManagementAccount',
      effect: Effect.DENY,
      actions: [...ASSIGNING],
      resources: [OWN_ACCOUNT],
    }),
  ];
}

const ASSIGNING = ['sso:CreateAccountAssignment', 'sso:DeleteAccountAssignment'];

const READING = [
  'sso:ListAccountAssignmentsForPrincipal',
  'sso:DescribeAccountAssignmentCreationStatus',
  'sso:DescribeAccountAssignmentDeletionStatus',
];

const LOOKING = ['iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies', 'iam:GetSAMLProvider'];

const allow = (sid: string, actions: readonly string[], resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ sid, actions: [...actions], resources: [...resources] });
