import { answers, asMember, asRole, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { includes, matches, type Pattern } from '../pattern';
import { METADATA } from './iam-policies';
import { documentOf, limited, may, mayNot, OWN_ROLE, POLICY, ROLE, TRUST } from './limited-rights/role';

const AWS = (name: string): string => `arn:{{partition}}:iam::aws:policy/${name}`;
const POLICY_ARN = 'arn:{{partition}}:iam::{{management}}:policy/{{unique}}';
const put = (...rights: Parameters<typeof documentOf>[0]): Step =>
  answers('PutRolePolicy', { ...POLICY, PolicyDocument: documentOf(rights) });
/** What two policies in a row allow is allowed while one takes the place of the other. */
const still = (call: string, input: Step['input'] = {}): readonly Step[] => asRole([answers(call, input)]);
const no = mayNot('AccessDenied');
const notAnyMore = (call: string, input: Step['input'] = {}): readonly Step[] =>
  asRole([refuses(call, input, 'AccessDenied', { within: 120 })]);
const denying = (Action: string, more = {}): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action, Resource: '*', ...more }] });

const providerNamed = (name: string): string => `arn:{{partition}}:iam::{{management}}:saml-provider/${name}`;
const ofProvider = (name: string) => ({ SAMLProviderArn: providerNamed(name) });

const SOURCE = 'arn:{{partition}}:iam::{{member}}:role/{{unique}}';
const BUCKETS = ['arn:aws:s3:::one/a', 'arn:aws:s3:::two/a'];
const simulated = (input: object, decisions: readonly Pattern[]): Step =>
  answers(
    'SimulatePrincipalPolicy',
    { PolicySourceArn: SOURCE, ...input },
    { EvaluationResults: includes(...decisions) },
    { within: 60 },
  );

const BOTH = ['iam:CreateAccountAlias', 'iam:ListAccountAliases'];
const movedMember = (SourceParentId: string, DestinationParentId: string): Step =>
  answers('organizations:MoveAccount', { AccountId: '{{member}}', SourceParentId, DestinationParentId });

