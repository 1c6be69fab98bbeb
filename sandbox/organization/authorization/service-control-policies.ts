import { createHash } from 'node:crypto';
import type { OrganizationState } from '../organization-state';
import { ancestry } from '../services/organizations/hierarchy';
import type { NamedPolicy, ScpLevel } from './policy-question';
import { documentIn } from '../arn';

const fullAccess: NamedPolicy = {
  name: 'FullAWSAccess',
  document: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }),
};

const fullResourceAccess: NamedPolicy = {
  name: 'RCPFullAWSAccess',
  document: JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
  }),
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

/** A policy as the organization has it; `ofAws`: every organization has it. */
export interface PolicyOfOrganization extends NamedPolicy {
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  readonly description: string;
  readonly ofAws: boolean;
}

/**
 * Resource control policies that are attached to a root, OU or account itself.
 *
 * @evidence documented organizations/userguide/orgs_reference_limits: RCPFullAWSAccess is attached to the root, to
 *   every OU and to every account, and cannot be detached
 */
export function resourcePoliciesAt({ seed }: OrganizationState, targetId: string): readonly PolicyOfOrganization[] {
  if (seed.resourceControlPolicies === undefined) return [];
  const type = 'RESOURCE_CONTROL_POLICY';
  return [
    { ...fullResourceAccess, type, description: 'Allows access to every resource', ofAws: true },
    ...seed.resourceControlPolicies
      .filter(({ targetIds }) => targetIds.includes(targetId))
      .map(
        ({ name, document }) => ({ name, document: textOf(document), type, description: '', ofAws: false }) as const,
      ),
  ];
}

/**
 * Those that bind the resources of an account, from the root down to itself; none binds the management account. The
 * simulator adds AWS's own by itself.
 */
export const rcpLevels = (state: OrganizationState, accountId: string): readonly ScpLevel[] =>
  accountId === state.seed.managementAccountId || state.seed.resourceControlPolicies === undefined
    ? []
    : ancestry(state, accountId).map((id) => ({
        id,
        policies: resourcePoliciesAt(state, id).flatMap(({ name, document, ofAws }) =>
          ofAws ? [] : [{ name, document }],
        ),
      }));

/** What is attached to a root, OU or account itself. */
export function attachedTo(state: OrganizationState, targetId: string): readonly PolicyOfOrganization[] {
  const type = 'SERVICE_CONTROL_POLICY';
  const own = { type, description: '', ofAws: false } as const;
  return [
    { ...fullAccess, type, description: 'Allows access to every operation', ofAws: true },
    ...(state.units.get(targetId)?.registered === true ? [{ ...prohibitedIn(state), ...own }] : []),
    ...(state.seed.serviceControlPolicies ?? [])
      .filter(({ targetIds }) => targetIds.includes(targetId))
      .map(({ name, document }) => ({ name, document: textOf(document), ...own })),
  ];
}

const prohibitedIn = ({ seed }: OrganizationState): NamedPolicy => ({
  ...roleChangeProhibited,
  document: documentIn(seed, roleChangeProhibited.document),
});

/** Every call of every account is judged by it. */
const texts = new WeakMap<object, string>();

function textOf(document: object): string {
  const text = texts.get(document) ?? JSON.stringify(document);
  texts.set(document, text);
  return text;
}

/** AWS draws it; here it follows from the name. */
export const policyId = ({ name, ofAws }: Pick<PolicyOfOrganization, 'name' | 'ofAws'>): string =>
  ofAws ? `p-${name}` : `p-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;

/** From the root down to the account itself; an account is bound by every level (none binds the management account). */
export function scpLevels(state: OrganizationState, accountId: string): readonly ScpLevel[] {
  if (accountId === state.seed.managementAccountId) {
    return [];
  }
  return ancestry(state, accountId).map((id) => ({
    id,
    policies: attachedTo(state, id).map(({ name, document }) => ({ name, document })),
  }));
}
