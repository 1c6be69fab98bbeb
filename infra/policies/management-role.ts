import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

import type { PlatformConfiguration } from '../../functions/domain/platform-configuration';
import { memberRoleArn } from './member-role-arn';

export interface ManagementRoleProps {
  readonly platform: Pick<PlatformConfiguration, 'accountAccessRole' | 'awsIdentityStore'>;
  readonly externalIds: readonly string[];
  /** meshStack's own connector works with this role, too: it takes what its document lists, used by our functions or not. */
  readonly servesConnector: boolean;
}

/**
 * What MeshfedServiceRole may do: the policy of meshcloud's document, less what no function of ours calls, and the little that they call
 * beyond it. Every difference has its reason in `docs/iam.md`.
 */
export const managementRoleStatements = (props: ManagementRoleProps): readonly PolicyStatement[] => [
  accessToMembers(props),
  organizationTree(props),
  organizationAccounts(props),
  ...identityCenter(props),
];

/** The way into member accounts, with the ExternalId. */
const accessToMembers = ({ platform, externalIds }: ManagementRoleProps): PolicyStatement =>
  new PolicyStatement({
    sid: 'StsAccessMemberAccount',
    actions: ['sts:AssumeRole'],
    resources: [memberRoleArn(platform.accountAccessRole)],
    conditions: { StringEquals: { 'sts:ExternalId': externalIds } },
  });

/** The organization's own id is not asked of the operator: with these actions nobody reaches another organization than the caller's. */
export const ORGANIZATION_ARNS = [
  `arn:${Aws.PARTITION}:organizations::${Aws.ACCOUNT_ID}:root/o-*/r-*`,
  `arn:${Aws.PARTITION}:organizations::*:ou/o-*/ou-*`,
  `arn:${Aws.PARTITION}:organizations::*:account/o-*/*`,
];

const organizationTree = ({ servesConnector }: ManagementRoleProps): PolicyStatement =>
  new PolicyStatement({
    sid: 'OrgManagementAccess1',
    actions: [
      'organizations:UntagResource',
      'organizations:TagResource',
      'organizations:MoveAccount',
      'organizations:ListTagsForResource',
      'organizations:ListParents',
      'organizations:DescribeOrganizationalUnit',
      'organizations:DescribeAccount',
      ...(servesConnector
        ? ['organizations:ListOrganizationalUnitsForParent', 'organizations:CreateOrganizationalUnit']
        : []),
    ],
    resources: ORGANIZATION_ARNS,
  });

/** AWS grants these on nothing smaller than *. */
const organizationAccounts = ({ servesConnector }: ManagementRoleProps): PolicyStatement =>
  new PolicyStatement({
    sid: 'OrgManagementAccess2',
    actions: [
      'organizations:ListAccounts',
      'organizations:DescribeCreateAccountStatus',
      'organizations:CreateAccount',
      // Not in the document: how an account is found again when AWS's answer to CreateAccount was lost.
      'organizations:ListCreateAccountStatus',
      ...(servesConnector ? ['organizations:ListRoots'] : []),
    ],
    resources: ['*'],
  });

/** Where IAM Identity Center is configured: assignments as in the document, and taking them away; groups and members in its store. */
const identityCenter = ({ platform, servesConnector }: ManagementRoleProps): readonly PolicyStatement[] =>
  platform.awsIdentityStore === undefined
    ? []
    : [
        new PolicyStatement({
          sid: 'OrgManagementAccessSSO',
          actions: [
            'sso:CreateAccountAssignment',
            'sso:DescribeAccountAssignmentCreationStatus',
            // Not in the document, which never takes an assignment away.
            'sso:ListAccountAssignmentsForPrincipal',
            'sso:DeleteAccountAssignment',
            'sso:DescribeAccountAssignmentDeletionStatus',
            ...(servesConnector ? ['sso:ListAccountAssignments'] : []),
          ],
          resources: [platform.awsIdentityStore.arn, ...ASSIGNMENT_ARNS],
        }),
        new PolicyStatement({
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
          resources: [identityStoreArn(platform.awsIdentityStore.identityStoreId), ...DIRECTORY_ARNS],
        }),
      ];

const identityStoreArn = (id: string): string =>
  `arn:${Aws.PARTITION}:identitystore::${Aws.ACCOUNT_ID}:identitystore/${id}`;

/** Groups are known by ids that are drawn when they are made, users by those that their identity provider brings. */
export const DIRECTORY_ARNS = ['user', 'group', 'membership'].map(
  (kind) => `arn:${Aws.PARTITION}:identitystore:::${kind}/*`,
);

/** An assignment names a permission set and an account; both come and go, as the operator maps roles and accounts are made. */
export const ASSIGNMENT_ARNS = [`arn:${Aws.PARTITION}:sso:::permissionSet/*/*`, `arn:${Aws.PARTITION}:sso:::account/*`];
