import { Aws } from 'aws-cdk-lib';

import { identityCenterOf } from '../../functions/domain/configured-identity-center';
import type { PlatformConfiguration } from '../../functions/domain/platform-configuration';
import type { Grant } from './grant';

/** An assignment names a permission set and an account; both come and go, as the operator maps roles and accounts are made. */
export const ASSIGNMENT_ARNS = [`arn:${Aws.PARTITION}:sso:::permissionSet/*/*`, `arn:${Aws.PARTITION}:sso:::account/*`];

/** Groups are known by ids that are drawn when they are made, users by those that their identity provider brings. */
export const DIRECTORY_ARNS = ['user', 'group', 'membership'].map(
  (kind) => `arn:${Aws.PARTITION}:identitystore:::${kind}/*`,
);

/** Where IAM Identity Center is configured: assignments as in the document, and taking them away. */
export function identityCenterGrants(platform: PlatformConfiguration): readonly Grant[] {
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
      ],
      resources: [center.block.arn, ...ASSIGNMENT_ARNS],
    },
    ...groups(platform),
    // For preflight. Not in the document.
    { sid: 'PreflightPermissionSets', actions: ['sso:ListPermissionSets'], resources: [center.block.arn] },
  ];
}

/** Groups and members in the identity store. By SCIM they need a token, and no rights. */
const groups = ({ awsIdentityStore }: PlatformConfiguration): readonly Grant[] =>
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
          resources: [identityStoreArn(awsIdentityStore.identityStoreId), ...DIRECTORY_ARNS],
        },
      ];

const identityStoreArn = (id: string): string =>
  `arn:${Aws.PARTITION}:identitystore::${Aws.ACCOUNT_ID}:identitystore/${id}`;
