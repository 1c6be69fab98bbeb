import { GOVERNANCE, OF_FACTORY_USER, CONFIG_LOOK } from './shared-actions';
import type { StepPermissions } from './step-permissions';

/**
 * What RunPreflight reads. None of it writes: a thief of its session could look around in the prerequisites
 * and change nothing.
 */
export const preflightPermissions: StepPermissions = {
  management: [
    'organizations:DescribeOrganizationalUnit',
    'organizations:ListParents',
    'organizations:ListOrganizationalUnitsForParent',
    'organizations:ListAccounts',
    'organizations:ListDelegatedAdministrators',
    'organizations:ListPoliciesForTarget',
    'organizations:DescribePolicy',
    'servicequotas:GetServiceQuota',
    'servicequotas:GetAWSDefaultServiceQuota',
    'identitystore:GetGroupId',
    'sso:ListPermissionSets',
    // In how many accounts the user of the Account Factory is administrator.
    'identitystore:GetUserId',
    'sso:ListAccountAssignmentsForPrincipal',
    ...OF_FACTORY_USER,
    'servicecatalog:ListProvisioningArtifacts',
    'servicecatalog:ListLaunchPaths',
    'servicecatalog:ListPortfoliosForProduct',
    'servicecatalog:ListPrincipalsForPortfolio',
    'servicecatalog:SearchProvisionedProducts',
    ...GOVERNANCE,
    'iam:SimulatePrincipalPolicy',
    // Reads whom the roles of the classes trust.
    'iam:GetRole',
  ],
  automation: ['cloudformation:DescribeStackSet', 'lambda:GetFunctionConfiguration', 'iam:GetRole'],
};

/**
 * What AdoptAccounts reads: which accounts there are, where, and which of them serve all others. What would change in
 * one, PreviewChanges reads; what does change, the functions of the states write.
 */
export const adoptionPermissions: StepPermissions = {
  management: [
    'organizations:ListAccounts',
    'organizations:ListDelegatedAdministrators',
    'organizations:ListTagsForResource',
    ...GOVERNANCE,
  ],
};

/**
 * What PreviewChanges reads: what the steps read before they write. None of it writes, so a dry run can change nothing,
 * whatever it is asked.
 */
export const previewPermissions: StepPermissions = {
  management: [
    'organizations:DescribeAccount',
    'organizations:DescribeOrganizationalUnit',
    'organizations:ListParents',
    'organizations:ListOrganizationalUnitsForParent',
    'organizations:ListTagsForResource',
    'servicecatalog:ListProvisioningArtifacts',
    'servicecatalog:ListLaunchPaths',
    'servicecatalog:SearchProvisionedProducts',
    ...GOVERNANCE,
    'identitystore:GetGroupId',
    'identitystore:GetUserId',
    'identitystore:DescribeGroup',
    'identitystore:ListGroupMemberships',
    'sso:ListAccountAssignmentsForPrincipal',
    ...OF_FACTORY_USER,
  ],
  automation: [
    'cloudformation:DescribeStackSet',
    'cloudformation:ListStackInstances',
    'cloudformation:DescribeStackInstance',
  ],
  member: [
    ...CONFIG_LOOK,
    'iam:ListAccountAliases',
    'iam:GetRole',
    'iam:GetSAMLProvider',
    'iam:ListRolePolicies',
    'iam:ListAttachedRolePolicies',
    'iam:GetPolicy',
    'iam:GetPolicyVersion',
  ],
};
