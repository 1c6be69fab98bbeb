import { GOVERNANCE } from './shared-actions';
import { OF_FACTORY_USER } from './look-actions';
import type { StepPermissions } from './step-permissions';

/**
 * What RunPreflight reads. None of it writes: a thief of its session could look around in the prerequisites
 * and change nothing.
 */
export const preflightPermissions: StepPermissions = {
  management: [
    'organizations:DescribeOrganizationalUnit',
    'organizations:ListParents',
    'organizations:ListAccounts',
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
