import { GOVERNANCE } from './shared-actions';
import { CONFIG_LOOK, OF_FACTORY_USER } from './look-actions';
import type { StepPermissions } from './step-permissions';

/**
 * What PreviewChanges reads: what the steps read before they write. None of it writes, so a dry run can change nothing,
 * whatever it is asked.
 */
export const previewPermissions: StepPermissions = {
  management: [
    'organizations:DescribeAccount',
    'organizations:DescribeOrganizationalUnit',
    'organizations:ListParents',
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
