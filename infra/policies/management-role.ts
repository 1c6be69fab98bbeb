import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

import type { Configuration } from '../../functions/domain/configuration';
import { identityCenterOf } from '../../functions/domain/configured-identity-center';
import type { PlatformConfiguration } from '../../functions/domain/platform-configuration';
import { partitionOfArn } from '../../functions/domain/places/place-of-region';
import { TENANT_TAG_KEY } from '../../functions/domain/tenant-tag';
import { memberRoleArn } from './member-role-arn';

export interface ManagementRoleProps {
  readonly platform: Pick<
    PlatformConfiguration,
    'accessConfig' | 'accountAccessRole' | 'awsIdentityStore' | 'awsSso' | 'enrollmentConfiguration'
  >;
  readonly landingZones: Configuration['landingZones'];
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
  ...closings(props),
  ...identityCenter(props),
  ...preflight(props),
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
const PLACE_ARNS = [
  `arn:${Aws.PARTITION}:organizations::${Aws.ACCOUNT_ID}:root/o-*/r-*`,
  `arn:${Aws.PARTITION}:organizations::*:ou/o-*/ou-*`,
];

const ACCOUNT_ARN = `arn:${Aws.PARTITION}:organizations::*:account/o-*/*`;

export const ORGANIZATION_ARNS = [...PLACE_ARNS, ACCOUNT_ARN];

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

/**
 * Not in the document. Only where a landing zone closes accounts, and of accounts alone that carry the tag by which each is its tenant's: nobody else's
 * account can be closed by this role, whatever a function asks for.
 */
function closings({ landingZones }: ManagementRoleProps): readonly PolicyStatement[] {
  if (!closesAccounts(landingZones)) return [];
  return [
    new PolicyStatement({
      sid: 'OrgCloseVendedAccounts',
      actions: ['organizations:CloseAccount'],
      resources: [ACCOUNT_ARN],
      conditions: { Null: { [`aws:ResourceTag/${TENANT_TAG_KEY}`]: 'false' } },
    }),
  ];
}

const closesAccounts = (landingZones: ManagementRoleProps['landingZones']): boolean =>
  Object.values(landingZones).some(({ closeAccount }) => closeAccount);

/** Where IAM Identity Center is configured: assignments as in the document, and taking them away. */
function identityCenter({ platform, servesConnector }: ManagementRoleProps): readonly PolicyStatement[] {
  const center = identityCenterOf(platform);
  if (center === undefined) return [];
  return [
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
      resources: [center.block.arn, ...ASSIGNMENT_ARNS],
    }),
    ...groups(platform),
  ];
}

/** Groups and members in the identity store. By SCIM they need a token, and no rights. */
const groups = ({ awsIdentityStore }: ManagementRoleProps['platform']): readonly PolicyStatement[] =>
  awsIdentityStore === undefined
    ? []
    : [
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
          resources: [identityStoreArn(awsIdentityStore.identityStoreId), ...DIRECTORY_ARNS],
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

/** The service control policies of the organization. */
export const POLICY_ARN = `arn:${Aws.PARTITION}:organizations::*:policy/o-*/service_control_policy/p-*`;

/** The one landing zone of Control Tower, whose id Control Tower draws. */
export const CONTROL_TOWER_ARN = `arn:${Aws.PARTITION}:controltower:*:${Aws.ACCOUNT_ID}:landingzone/*`;

/** "Default maximum number of accounts"; Service Quotas keeps the quotas of Organizations where its endpoint is. */
function accountQuotaArn({ accessConfig }: ManagementRoleProps['platform']): string {
  const region = partitionOfArn(accessConfig.organizationRootAccountRole)?.globalRegion ?? '*';
  return `arn:${Aws.PARTITION}:servicequotas:${region}:${Aws.ACCOUNT_ID}:organizations/L-E619E033`;
}

/** Not in the document: what RunPreflight reads to tell beforehand what would go wrong. Nothing here writes. */
const preflight = ({ platform, landingZones }: ManagementRoleProps): readonly PolicyStatement[] => [
  new PolicyStatement({
    sid: 'PreflightPolicies',
    actions: ['organizations:ListPoliciesForTarget', 'organizations:DescribePolicy'],
    resources: [...PLACE_ARNS, POLICY_ARN],
  }),
  new PolicyStatement({
    sid: 'PreflightQuota',
    actions: ['servicequotas:GetServiceQuota'],
    resources: [accountQuotaArn(platform)],
  }),
  // AWS grants it on nothing smaller than *.
  new PolicyStatement({
    sid: 'PreflightDefaultQuota',
    actions: ['servicequotas:GetAWSDefaultServiceQuota'],
    resources: ['*'],
  }),
  ...(platform.enrollmentConfiguration === undefined ? preflightOfPermissionSets(platform) : preflightOfEnrollment()),
  ...(platform.enrollmentConfiguration === undefined && !closesAccounts(landingZones)
    ? []
    : [preflightOfRights(platform)]),
];

/** Where accounts are enrolled, the rights of the Account Factory have it. */
function preflightOfPermissionSets(platform: ManagementRoleProps['platform']): readonly PolicyStatement[] {
  const center = identityCenterOf(platform);
  if (center === undefined) return [];
  const sid = 'PreflightPermissionSets';
  return [new PolicyStatement({ sid, actions: ['sso:ListPermissionSets'], resources: [center.block.arn] })];
}

const preflightOfEnrollment = (): readonly PolicyStatement[] => [
  // AWS grants lists of Control Tower on nothing smaller than *.
  new PolicyStatement({
    sid: 'PreflightControlTower',
    actions: ['controltower:ListLandingZones', 'controltower:ListEnabledBaselines'],
    resources: ['*'],
  }),
  new PolicyStatement({
    sid: 'PreflightLandingZone',
    actions: ['controltower:GetLandingZone'],
    resources: [CONTROL_TOWER_ARN],
  }),
];

/** Of itself alone. */
const preflightOfRights = ({ accessConfig }: Pick<PlatformConfiguration, 'accessConfig'>): PolicyStatement =>
  new PolicyStatement({
    sid: 'PreflightRights',
    actions: ['iam:SimulatePrincipalPolicy'],
    resources: [ownArn(accessConfig.organizationRootAccountRole)],
  });

/** In whichever partition and account it is made. */
const ownArn = (roleArn: string): string =>
  `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${roleArn.split(':role/')[1] ?? ''}`;
