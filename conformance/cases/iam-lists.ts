import { answers, asMember, type CaseGroup, refuses, type Step } from '../case';
import { absent, count, excludes, includes, matches, text, type Pattern } from '../pattern';

const ROLE = { RoleName: '{{unique}}' };
const statement = (more: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
const TRUST = statement({ Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });
const READS = statement({ Action: 's3:ListAllMyBuckets', Resource: '*' });
const ROLE_MADE = answers('CreateRole', { ...ROLE, AssumeRolePolicyDocument: TRUST });
const ROLE_GONE = answers('DeleteRole', ROLE);

const AWS = (name: string): string => `arn:{{partition}}:iam::aws:policy/${name}`;
const MANAGED = [AWS('ReadOnlyAccess'), AWS('job-function/Billing'), AWS('SecurityAudit')];
const put = (PolicyName: string): Step => answers('PutRolePolicy', { ...ROLE, PolicyName, PolicyDocument: READS });
const withoutInline = (PolicyName: string): Step => answers('DeleteRolePolicy', { ...ROLE, PolicyName });

/** The first page of one item, and the second with what is left. */
const paged = (call: string, input: object, list: string, firstId: string, left: number): readonly Step[] => [
  answers(call, { ...input, MaxItems: 1 }, { [list]: count(1), IsTruncated: true, Marker: text }, { save: 'page' }),
  answers(
    call,
    { ...input, MaxItems: 100, Marker: '{{page.Marker}}' },
    { [list]: count(left), IsTruncated: false, Marker: absent },
  ),
  answers(
    call,
    { ...input, MaxItems: 100, Marker: '{{page.Marker}}' },
    { [list]: excludes(`{{page.${list}.0${firstId}}}`) },
  ),
  refuses(call, { ...input, Marker: 'nothing' }, 'ValidationError'),
  refuses(call, { ...input, MaxItems: 0 }, 'ValidationError'),
  refuses(call, { ...input, MaxItems: 1001 }, 'ValidationError'),
];

const POLICY_DEFAULTS = {
  MinimumPasswordLength: 6,
  RequireSymbols: false,
  RequireNumbers: false,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
  AllowUsersToChangePassword: false,
  ExpirePasswords: false,
  MaxPasswordAge: absent,
  PasswordReusePrevention: absent,
} satisfies Pattern;

const simulated = (decisions: Readonly<Record<string, string>>): Step =>
  answers(
    'SimulatePrincipalPolicy',
    {
      PolicySourceArn: 'arn:{{partition}}:iam::{{member}}:role/{{unique}}',
      ActionNames: Object.keys(decisions),
    },
    {
      EvaluationResults: Object.entries(decisions).map(([EvalActionName, EvalDecision]) => ({
        EvalActionName,
        EvalDecision,
      })),
    },
    { within: 60 },
  );

export const iamLists: CaseGroup = {
  service: 'iam',
  cases: [
    {
      name: 'inline policies come page by page',
      evidence: 'IAM API_ListRolePolicies: MaxItems, Marker',
      steps: [ROLE_MADE, ...['one', 'two', 'three'].map(put), ...paged('ListRolePolicies', ROLE, 'PolicyNames', '', 2)],
      cleanup: [...['one', 'two', 'three'].map(withoutInline), ROLE_GONE],
    },
    {
      name: 'attached policies come page by page, and by their path',
      evidence: 'IAM API_ListAttachedRolePolicies: MaxItems, Marker, PathPrefix',
      steps: [
        ROLE_MADE,
        ...MANAGED.map((PolicyArn) => answers('AttachRolePolicy', { ...ROLE, PolicyArn })),
        answers(
          'ListAttachedRolePolicies',
          { ...ROLE, MaxItems: 2 },
          { AttachedPolicies: count(2), IsTruncated: true, Marker: text },
          { save: 'page' },
        ),
        answers(
          'ListAttachedRolePolicies',
          { ...ROLE, Marker: '{{page.Marker}}' },
          {
            AttachedPolicies: excludes({ PolicyArn: '{{page.AttachedPolicies.0.PolicyArn}}' }),
            IsTruncated: false,
            Marker: absent,
          },
        ),
        answers('ListAttachedRolePolicies', { ...ROLE, Marker: '{{page.Marker}}' }, { AttachedPolicies: count(1) }),
        refuses('ListAttachedRolePolicies', { ...ROLE, Marker: 'nothing' }, 'ValidationError'),
      ],
      cleanup: [...MANAGED.map((PolicyArn) => answers('DetachRolePolicy', { ...ROLE, PolicyArn })), ROLE_GONE],
    },
    {
      name: 'managed policies come page by page, and by their path',
      evidence: 'IAM API_ListPolicies: Scope, PathPrefix, MaxItems, Marker',
      steps: [
        answers(
          'CreatePolicy',
          { PolicyName: '{{unique}}', Path: '/{{unique}}/', PolicyDocument: READS },
          {},
          { save: 'one' },
        ),
        answers(
          'CreatePolicy',
          { PolicyName: '{{unique}}-b', Path: '/{{unique}}/', PolicyDocument: READS },
          {},
          { save: 'two' },
        ),
        answers(
          'ListPolicies',
          { Scope: 'Local', PathPrefix: '/{{unique}}/' },
          {
            Policies: includes({ Arn: '{{one.Policy.Arn}}' }, { Arn: '{{two.Policy.Arn}}' }),
            IsTruncated: false,
          },
        ),
        answers(
          'ListPolicies',
          { Scope: 'Local', PathPrefix: '/{{unique}}/', MaxItems: 1 },
          { Policies: count(1), IsTruncated: true, Marker: text },
          { save: 'page' },
        ),
        answers(
          'ListPolicies',
          { Scope: 'Local', PathPrefix: '/{{unique}}/', Marker: '{{page.Marker}}' },
          { Policies: excludes({ Arn: '{{page.Policies.0.Arn}}' }), IsTruncated: false },
        ),
        answers('ListPolicies', { Scope: 'Local', PathPrefix: '/{{unique}}-nothing/' }, { Policies: count(0) }),
        refuses('ListPolicies', { Scope: 'Some' }, 'ValidationError'),
      ],
      cleanup: [
        answers('DeletePolicy', { PolicyArn: '{{one.Policy.Arn}}' }),
        answers('DeletePolicy', { PolicyArn: '{{two.Policy.Arn}}' }),
      ],
    },
    {
      name: 'signs that a URL does not have are encoded in capital letters',
      evidence: 'IAM API_GetRolePolicy: URL-encoded compliant with RFC 3986, section 2.1',
      steps: [
        ROLE_MADE,
        answers('PutRolePolicy', {
          ...ROLE,
          PolicyName: 'one',
          PolicyDocument: statement({ Sid: 'One', Action: 's3:*', Resource: "arn:aws:s3:::a/(b)!'" }),
        }),
        answers('GetRolePolicy', { ...ROLE, PolicyName: 'one' }, { PolicyDocument: matches(/s3%3A%2A/u) }),
        answers('GetRolePolicy', { ...ROLE, PolicyName: 'one' }, { PolicyDocument: matches(/a%2F%28b%29%21%27/u) }),
      ],
      cleanup: [withoutInline('one'), ROLE_GONE],
    },
    {
      name: 'an account has no password policy, until it is given one, and what is left out has its default',
      evidence: 'IAM API_UpdateAccountPasswordPolicy, API_GetAccountPasswordPolicy',
      steps: asMember([
        refuses('GetAccountPasswordPolicy', {}, 'NoSuchEntityException'),
        answers('UpdateAccountPasswordPolicy', {
          MinimumPasswordLength: 14,
          RequireSymbols: true,
          RequireNumbers: true,
          RequireUppercaseCharacters: true,
          RequireLowercaseCharacters: true,
          AllowUsersToChangePassword: true,
          MaxPasswordAge: 90,
          PasswordReusePrevention: 24,
        }),
        answers(
          'GetAccountPasswordPolicy',
          {},
          {
            PasswordPolicy: {
              MinimumPasswordLength: 14,
              RequireSymbols: true,
              RequireNumbers: true,
              RequireUppercaseCharacters: true,
              RequireLowercaseCharacters: true,
              AllowUsersToChangePassword: true,
              ExpirePasswords: true,
              MaxPasswordAge: 90,
              PasswordReusePrevention: 24,
            },
          },
        ),
        answers('UpdateAccountPasswordPolicy', {}),
        answers('GetAccountPasswordPolicy', {}, { PasswordPolicy: POLICY_DEFAULTS }),
        answers('UpdateAccountPasswordPolicy', {
          MinimumPasswordLength: 128,
          RequireSymbols: false,
          RequireNumbers: true,
          AllowUsersToChangePassword: false,
        }),
        answers(
          'GetAccountPasswordPolicy',
          {},
          {
            PasswordPolicy: { ...POLICY_DEFAULTS, MinimumPasswordLength: 128, RequireNumbers: true },
          },
        ),
        answers('UpdateAccountPasswordPolicy', {}),
        refuses('UpdateAccountPasswordPolicy', { MinimumPasswordLength: 5 }, 'ValidationError'),
        refuses('UpdateAccountPasswordPolicy', { MinimumPasswordLength: 129 }, 'ValidationError'),
        refuses('UpdateAccountPasswordPolicy', { MaxPasswordAge: 1096 }, 'ValidationError'),
        refuses('UpdateAccountPasswordPolicy', { PasswordReusePrevention: 25 }, 'ValidationError'),
        answers('GetAccountPasswordPolicy', {}, { PasswordPolicy: { MinimumPasswordLength: 6 } }),
      ]),
      cleanup: asMember([answers('DeleteAccountPasswordPolicy')]),
    },
    {
      name: 'what a role may do follows its policies, its boundary and a denial',
      evidence: 'IAM UserGuide reference_policies_evaluation-logic, access_policies_boundaries',
      steps: asMember([
        ROLE_MADE,
        answers('CreatePolicy', { PolicyName: '{{unique}}', PolicyDocument: READS }, {}, { save: 'policy' }),
        answers('AttachRolePolicy', { ...ROLE, PolicyArn: AWS('AdministratorAccess') }),
        simulated({ 's3:ListAllMyBuckets': 'allowed', 's3:CreateBucket': 'allowed' }),
        answers('PutRolePermissionsBoundary', { ...ROLE, PermissionsBoundary: '{{policy.Policy.Arn}}' }),
        simulated({ 's3:ListAllMyBuckets': 'allowed', 's3:CreateBucket': 'implicitDeny' }),
        answers('DeleteRolePermissionsBoundary', ROLE),
        simulated({ 's3:ListAllMyBuckets': 'allowed', 's3:CreateBucket': 'allowed' }),
        answers('PutRolePolicy', { ...ROLE, PolicyName: 'one', PolicyDocument: READS.replace('Allow', 'Deny') }),
        simulated({ 's3:ListAllMyBuckets': 'explicitDeny', 's3:CreateBucket': 'allowed' }),
        answers('PutRolePolicy', {
          ...ROLE,
          PolicyName: 'one',
          PolicyDocument: statement({ Action: 's3:CreateBucket', Resource: '*' }),
        }),
        simulated({ 's3:ListAllMyBuckets': 'allowed', 's3:CreateBucket': 'allowed' }),
        answers('DetachRolePolicy', { ...ROLE, PolicyArn: AWS('AdministratorAccess') }),
        simulated({ 's3:ListAllMyBuckets': 'implicitDeny', 's3:CreateBucket': 'allowed' }),
      ]),
      cleanup: asMember([
        answers('DetachRolePolicy', { ...ROLE, PolicyArn: AWS('AdministratorAccess') }),
        withoutInline('one'),
        ROLE_GONE,
        answers('DeletePolicy', { PolicyArn: '{{policy.Policy.Arn}}' }),
      ]),
    },
    {
      name: 'a managed policy counts as its default version says',
      evidence: 'IAM API_CreatePolicyVersion: SetAsDefault; access_policies_managed-versioning',
      steps: asMember([
        answers('CreatePolicy', { PolicyName: '{{unique}}', PolicyDocument: READS }, {}, { save: 'policy' }),
        ROLE_MADE,
        answers('AttachRolePolicy', { ...ROLE, PolicyArn: '{{policy.Policy.Arn}}' }),
        simulated({ 's3:ListAllMyBuckets': 'allowed', 's3:CreateBucket': 'implicitDeny' }),
        answers('CreatePolicyVersion', {
          PolicyArn: '{{policy.Policy.Arn}}',
          PolicyDocument: statement({ Action: 's3:CreateBucket', Resource: '*' }),
        }),
        simulated({ 's3:ListAllMyBuckets': 'allowed', 's3:CreateBucket': 'implicitDeny' }),
        answers('SetDefaultPolicyVersion', { PolicyArn: '{{policy.Policy.Arn}}', VersionId: 'v2' }),
        simulated({ 's3:ListAllMyBuckets': 'implicitDeny', 's3:CreateBucket': 'allowed' }),
      ]),
      cleanup: asMember([
        answers('DetachRolePolicy', { ...ROLE, PolicyArn: '{{policy.Policy.Arn}}' }),
        ROLE_GONE,
        answers('SetDefaultPolicyVersion', { PolicyArn: '{{policy.Policy.Arn}}', VersionId: 'v1' }),
        answers('DeletePolicyVersion', { PolicyArn: '{{policy.Policy.Arn}}', VersionId: 'v2' }),
        answers('DeletePolicy', { PolicyArn: '{{policy.Policy.Arn}}' }),
      ]),
    },
  ],
};
