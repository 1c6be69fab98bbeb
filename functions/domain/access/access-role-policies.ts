import { contentHash } from '../base/json';
import { SAML_ROLE_PATH } from './role-trust';
import { roleArn, type Seal, sealArn, sealedWork, type Statement } from './access-role-seal';

/** An inline policy for the access role. */
export interface DowngradedPolicy {
  /** Carries a hash of the content: what the role keeps may be listed later, not read. */
  readonly name: string;
  readonly document: string;
}

/**
 * What the access role keeps: the final policy of meshcloud's document "How to manually integrate AWS as meshPlatform",
 * section "Set Minimum Access Rights on Provisioned Accounts", statement by statement. It lets the role look at itself
 * and change itself, so that the steps of a later run find what they need.
 *
 * @param samlRoles where roles of meshIdB are made: the document lets them be made and changed, and not be removed
 */
export function downgradedPolicy(
  partition: string,
  accountId: string,
  accessRole: string,
  samlRoles = false,
): DowngradedPolicy {
  const document = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'iam:CreateSAMLProvider',
          'iam:GetSAMLProvider',
          'iam:UpdateSAMLProvider',
          'iam:DeleteSAMLProvider',
          'iam:ListSAMLProviders',
        ],
        Resource: [
          `arn:${partition}:iam::${accountId}:saml-provider/*`,
          `arn:${partition}:cloudformation:*:${accountId}:stack/meshstack-cf-access*`,
        ],
      },
      {
        Effect: 'Allow',
        Action: [
          'iam:ListAttachedRolePolicies',
          'iam:CreateAccountAlias',
          'iam:ListAccountAliases',
          'iam:DeleteAccountAlias',
          'iam:GetRole',
          'iam:CreateRole',
          'iam:AttachRolePolicy',
          'iam:UpdateAssumeRolePolicy',
        ],
        Resource: '*',
      },
      { Effect: 'Allow', Action: ['cloudformation:DescribeStacks'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['iam:DetachRolePolicy', 'iam:DeleteRolePolicy', 'iam:PutRolePolicy', 'iam:ListRolePolicies'],
        Resource: `arn:${partition}:iam::${accountId}:role/${accessRole}`,
      },
      ...(samlRoles ? [removalOfSamlRoles(partition, accountId)] : []),
    ],
  };
  return { name: `meshstack-minimum-${contentHash(document).slice(0, 16)}`, document: JSON.stringify(document) };
}

const removalOfSamlRoles = (partition: string, accountId: string): object => ({
  Effect: 'Allow',
  Action: ['iam:DetachRolePolicy', 'iam:DeleteRole'],
  Resource: `arn:${partition}:iam::${accountId}:role${SAML_ROLE_PATH}*`,
});

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
