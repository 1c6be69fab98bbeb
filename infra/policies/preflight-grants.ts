import { Aws } from 'aws-cdk-lib';

import {
  type AutomationClass,
  managementClassesIn,
  type ManagementClass,
} from '../../functions/aws/permissions/step-permissions';
import { classRoleArn } from '../../functions/aws/permissions/function-permissions';
import type { PlatformConfiguration } from '../../functions/domain/configuration/platform-configuration';
import { partitionOfArn } from '../../functions/domain/places/partitions';
import type { Grant } from './grant';
import { roleOfThisAccount } from '../role-arn';
import { PLACE_ARNS, POLICY_ARNS } from './organization-arns';

/** "Default maximum number of accounts"; Service Quotas keeps the quotas of Organizations where its endpoint is. */
function accountQuotaArn({ accessConfig }: PlatformConfiguration): string {
  const region = partitionOfArn(accessConfig.organizationRootAccountRole)?.globalRegion ?? '*';
  return `arn:${Aws.PARTITION}:servicequotas:${region}:${Aws.ACCOUNT_ID}:organizations/L-E619E033`;
}

const rolesOfClasses = (
  configuredRole: string,
  classes: readonly (ManagementClass | AutomationClass)[],
): readonly string[] => classes.map((one) => classRoleArn(roleOfThisAccount(configuredRole), one));

/** Reads the trust of the roles of all classes. */
export const trustGrant = (configuredRole: string, classes: readonly (ManagementClass | AutomationClass)[]): Grant => ({
  sid: 'PreflightTrust',
  actions: ['iam:GetRole'],
  resources: rolesOfClasses(configuredRole, classes),
});

/** Not in the document: what RunPreflight reads to find missing prerequisites. Nothing here writes. */
export const preflightGrants = (platform: PlatformConfiguration): readonly Grant[] => [
  {
    sid: 'PreflightPolicies',
    actions: ['organizations:ListPoliciesForTarget', 'organizations:DescribePolicy'],
    resources: [...PLACE_ARNS, ...POLICY_ARNS],
  },
  { sid: 'PreflightQuota', actions: ['servicequotas:GetServiceQuota'], resources: [accountQuotaArn(platform)] },
  // AWS grants it on nothing smaller than *.
  { sid: 'PreflightDefaultQuota', actions: ['servicequotas:GetAWSDefaultServiceQuota'], resources: ['*'] },
  {
    sid: 'PreflightRights',
    actions: ['iam:SimulatePrincipalPolicy'],
    resources: rolesOfClasses(platform.accessConfig.organizationRootAccountRole, ['Create', 'ControlTower']),
  },
  trustGrant(platform.accessConfig.organizationRootAccountRole, managementClassesIn(platform)),
];
