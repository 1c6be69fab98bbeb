import { roleArn, type Seal, sealArn, sealedWork, type Statement } from './access-role-seal';
import { contentHash } from '../base/canonical-json';
import type { DowngradedPolicy } from './downgraded-policy';

export const SEALED_POLICY_PREFIX = 'sealed-minimum-';

/**
 * What a sealed access role is granted, below its boundary: the work of later runs, and to be sealed. The boundary does
 * not allow the latter, so it is dead as long as the seal is there; where somebody has taken the seal away it lets the
 * next run put the same one back, and no other.
 */
export function sealedPolicy(partition: string, accountId: string, accessRole: string, seal: Seal): DowngradedPolicy {
  const sealing: readonly Statement[] = [
    { Sid: 'MakeSeal', Effect: 'Allow', Action: ['iam:CreatePolicy'], Resource: sealArn(partition, accountId, '*') },
    {
      Sid: 'PutSeal',
      Effect: 'Allow',
      Action: ['iam:PutRolePermissionsBoundary'],
      Resource: roleArn(partition, accountId, accessRole),
      Condition: { StringEquals: { 'iam:PermissionsBoundary': seal.arn } },
    },
  ];
  const document = { Version: '2012-10-17', Statement: [...sealedWork(partition, accountId, accessRole), ...sealing] };
  const name = `${SEALED_POLICY_PREFIX}${contentHash(document).slice(0, 16)}`;
  return { name, document: JSON.stringify(document) };
}
