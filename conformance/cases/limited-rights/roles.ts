import { answers, asRole, type CaseGroup, type ConformanceCase, inSession, refuses, type Step } from '../../case';
import { matches } from '../../pattern';
import { documentOf, limited, may, mayNot, OWN_ROLE, POLICY, ROLE, TRUST } from './role';

const OTHER = { RoleName: '{{unique}}-other' };
const OTHER_ARN = `${OWN_ROLE}-other`;
const READ_ONLY = 'arn:{{partition}}:iam::aws:policy/ReadOnlyAccess';
const BILLING = 'arn:{{partition}}:iam::aws:policy/job-function/Billing';
const OTHER_MADE = answers('iam:CreateRole', { ...OTHER, AssumeRolePolicyDocument: TRUST });
const OTHER_GONE: readonly Step[] = [
  answers('iam:DetachRolePolicy', { ...OTHER, PolicyArn: BILLING }),
  answers('iam:DetachRolePolicy', { ...OTHER, PolicyArn: READ_ONLY }),
  answers('iam:DeleteRolePolicy', { ...OTHER, PolicyName: 'one' }),
  answers('iam:DeleteRole', OTHER),
];
const NOTHING = documentOf([{ Action: 's3:ListAllMyBuckets' }]);
const refusedByIam = mayNot('AccessDenied');

