import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

import { identityCenterOf } from '../../functions/domain/configuration/configured-identity-center';
import type { PlatformConfiguration } from '../../functions/domain/configuration/platform-configuration';
import { ASSIGNMENT_ARNS } from './identity-center-grants';
import { memberRoleArn } from './member-role-arn';
import { ORGANIZATION_ARNS } from './organization-arns';

/**
 * What MeshfedServiceRole may do for meshStack's own connector: the policy of meshcloud's document. None of our
 * functions uses it. One role holds every permission, so the keys of the connector's user give all of them.
 */
export const connectorManagementStatements = (
  platform: PlatformConfiguration,
  externalIds: readonly string[],
): readonly PolicyStatement[] => [
  new PolicyStatement({
    sid: 'StsAccessMemberAccount',
    actions: ['sts:AssumeRole'],
    resources: [memberRoleArn(platform.accountAccessRole)],
    conditions: { StringEquals: { 'sts:ExternalId': [...externalIds] } },
  }),
  new PolicyStatement({
    sid: 'OrgManagementAccess1',
    actions: [
      'organizations:UntagResource',
      'organizations:TagResource',
      'organizations:MoveAccount',
      'organizations:ListTagsForResource',
      'organizations:ListParents',
      'organizations:ListOrganizationalUnitsForParent',
      'organizations:DescribeOrganizationalUnit',
      'organizations:DescribeAccount',
      'organizations:CreateOrganizationalUnit',
    ],
    resources: ORGANIZATION_ARNS,
  }),
  new PolicyStatement({
    sid: 'OrgManagementAccess2',
    actions: [
      'organizations:ListRoots',
      'organizations:ListAccounts',
      'organizations:DescribeCreateAccountStatus',
      'organizations:CreateAccount',
    ],
    resources: ['*'],
  }),
  ...assignments(platform),
];

function assignments(platform: PlatformConfiguration): readonly PolicyStatement[] {
  const center = identityCenterOf(platform);
  if (center === undefined) return [];
  return [
    new PolicyStatement({
      sid: 'OrgManagementAccessSSO',
      actions: [
        'sso:ListAccountAssignments',
        'sso:DescribeAccountAssignmentCreationStatus',
        'sso:CreateAccountAssignment',
      ],
      resources: [center.block.arn, ...ASSIGNMENT_ARNS],
    }),
  ];
}
