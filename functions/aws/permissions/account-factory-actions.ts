/**
 * What the Account Factory does with the rights of whoever calls it, beside what Service Catalog itself takes: the list
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
