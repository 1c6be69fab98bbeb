import type { StepPermissions } from './step-permissions';

/**
 * What the Account Factory does with the rights of its caller, beside what Service Catalog itself takes: the list
 * of meshcloud's document "How to manually integrate AWS as meshPlatform", section "Integrate AWS Control Tower", which
 * follows the page "How AWS Control Tower works with roles to create and manage accounts" of the AWS Control Tower User
 * Guide. Spelt as there; AWS compares actions without regard to case.
 *
 * Several are actions of IAM Identity Center's console of old. They harm nothing where they no longer exist, and AWS
 * still lists them.
 */
export const ACCOUNT_FACTORY_ACTIONS = [
  'sso:GetProfile',
  'sso:CreateProfile',
  'sso:UpdateProfile',
  'sso:AssociateProfile',
  'sso:CreateApplicationInstance',
  'sso:GetSSOStatus',
  'sso:GetTrust',
  'sso:CreateTrust',
  'sso:UpdateTrust',
  'sso:GetPeregrineStatus',
  'sso:GetApplicationInstance',
  'sso:ListDirectoryAssociations',
  'sso:ListPermissionSets',
  'sso:GetPermissionSet',
  'sso:ProvisionApplicationInstanceForAWSAccount',
  'sso:ProvisionApplicationProfileForAWSAccountInstance',
  'sso:ProvisionSAMLProvider',
  'sso:ListProfileAssociations',
  'sso-directory:ListMembersInGroup',
  'sso-directory:AddMemberToGroup',
  'sso-directory:SearchGroups',
  'sso-directory:SearchGroupsWithGroupName',
  'sso-directory:SearchUsers',
  'sso-directory:CreateUser',
  'sso-directory:DescribeGroups',
  'sso-directory:DescribeDirectory',
  'sso-directory:GetUserPoolInfo',
  'controltower:CreateManagedAccount',
  'controltower:DescribeManagedAccount',
  'controltower:DeregisterManagedAccount',
  's3:GetObject',
  'organizations:describeOrganization',
  'sso:DescribeRegisteredRegions',
] as const;

/** Actions of the list that AWS no longer knows: they grant nothing, and nobody asks for them. */
const RETIRED: readonly string[] = [
  'sso:GetPeregrineStatus',
  'sso:ProvisionApplicationInstanceForAWSAccount',
  'sso:ProvisionApplicationProfileForAWSAccountInstance',
  'sso:ProvisionSAMLProvider',
  'sso-directory:SearchGroupsWithGroupName',
];

/** What the role of the class `ControlTower` has to be allowed so that the Account Factory can work in its name. */
export const ENROLLMENT_RIGHTS: readonly string[] = [
  ...ACCOUNT_FACTORY_ACTIONS.filter((action) => !RETIRED.includes(action)),
  'servicecatalog:ListProvisioningArtifacts',
  'servicecatalog:ListLaunchPaths',
  'servicecatalog:SearchProvisionedProducts',
  'servicecatalog:ProvisionProduct',
  'servicecatalog:UpdateProvisionedProduct',
  'servicecatalog:TerminateProvisionedProduct',
  'servicecatalog:DescribeRecord',
];

/**
 * What tells whether Control Tower governs a unit or an account: by baselines, which have names, and from landing zone
 * 4.0 on by controls as well.
 */
export const GOVERNANCE = [
  'controltower:ListBaselines',
  'controltower:ListEnabledBaselines',
  'controltower:ListEnabledControls',
  'controltower:ListLandingZones',
  'controltower:GetLandingZone',
];

/** Finding the unit of a workspace, or making it. */
export const UNITS_OF_WORKSPACES = [
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:CreateOrganizationalUnit',
];

/**
 * Moving an account that Control Tower does not govern, and is not at work on. OpenAccount, MoveAccount and
 * `UNENROLLING` have it.
 */
export const MOVING = [
  'organizations:ListParents',
  'organizations:MoveAccount',
  ...GOVERNANCE,
  'servicecatalog:SearchProvisionedProducts',
];

