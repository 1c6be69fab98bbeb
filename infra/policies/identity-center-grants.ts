import { Aws } from 'aws-cdk-lib';

import { identityCenterOf } from '../../functions/domain/configuration/configured-identity-center';
import { plannedFactoryUser } from '../../functions/domain/access/factory-user';
import type { PlatformConfiguration } from '../../functions/domain/configuration/platform-configuration';
import type { Grant } from './grant';

/**
 * An assignment names a permission set and an account; both come and go, as the operator maps roles and accounts are
 * made.
 */
export const ASSIGNMENT_ARNS = [`arn:${Aws.PARTITION}:sso:::permissionSet/*/*`, `arn:${Aws.PARTITION}:sso:::account/*`];

/** Groups are known by ids that are drawn when they are made, users by those that their identity provider brings. */
export const DIRECTORY_ARNS = ['user', 'group', 'membership'].map(
  (kind) => `arn:${Aws.PARTITION}:identitystore:::${kind}/*`,
);

/** Groups and assignments, and what the Account Factory's user is not to keep. */
export const identityCenterGrants = (platform: PlatformConfiguration): readonly Grant[] => [
  ...configuredGrants(platform),
  ...factoryUserGrants(platform),
];

/**
 * What the management account keeps for the steps that work on groups, where a delegated administrator account does the
 * rest: the Account Factory gives its user a permission set that the management account has as well.
 */
export const keptInManagement = (platform: PlatformConfiguration): readonly Grant[] =>
  factoryUserGrants({ ...platform, awsIdentityStore: undefined, awsSso: undefined });

/** The rest, in the delegated administrator account. The identity store stays the management account's. */
export const delegatedGrants = (platform: PlatformConfiguration, managementAccountId: string): readonly Grant[] =>
  configuredGrants(platform, managementAccountId);

/** Assignments as in the document, and their removal, if IAM Identity Center is configured. */
function configuredGrants(platform: PlatformConfiguration, owner: string = Aws.ACCOUNT_ID): readonly Grant[] {
  const center = identityCenterOf(platform);
  if (center === undefined) return [];
  return [
    {
      sid: 'OrgManagementAccessSSO',
      actions: [
        'sso:CreateAccountAssignment',
        'sso:DescribeAccountAssignmentCreationStatus',
        // Not in the document, which never takes an assignment away.
        'sso:ListAccountAssignmentsForPrincipal',
        'sso:DeleteAccountAssignment',
        'sso:DescribeAccountAssignmentDeletionStatus',
        // What the Account Factory gives its user is known by the name of its permission set.
        ...(plannedFactoryUser(platform) === undefined ? [] : ['sso:DescribePermissionSet']),
      ],
      resources: [center.block.arn, ...ASSIGNMENT_ARNS],
    },
    ...groups(platform, owner),
    // For preflight. Not in the document.
    { sid: 'PreflightPermissionSets', actions: ['sso:ListPermissionSets'], resources: [center.block.arn] },
  ];
}

/** Groups and members in the identity store. By SCIM they need a token, and no rights. */
const groups = ({ awsIdentityStore }: PlatformConfiguration, owner: string): readonly Grant[] =>
  awsIdentityStore === undefined
    ? []
    : [
        {
          sid: 'IdentityStoreGroups',
          actions: [
            'identitystore:GetUserId',
            'identitystore:GetGroupId',
            'identitystore:DescribeGroup',
            'identitystore:CreateGroup',
            'identitystore:DeleteGroup',
            'identitystore:ListGroupMemberships',
            'identitystore:CreateGroupMembership',
            'identitystore:DeleteGroupMembership',
          ],
          resources: [identityStoreArn(awsIdentityStore.identityStoreId, owner), ...DIRECTORY_ARNS],
        },
      ];

const identityStoreArn = (id: string, owner: string = Aws.ACCOUNT_ID): string =>
  `arn:${Aws.PARTITION}:identitystore::${owner}:identitystore/${id}`;

/**
 * Not in the document: where the Account Factory has a user who is not to stay administrator of the accounts. What is
 * granted for groups is granted once. AWS lists instances on nothing smaller than *.
 */
function factoryUserGrants(platform: PlatformConfiguration): readonly Grant[] {
  const user = plannedFactoryUser(platform);
  if (user === undefined) return [];
  const sid = 'FactoryUser';
  const lookUp: Grant = {
    sid: `${sid}LookUp`,
    actions: ['identitystore:GetUserId'],
    resources: [identityStoreArn(user.identityStoreId ?? '*'), ...DIRECTORY_ARNS],
  };
  return [
    { sid: `${sid}Instance`, actions: ['sso:ListInstances'], resources: ['*'] },
    ...(platform.awsIdentityStore === undefined ? [lookUp] : []),
    ...(user.instanceArn === null
      ? [{ sid, actions: FACTORY_USER_ACTIONS, resources: [INSTANCE_ARN, ...ASSIGNMENT_ARNS] }]
      : []),
  ];
}

/** The instance of IAM Identity Center, whose id nobody has configured. */
const INSTANCE_ARN = `arn:${Aws.PARTITION}:sso:::instance/*`;

const FACTORY_USER_ACTIONS = [
  'sso:DescribePermissionSet',
  'sso:ListAccountAssignmentsForPrincipal',
  'sso:DeleteAccountAssignment',
  'sso:DescribeAccountAssignmentDeletionStatus',
];