const inTime: readonly ConformanceCase[] = [
  limited(
    'what both the old and the new policy allow is allowed all the time',
    'IAM UserGuide troubleshoot: a change is visible everywhere after a while; API_PutRolePolicy: replaces',
    [{ Action: ['iam:GetRole', 'iam:ListRoles'] }],
    {
      steps: [may('GetRole', ROLE), may('ListRoles', {})],
      after: [
        put({ Action: ['iam:GetRole', 'iam:ListPolicies'] }),
        ...still('GetRole', ROLE),
        put({ Action: ['iam:GetRole', 'iam:ListAccountAliases'] }),
        ...still('GetRole', ROLE),
        ...asRole([may('ListAccountAliases', {})]),
        ...notAnyMore('ListRoles'),
        ...notAnyMore('ListPolicies'),
        put({ Action: ['iam:GetRole', 'iam:ListAccountAliases'] }),
        ...still('ListAccountAliases'),
      ],
    },
  ),
  limited(
    'a managed policy that is attached again is in force all the time, and one that is detached is not',
    'IAM API_AttachRolePolicy, API_DetachRolePolicy',
    [{ Action: 'iam:GetRole' }],
    {
      steps: [may('GetRole', ROLE), no('ListRoles')],
      after: [
        answers('AttachRolePolicy', { ...ROLE, PolicyArn: AWS('job-function/Billing') }),
        answers('AttachRolePolicy', { ...ROLE, PolicyArn: AWS('IAMReadOnlyAccess') }),
        ...asRole([may('ListRoles', {})]),
        answers('AttachRolePolicy', { ...ROLE, PolicyArn: AWS('IAMReadOnlyAccess') }),
        ...still('ListRoles'),
        answers('DetachRolePolicy', { ...ROLE, PolicyArn: AWS('IAMReadOnlyAccess') }),
        ...notAnyMore('ListRoles'),
        ...still('GetRole', ROLE),
      ],
      cleanup: ['IAMReadOnlyAccess', 'job-function/Billing'].map((name) =>
        answers('DetachRolePolicy', { ...ROLE, PolicyArn: AWS(name) }),
      ),
    },
  ),
  limited(
    'a role has the rights of the version that counts, whichever was made last',
    'IAM UserGuide access_policies_managed-versioning; API_SetDefaultPolicyVersion',
    [{ Action: 'iam:GetRole' }],
    {
      before: [
        answers('CreatePolicy', {
          PolicyName: '{{unique}}',
          PolicyDocument: documentOf([{ Action: 'iam:ListRoles' }]),
        }),
      ],
      steps: [no('ListRoles')],
      after: [
        answers('AttachRolePolicy', { ...ROLE, PolicyArn: POLICY_ARN }),
        ...asRole([may('ListRoles', {})]),
        answers('CreatePolicyVersion', {
          PolicyArn: POLICY_ARN,
          SetAsDefault: true,
          PolicyDocument: documentOf([{ Action: ['iam:ListRoles', 'iam:ListPolicies'] }]),
        }),
        ...still('ListRoles'),
        ...asRole([may('ListPolicies', {})]),
        answers('CreatePolicyVersion', { PolicyArn: POLICY_ARN, PolicyDocument: denying('iam:*') }),
        ...still('ListPolicies'),
        answers('SetDefaultPolicyVersion', { PolicyArn: POLICY_ARN, VersionId: 'v1' }),
        ...notAnyMore('ListPolicies'),
        ...still('ListRoles'),
        answers('SetDefaultPolicyVersion', { PolicyArn: POLICY_ARN, VersionId: 'v3' }),
        ...notAnyMore('GetRole', ROLE),
      ],
      cleanup: [
        answers('DetachRolePolicy', { ...ROLE, PolicyArn: POLICY_ARN }),
        answers('SetDefaultPolicyVersion', { PolicyArn: POLICY_ARN, VersionId: 'v1' }),
        answers('DeletePolicyVersion', { PolicyArn: POLICY_ARN, VersionId: 'v2' }),
        answers('DeletePolicyVersion', { PolicyArn: POLICY_ARN, VersionId: 'v3' }),
        answers('DeletePolicy', { PolicyArn: POLICY_ARN }),
      ],
    },
  ),
  limited(
    'a denial is stronger than any right',
    'IAM UserGuide reference_policies_evaluation-logic: explicit deny',
    [{ Action: 'iam:*' }],
    {
      steps: [may('GetRole', ROLE), may('ListRoles', {})],
      after: [
        answers('PutRolePolicy', { ...ROLE, PolicyName: 'denial', PolicyDocument: denying('iam:ListRoles') }),
        ...notAnyMore('ListRoles'),
        ...still('GetRole', ROLE),
        answers('AttachRolePolicy', { ...ROLE, PolicyArn: AWS('AdministratorAccess') }),
        answers('ListRoles', {}, {}, { after: 60 }),
        ...notAnyMore('ListRoles'),
        answers('DeleteRolePolicy', { ...ROLE, PolicyName: 'denial' }),
        ...asRole([may('ListRoles', {})]),
      ],
      cleanup: [
        answers('DetachRolePolicy', { ...ROLE, PolicyArn: AWS('AdministratorAccess') }),
        answers('DeleteRolePolicy', { ...ROLE, PolicyName: 'denial' }),
      ],
    },
  ),
  limited(
    'a boundary gives no right of its own, and is as its default version says',
    'IAM UserGuide access_policies_boundaries: a boundary does not grant permissions on its own',
    [{ Action: ['iam:GetRole', 'iam:ListRoles'] }],
    {
      before: [
        answers('CreatePolicy', {
          PolicyName: '{{unique}}',
          PolicyDocument: documentOf([{ Action: ['iam:GetRole', 'iam:ListPolicies'] }]),
        }),
      ],
      steps: [may('ListRoles', {})],
      after: [
        answers('PutRolePermissionsBoundary', { ...ROLE, PermissionsBoundary: POLICY_ARN }),
        ...notAnyMore('ListRoles'),
        ...asRole([may('GetRole', ROLE), no('ListPolicies')]),
        answers('PutRolePermissionsBoundary', { ...ROLE, PermissionsBoundary: AWS('IAMFullAccess') }),
        ...asRole([may('ListRoles', {}), no('ListPolicies')]),
        answers('DeleteRolePermissionsBoundary', ROLE),
        ...asRole([may('ListRoles', {}), no('ListPolicies')]),
      ],
      cleanup: [
        answers('DeleteRolePermissionsBoundary', ROLE),
        // A policy that a role has for its boundary is not deleted.
        answers('DeletePolicy', { PolicyArn: POLICY_ARN }, {}, { within: 60 }),
      ],
    },
  ),
];