const iam: readonly ConformanceCase[] = [
  limited(
    'a right to one role is none to another',
    'ServiceAuthorization list_awsidentityandaccessmanagement: GetRole, role*',
    [
      {
        Action: ['iam:GetRole', 'iam:ListRolePolicies', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies'],
        Resource: OWN_ROLE,
      },
    ],
    {
      before: [OTHER_MADE],
      steps: [
        may('GetRole', ROLE),
        may('ListRolePolicies', ROLE, { PolicyNames: ['limited'] }),
        may('GetRolePolicy', POLICY),
        may('ListAttachedRolePolicies', ROLE),
        refusedByIam('GetRole', OTHER),
        refusedByIam('ListRolePolicies', OTHER),
        refusedByIam('GetRolePolicy', { ...OTHER, PolicyName: 'one' }),
        refusedByIam('ListAttachedRolePolicies', OTHER),
        refusedByIam('DeleteRole', OTHER),
      ],
      cleanup: OTHER_GONE,
    },
  ),
  limited(
    'a right to attach can be one to some policies alone',
    'IAM UserGuide reference_policies_iam-condition-keys: iam:PolicyARN',
    [
      {
        Action: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
        Resource: OTHER_ARN,
        Condition: { ArnEquals: { 'iam:PolicyARN': BILLING } },
      },
    ],
    {
      before: [OTHER_MADE],
      steps: [
        may('AttachRolePolicy', { ...OTHER, PolicyArn: BILLING }),
        refusedByIam('AttachRolePolicy', { ...OTHER, PolicyArn: READ_ONLY }),
        refusedByIam('AttachRolePolicy', { ...ROLE, PolicyArn: BILLING }),
        may('DetachRolePolicy', { ...OTHER, PolicyArn: BILLING }),
      ],
      cleanup: OTHER_GONE,
    },
  ),
  limited(
    'a right to a role can be one to roles with a boundary alone',
    'IAM UserGuide access_policies_boundaries: iam:PermissionsBoundary',
    [
      {
        Action: ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary', 'iam:DeleteRolePolicy'],
        Resource: OTHER_ARN,
        Condition: { ArnEquals: { 'iam:PermissionsBoundary': READ_ONLY } },
      },
    ],
    {
      steps: [
        may('CreateRole', { ...OTHER, AssumeRolePolicyDocument: TRUST, PermissionsBoundary: READ_ONLY }),
        may('PutRolePolicy', { ...OTHER, PolicyName: 'one', PolicyDocument: NOTHING }),
        refusedByIam('PutRolePermissionsBoundary', { ...OTHER, PermissionsBoundary: BILLING }),
        may('PutRolePermissionsBoundary', { ...OTHER, PermissionsBoundary: READ_ONLY }),
        refusedByIam('DeleteRolePermissionsBoundary', OTHER),
      ],
      after: [
        answers('PutRolePermissionsBoundary', { ...OTHER, PermissionsBoundary: BILLING }),
        ...asRole([refuses('DeleteRolePolicy', { ...OTHER, PolicyName: 'one' }, 'AccessDenied', { within: 120 })]),
        answers('GetRolePolicy', { ...OTHER, PolicyName: 'one' }),
      ],
      cleanup: OTHER_GONE,
    },
  ),
  limited(
    'a right to one policy is none to another',
    'ServiceAuthorization list_awsidentityandaccessmanagement: CreatePolicy, GetPolicy, policy*',
    [
      {
        Action: ['iam:CreatePolicy', 'iam:GetPolicy', 'iam:CreatePolicyVersion', 'iam:GetPolicyVersion'],
        Resource: 'arn:{{partition}}:iam::{{management}}:policy/{{unique}}',
      },
    ],
    {
      steps: [
        may('CreatePolicy', { PolicyName: '{{unique}}', PolicyDocument: NOTHING }, {}, 'policy'),
        may('GetPolicy', { PolicyArn: '{{policy.Policy.Arn}}' }),
        may('GetPolicyVersion', { PolicyArn: '{{policy.Policy.Arn}}', VersionId: 'v1' }),
        refusedByIam('CreatePolicy', { PolicyName: '{{unique}}-b', PolicyDocument: NOTHING }),
        refusedByIam('CreatePolicy', { PolicyName: '{{unique}}', Path: '/b/', PolicyDocument: NOTHING }),
        refusedByIam('GetPolicy', { PolicyArn: '{{policy.Policy.Arn}}-b' }),
        refusedByIam('DeletePolicy', { PolicyArn: '{{policy.Policy.Arn}}' }),
      ],
      cleanup: [answers('iam:DeletePolicy', { PolicyArn: '{{policy.Policy.Arn}}' })],
    },
  ),
  limited(
    'a boundary is the most that a role may do',
    'IAM UserGuide access_policies_boundaries',
    [{ Action: ['iam:GetRole', 'iam:ListRoles'] }],
    {
      steps: [may('GetRole', ROLE), may('ListRoles', {})],
      after: [
        answers('PutRolePermissionsBoundary', { ...ROLE, PermissionsBoundary: BILLING }),
        ...asRole([
          refuses('GetRole', ROLE, 'AccessDenied', { within: 120 }),
          refuses('ListRoles', {}, 'AccessDenied', { within: 120 }),
        ]),
        answers('DeleteRolePermissionsBoundary', ROLE),
        ...asRole([may('GetRole', ROLE)]),
      ],
    },
  ),
  limited(
    'a right that is taken away is gone, and another is there',
    'IAM UserGuide troubleshoot: changes are not always immediately visible',
    [{ Action: 'iam:GetRole' }],
    {
      steps: [may('GetRole', ROLE), refusedByIam('ListRoles')],
      after: [
        answers('PutRolePolicy', { ...POLICY, PolicyDocument: documentOf([{ Action: 'iam:ListRoles' }]) }),
        ...asRole([may('ListRoles', {}), refuses('GetRole', ROLE, 'AccessDenied', { within: 120 })]),
      ],
    },
  ),
];

const sts: readonly ConformanceCase[] = [
  limited(
    'a role that assumes another one has it for an hour at most, however long that lasts otherwise',
    'IAM UserGuide id_roles: role chaining; 99designs/aws-vault#263',
    [{ Action: 'sts:AssumeRole', Resource: OTHER_ARN }],
    {
      before: [answers('iam:CreateRole', { ...OTHER, AssumeRolePolicyDocument: TRUST, MaxSessionDuration: 7200 })],
      steps: [
        answers(
          'AssumeRole',
          { RoleArn: OTHER_ARN, RoleSessionName: '{{unique}}', DurationSeconds: 3600 },
          {},
          { within: 120 },
        ),
        refuses(
          'AssumeRole',
          { RoleArn: OTHER_ARN, RoleSessionName: '{{unique}}', DurationSeconds: 3601 },
          'ValidationError',
        ),
        refuses(
          'AssumeRole',
          { RoleArn: `${OTHER_ARN}-nobody`, RoleSessionName: '{{unique}}', DurationSeconds: 900 },
          'AccessDenied',
        ),
      ],
      cleanup: OTHER_GONE,
    },
  ),
  limited(
    'a role assumes those that it has a right to',
    'STS API_AssumeRole; IAM UserGuide id_roles_use_permissions-to-switch; access_policies, session policies',
    [{ Action: 'sts:AssumeRole', Resource: OTHER_ARN }],
    {
      before: [OTHER_MADE],
      steps: [
        answers(
          'AssumeRole',
          { RoleArn: OTHER_ARN, RoleSessionName: '{{unique}}' },
          { AssumedRoleUser: { Arn: matches(/-other\//u) } },
          { within: 120 },
        ),
        refuses(
          'AssumeRole',
          { RoleArn: 'arn:{{partition}}:iam::{{member}}:role/OrganizationAccountAccessRole', RoleSessionName: 'one' },
          'AccessDenied',
        ),
      ],
      after: asRole([
        ...inSession({ Policy: documentOf([{ Action: 'iam:ListRoles' }]) }, [
          refuses('AssumeRole', { RoleArn: OTHER_ARN, RoleSessionName: '{{unique}}' }, 'AccessDenied'),
        ]),
        ...inSession({ Policy: documentOf([{ Action: 'sts:AssumeRole' }]) }, [
          answers('AssumeRole', { RoleArn: OTHER_ARN, RoleSessionName: '{{unique}}' }),
        ]),
      ]),
      cleanup: OTHER_GONE,
    },
  ),
];

/** What a role may do with others that may not do everything. */
export const limitedInIam: CaseGroup = { service: 'iam', cases: iam };
export const limitedInSts: CaseGroup = { service: 'sts', cases: sts };
