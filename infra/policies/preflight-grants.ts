import { Aws } from 'aws-cdk-lib';

import { MANAGEMENT_CLASSES } from '../../functions/aws/role-classes';
import { classRoleArn } from '../../functions/aws/service-role-arns';
import type { PlatformConfiguration } from '../../functions/domain/platform-configuration';
import { partitionOfArn } from '../../functions/domain/places/place-of-region';
import type { Grant } from './grant';
import { roleOfThisAccount } from '../role-arn';
import { PLACE_ARNS, POLICY_ARNS } from './organization-arns';

/** "Default maximum number of accounts"; Service Quotas keeps the quotas of Organizations where its endpoint is. */
function accountQuotaArn({ accessConfig }: PlatformConfiguration): string {
  const region = partitionOfArn(accessConfig.organizationRootAccountRole)?.globalRegion ?? '*';
  return `arn:${Aws.PARTITION}:servicequotas:${region}:${Aws.ACCOUNT_ID}:organizations/L-E619E033`;
}

/** Not in the document: what RunPreflight reads to tell beforehand what would go wrong. Nothing here writes. */
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
    resources: MANAGEMENT_CLASSES.map((one) =>
      classRoleArn(roleOfThisAccount(platform.accessConfig.organizationRootAccountRole), one),
    ),
  },
];