const named: readonly ConformanceCase[] = [
  limited(
    'actions are named in any case, and by parts',
    'IAM UserGuide reference_policies_elements_action: not case sensitive, wildcards',
    [{ Action: ['IAM:getrole', 'iam:List?oles', 'iam:*Aliases'] }],
    {
      steps: [
        may('GetRole', ROLE),
        may('ListRoles', {}),
        may('ListAccountAliases', {}),
        no('ListPolicies'),
        no('GetAccountPasswordPolicy'),
      ],
    },
  ),
  limited(
    'a right to roles of one path is none to those of another',
    'IAM UserGuide reference_identifiers: paths and wildcards; reference_policies_elements_resource',
    [
      {
        Action: ['iam:CreateRole', 'iam:GetRole', 'iam:DeleteRole'],
        Resource: 'arn:{{partition}}:iam::{{management}}:role/{{unique}}/*',
      },
    ],
    {
      steps: [
        may('CreateRole', { RoleName: '{{unique}}-b', Path: '/{{unique}}/', AssumeRolePolicyDocument: TRUST }),
        may('GetRole', { RoleName: '{{unique}}-b' }),
        no('CreateRole', { RoleName: '{{unique}}-c', AssumeRolePolicyDocument: TRUST }),
        no('CreateRole', { RoleName: '{{unique}}-c', Path: '/other/', AssumeRolePolicyDocument: TRUST }),
        no('GetRole', ROLE),
        no('DeleteRole', ROLE),
        may('DeleteRole', { RoleName: '{{unique}}-b' }),
      ],
      cleanup: [
        answers('DeleteRole', { RoleName: '{{unique}}-b' }),
        answers('DeleteRole', { RoleName: '{{unique}}-c' }),
      ],
    },
  ),
  limited(
    'a role with a boundary is changed by those who may change such roles',
    'IAM UserGuide access_policies_boundaries: iam:PermissionsBoundary; ServiceAuthorization: AttachRolePolicy',
    [
      {
        Action: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy', 'iam:DeleteRolePermissionsBoundary'],
        Resource: `${OWN_ROLE}-other`,
        Condition: { ArnEquals: { 'iam:PermissionsBoundary': AWS('ReadOnlyAccess') } },
      },
    ],
    {
      before: [answers('CreateRole', { RoleName: '{{unique}}-other', AssumeRolePolicyDocument: TRUST })],
      steps: [no('AttachRolePolicy', { RoleName: '{{unique}}-other', PolicyArn: AWS('SecurityAudit') })],
      after: [
        answers('PutRolePermissionsBoundary', {
          RoleName: '{{unique}}-other',
          PermissionsBoundary: AWS('ReadOnlyAccess'),
        }),
        ...asRole([
          may('AttachRolePolicy', { RoleName: '{{unique}}-other', PolicyArn: AWS('SecurityAudit') }),
          may('DetachRolePolicy', { RoleName: '{{unique}}-other', PolicyArn: AWS('SecurityAudit') }),
          may('DeleteRolePermissionsBoundary', { RoleName: '{{unique}}-other' }),
        ]),
        ...notAnyMore('DetachRolePolicy', { RoleName: '{{unique}}-other', PolicyArn: AWS('SecurityAudit') }),
      ],
      cleanup: [
        answers('DetachRolePolicy', { RoleName: '{{unique}}-other', PolicyArn: AWS('SecurityAudit') }),
        answers('DeleteRole', { RoleName: '{{unique}}-other' }),
      ],
    },
  ),
  limited(
    'a right to one SAML provider is none to another',
    'ServiceAuthorization list_awsidentityandaccessmanagement: CreateSAMLProvider, saml-provider*',
    [
      {
        Action: ['iam:CreateSAMLProvider', 'iam:GetSAMLProvider', 'iam:UpdateSAMLProvider', 'iam:DeleteSAMLProvider'],
        Resource: providerNamed('{{unique}}'),
      },
    ],
    {
      before: [answers('CreateSAMLProvider', { Name: '{{unique}}-b', SAMLMetadataDocument: METADATA })],
      steps: [
        may('CreateSAMLProvider', { Name: '{{unique}}', SAMLMetadataDocument: METADATA }),
        may('GetSAMLProvider', ofProvider('{{unique}}')),
        refuses(
          'UpdateSAMLProvider',
          { ...ofProvider('{{unique}}'), SAMLMetadataDocument: 'm'.repeat(1200) },
          'InvalidInputException',
          { within: 120 },
        ),
        no('CreateSAMLProvider', { Name: '{{unique}}-c', SAMLMetadataDocument: METADATA }),
        no('GetSAMLProvider', ofProvider('{{unique}}-b')),
        no('UpdateSAMLProvider', { ...ofProvider('{{unique}}-b'), SAMLMetadataDocument: METADATA }),
        no('DeleteSAMLProvider', ofProvider('{{unique}}-b')),
        may('DeleteSAMLProvider', ofProvider('{{unique}}')),
      ],
      cleanup: ['{{unique}}', '{{unique}}-b', '{{unique}}-c'].map((name) =>
        answers('DeleteSAMLProvider', ofProvider(name)),
      ),
    },
  ),
  limited(
    'what a role may do is simulated by those who may ask about it',
    'ServiceAuthorization list_awsidentityandaccessmanagement: SimulatePrincipalPolicy, role*',
    [{ Action: 'iam:SimulatePrincipalPolicy', Resource: OWN_ROLE }],
    {
      steps: [
        may(
          'SimulatePrincipalPolicy',
          {
            PolicySourceArn: OWN_ROLE,
            ResourceArns: [OWN_ROLE],
            ActionNames: ['iam:SimulatePrincipalPolicy', 'iam:GetRole'],
          },
          { EvaluationResults: [{ EvalDecision: 'allowed' }, { EvalDecision: 'implicitDeny' }] },
        ),
        no('SimulatePrincipalPolicy', { PolicySourceArn: `${OWN_ROLE}-b`, ActionNames: ['iam:GetRole'] }),
      ],
    },
  ),
  {
    name: 'what a policy of services denies in an account is denied in a simulation, too',
    evidence: 'IAM API_SimulatePrincipalPolicy, access_policies_testing-policies: service control policies in scope',
    steps: [
      ...asMember([
        answers('CreateRole', { ...ROLE, AssumeRolePolicyDocument: TRUST }),
        answers('PutRolePolicy', { ...POLICY, PolicyDocument: documentOf([{ Action: 'iam:*' }]) }),
        simulated({ ActionNames: BOTH }, [
          { EvalActionName: 'iam:CreateAccountAlias', EvalDecision: 'allowed' },
          { EvalActionName: 'iam:ListAccountAliases', EvalDecision: 'allowed' },
        ]),
      ]),
      movedMember('{{root}}', '{{guardedInnerId}}'),
      ...asMember([
        simulated({ ActionNames: BOTH }, [
          { EvalActionName: 'iam:CreateAccountAlias', EvalDecision: matches(/^(?:explicit|implicit)Deny$/u) },
          { EvalActionName: 'iam:ListAccountAliases', EvalDecision: 'allowed' },
        ]),
      ]),
      movedMember('{{guardedInnerId}}', '{{root}}'),
      ...asMember([
        simulated({ ActionNames: BOTH }, [{ EvalActionName: 'iam:CreateAccountAlias', EvalDecision: 'allowed' }]),
      ]),
    ],
    cleanup: [
      movedMember('{{guardedInnerId}}', '{{root}}'),
      ...asMember([answers('DeleteRolePolicy', POLICY), answers('DeleteRole', ROLE)]),
    ],
  },
  {
    name: 'what may be done is simulated for each resource, and with the conditions that are given',
    evidence: 'IAM API_SimulatePrincipalPolicy: ResourceArns, ContextEntries',
    steps: asMember([
      answers('CreateRole', { ...ROLE, AssumeRolePolicyDocument: TRUST }),
      answers('PutRolePolicy', {
        ...POLICY,
        PolicyDocument: documentOf([
          { Action: 's3:GetObject', Resource: 'arn:aws:s3:::one/*' },
          { Action: 's3:PutObject', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'shop' } } },
        ]),
      }),
      simulated({ ActionNames: ['s3:GetObject', 's3:DeleteObject'], ResourceArns: BUCKETS }, [
        { EvalActionName: 's3:GetObject', EvalResourceName: BUCKETS[0] ?? '', EvalDecision: 'allowed' },
        { EvalActionName: 's3:GetObject', EvalResourceName: BUCKETS[1] ?? '', EvalDecision: 'implicitDeny' },
        { EvalActionName: 's3:DeleteObject', EvalResourceName: BUCKETS[0] ?? '', EvalDecision: 'implicitDeny' },
        { EvalActionName: 's3:DeleteObject', EvalResourceName: BUCKETS[1] ?? '', EvalDecision: 'implicitDeny' },
      ]),
      ...['shop', 'bakery'].map((team) =>
        simulated(
          {
            ActionNames: ['s3:PutObject'],
            ContextEntries: [
              { ContextKeyName: 'aws:PrincipalTag/team', ContextKeyType: 'string', ContextKeyValues: [team] },
            ],
          },
          [{ EvalResourceName: '*', EvalDecision: team === 'shop' ? 'allowed' : 'implicitDeny' }],
        ),
      ),
    ]),
    cleanup: asMember([answers('DeleteRolePolicy', POLICY), answers('DeleteRole', ROLE)]),
  },
];

/** What a role may do at each moment, and what its policies mean. */
export const policiesInForce: CaseGroup = { service: 'iam', cases: [...inTime, ...named] };
