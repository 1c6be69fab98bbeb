import { contentHash } from '../base/canonical-json';
import { SAML_ROLE_PATH } from './saml-trust';

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
