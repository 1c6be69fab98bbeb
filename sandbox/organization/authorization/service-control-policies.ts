import type { OrganizationState } from '../organization-state';
import { pathFromRoot } from '../services/organizations/hierarchy';
import type { NamedPolicy, ScpLevel } from './policy-question';

const fullAccess: NamedPolicy = {
  name: 'FullAWSAccess',
  document: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
};

/**
 * Control Tower's mandatory preventive control "Disallow changes to AWS IAM roles set up by AWS Control Tower and AWS
 * CloudFormation" (AWS-GR_IAM_ROLE_CHANGE_PROHIBITED), bound to every registered OU.
 */
const roleChangeProhibited: NamedPolicy = {
  name: 'AWS-GR_IAM_ROLE_CHANGE_PROHIBITED',
  document: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'GRIAMROLEPOLICY',
        Effect: 'Deny',
        Action: [
          'iam:AttachRolePolicy',
          'iam:CreateRole',
          'iam:DeleteRole',
          'iam:DeleteRolePermissionsBoundary',
          'iam:DeleteRolePolicy',
          'iam:DetachRolePolicy',
          'iam:PutRolePermissionsBoundary',
          'iam:PutRolePolicy',
          'iam:UpdateAssumeRolePolicy',
          'iam:UpdateRole',
          'iam:UpdateRoleDescription',
        ],
        Resource: [
          'arn:aws:iam::*:role/aws-controltower-*',
          'arn:aws:iam::*:role/*AWSControlTower*',
          'arn:aws:iam::*:role/stacksets-exec-*',
        ],
        Condition: {
          ArnNotLike: {
            'aws:PrincipalArn': [
              'arn:aws:iam::*:role/AWSControlTowerExecution',
              'arn:aws:iam::*:role/stacksets-exec-*',
            ],
          },
        },
      },
    ],
  }),
};

/** From the root down to the account itself; an account is bound by every level (none binds the management account). */
export function scpLevels(state: OrganizationState, accountId: string): readonly ScpLevel[] {
  if (accountId === state.seed.managementAccountId) {
    return [];
  }
  return pathFromRoot(state, accountId).map((id) => ({
    id,
    policies: [
      fullAccess,
      ...(state.units.get(id)?.registered === true ? [roleChangeProhibited] : []),
      ...(state.seed.serviceControlPolicies ?? [])
        .filter(({ targetIds }) => targetIds.includes(id))
        .map(({ name, document }) => ({ name, document: JSON.stringify(document) })),
    ],
  }));
}