/** What brings an account into Control Tower, by the Account Factory or by a move. */
export const ENROLLING = [
  // The Account Factory knows an account by its e-mail, and an organizational unit by name and id.
  'organizations:DescribeAccount',
  'organizations:DescribeOrganizationalUnit',
  // Is the unit registered: the Account Factory would tell it minutes later, and leave a failed product. Is the account
  // governed already.
  ...GOVERNANCE,
  // Is it in its place; where Control Tower follows moves, it is moved there.
  'organizations:ListParents',
  'organizations:MoveAccount',
  // ListLaunchPaths and provisioning come with AWS's policy: granted here as well, nobody would notice if one of the
  // two was gone. AWS's policy lets a session see, update and terminate its own products alone; these are for those of
  // anybody.
  'servicecatalog:ListProvisioningArtifacts',
  'servicecatalog:SearchProvisionedProducts',
  'servicecatalog:UpdateProvisionedProduct',
  'servicecatalog:TerminateProvisionedProduct',
  ...ACCOUNT_FACTORY_ACTIONS,
];

/** What takes an account out of Control Tower, whatever way it came in. */
export const UNENROLLING = [
  // Is the account governed, and where is it; where Control Tower follows moves, it is moved out.
  ...MOVING,
  'organizations:DescribeOrganizationalUnit',
  // Applies to products of any user: AWS's policy for end users covers only what the session itself has created.
  'servicecatalog:TerminateProvisionedProduct',
  ...ACCOUNT_FACTORY_ACTIONS,
];

/**
 * What brings accounts to an update of the landing zone, by an operation on their unit. Operations have no ARN, and are
 * granted on all; baselines have one.
 */
export const UPDATING_LANDING_ZONE = {
  operations: [
    'controltower:ListLandingZoneOperations',
    'controltower:GetLandingZoneOperation',
    'controltower:GetBaselineOperation',
  ],
  baselines: ['controltower:ResetEnabledBaseline', 'controltower:UpdateEnabledBaseline'],
} as const;

/** Which accounts Control Tower shares: they are never a tenant's. */
export const LANDING_ZONE_LOOK = ['controltower:ListLandingZones', 'controltower:GetLandingZone'] as const;

/** Is it what the Account Factory gives its user; and in which IAM Identity Center, where none is configured. */
export const OF_FACTORY_USER = ['sso:DescribePermissionSet', 'sso:ListInstances'] as const;

/** Groups are given permission sets, and what the Account Factory has given its user is taken away. */
export const GIVING_PERMISSION_SETS = [
  'sso:ListAccountAssignmentsForPrincipal',
  'sso:CreateAccountAssignment',
  'sso:DescribeAccountAssignmentCreationStatus',
  'identitystore:GetUserId',
  'sso:DeleteAccountAssignment',
  'sso:DescribeAccountAssignmentDeletionStatus',
  ...OF_FACTORY_USER,
] as const;

/** What AWS Config has set up in a member account. */
export const CONFIG_LOOK = ['config:DescribeConfigurationRecorders', 'config:DescribeDeliveryChannels'] as const;

/** Making the roles of a member account, or correcting them. */
export const MAKING_ROLES = [
  'iam:GetRole',
  'iam:CreateRole',
  'iam:UpdateAssumeRolePolicy',
  // Needed if a boundary is configured and an existing role lacks it.
  'iam:PutRolePermissionsBoundary',
  'iam:ListAttachedRolePolicies',
  'iam:AttachRolePolicy',
];

/** Which policies the access role has. */
export const LISTING_POLICIES = ['iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'];

/** Whether a role that is to be sealed has a boundary, and what that says. */
export const READING_BOUNDARY = ['iam:GetRole', 'iam:GetPolicy', 'iam:GetPolicyVersion'];

/** Starting a build, and finding one whose answer was lost. One of other content that is still at work is stopped. */
export const STARTING_BUILDS = [
  'codebuild:StartBuild',
  'codebuild:ListBuildsForProject',
  'codebuild:BatchGetBuilds',
  'codebuild:StopBuild',
];

/** What RollOut does about the landing zone. Of an account that has drifted it looks where it is. */
export const landingZoneUpdatePermissions: StepPermissions = {
  management: [
    ...UPDATING_LANDING_ZONE.operations,
    ...UPDATING_LANDING_ZONE.baselines,
    ...GOVERNANCE,
    'organizations:ListParents',
    'servicecatalog:ListProvisioningArtifacts',
    'servicecatalog:SearchProvisionedProducts',
    'servicecatalog:UpdateProvisionedProduct',
    ...ACCOUNT_FACTORY_ACTIONS,
  ],
  managementPolicies: ['AWSServiceCatalogEndUserFullAccess'],
};
