import type { Target } from '../operation';

/**
 * What the Account Factory does with the rights of its caller while it enrolls an account: "How AWS Control Tower works
 * with roles to create and manage accounts" of the AWS Control Tower User Guide, less the actions that the Service
 * Authorization Reference no longer knows (sso:GetPeregrineStatus, sso:ProvisionApplicationInstanceForAWSAccount,
 * sso:ProvisionApplicationProfileForAWSAccountInstance, sso:ProvisionSAMLProvider,
 * sso-directory:SearchGroupsWithGroupName): what AWS does not know it cannot ask for.
 */
const ENROLLMENT = [
  'sso:GetProfile',
  'sso:CreateProfile',
  'sso:UpdateProfile',
  'sso:AssociateProfile',
  'sso:CreateApplicationInstance',
  'sso:GetSSOStatus',
  'sso:GetTrust',
  'sso:CreateTrust',
  'sso:UpdateTrust',
  'sso:GetApplicationInstance',
  'sso:ListDirectoryAssociations',
  'sso:ListPermissionSets',
  'sso:GetPermissionSet',
  'sso:ListProfileAssociations',
  'sso:DescribeRegisteredRegions',
  'sso-directory:ListMembersInGroup',
  'sso-directory:AddMemberToGroup',
  'sso-directory:SearchGroups',
  'sso-directory:SearchUsers',
  'sso-directory:CreateUser',
  'sso-directory:DescribeGroups',
  'sso-directory:DescribeDirectory',
  'sso-directory:GetUserPoolInfo',
  'controltower:CreateManagedAccount',
  'controltower:DescribeManagedAccount',
  's3:GetObject',
  'organizations:DescribeOrganization',
];

const UNMANAGEMENT = ['controltower:DeregisterManagedAccount', 'controltower:DescribeManagedAccount'];

const onEverything = (actions: readonly string[]): readonly Target[] =>
  actions.map((action) => ({ action, resource: '*' }));

/** Judged together with the call to Service Catalog that starts it. */
export const enrollmentRights = onEverything(ENROLLMENT);

export const unmanagementRights = onEverything(UNMANAGEMENT);
