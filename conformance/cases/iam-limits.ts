import { answers, asMember, by, type CaseGroup, refuses, type Step } from '../case';
import { absent, count, document, excludes, includes, matches, text } from '../pattern';

const NAME = { RoleName: '{{unique}}' };
const documentOf = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const TRUSTED = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
const TRUST = documentOf(TRUSTED);
const READ = { Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' };

/** So many characters of policy, blanks aside. */
function ofLength(characters: number, statement: object = READ): string {
  const bare = documentOf({ Sid: '', ...statement });
  return bare.replace('"Sid":""', `"Sid":"${'a'.repeat(characters - bare.length)}"`);
}
const spaced = (policy: string): string => policy.replaceAll(',', ` ,\n\t`);

const AWS = (name: string): string => `arn:{{partition}}:iam::aws:policy/${name}`;
const made = (more = {}): Step => answers('CreateRole', { ...NAME, AssumeRolePolicyDocument: TRUST, ...more });
const put = (PolicyName: string, PolicyDocument: string): Step =>
  answers('PutRolePolicy', { ...NAME, PolicyName, PolicyDocument });
const withoutInline = (PolicyName: string): Step => answers('DeleteRolePolicy', { ...NAME, PolicyName });
const attached = (PolicyArn: string): Step => answers('AttachRolePolicy', { ...NAME, PolicyArn });
const detached = (PolicyArn: string): Step => answers('DetachRolePolicy', { ...NAME, PolicyArn });
const GONE = answers('DeleteRole', NAME);

const OWN = (name: string): string => `arn:{{partition}}:iam::{{management}}:policy/${name}`;
const policyMade = (PolicyName: string, more = {}): Step =>
  answers('CreatePolicy', { PolicyName, PolicyDocument: documentOf(READ), ...more });
const policyGone = (PolicyArn: string): Step => answers('DeletePolicy', { PolicyArn });

/** As many as a role can have. */
const TWENTY = Array.from({ length: 20 }, (_, index) => `{{unique}}-${index}`);
const rolesAt = (PathPrefix: string, Roles: Parameters<typeof answers>[2]): Step =>
  answers('ListRoles', { PathPrefix, MaxItems: 1000 }, Roles);
const THIS = { RoleName: '{{unique}}' };
const attachedAt = (PathPrefix: string, ...names: readonly string[]): Step =>
  answers(
    'ListAttachedRolePolicies',
    { ...NAME, PathPrefix },
    { AttachedPolicies: names.map((PolicyName) => ({ PolicyName })), IsTruncated: false },
  );
const policiesAt = (PathPrefix: string, more: Parameters<typeof answers>[2]): Step =>
  answers('ListPolicies', { Scope: 'Local', PathPrefix, MaxItems: 1000 }, more);
const tags = (length: number) => Array.from({ length }, (_, index) => ({ Key: `key${index}`, Value: '' }));
const SHORT = JSON.stringify({ Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] });
const HUNDRED_AND_ONE = Array.from({ length: 101 }, (_, index) => `p${index}`);
const LINKED = { RoleName: 'AWSServiceRoleForOrganizations' };

export const iamLimits: CaseGroup = {
  service: 'iam',
  cases: [
    {
      name: 'roles are found by what their path begins with, and not by what it ends with',
      evidence: 'IAM API_ListRoles: PathPrefix, its pattern',
      steps: [
        made({ Path: '/{{unique}}/one/' }),
        rolesAt('/{{unique}}/', { Roles: [THIS] }),
        rolesAt('/{{unique}}', { Roles: [THIS] }),
        rolesAt('/{{unique}}/one/', { Roles: [THIS] }),
        rolesAt('/one/', { Roles: excludes(THIS) }),
        rolesAt('/{{unique}}/one/two/', { Roles: count(0) }),
        rolesAt('/', { Roles: includes(THIS) }),
        refuses('ListRoles', { PathPrefix: '{{unique}}/' }, 'ValidationError'),
        refuses('ListRoles', { PathPrefix: `/${'p'.repeat(512)}` }, 'ValidationError'),
      ],
      cleanup: [GONE],
    },
    {
      name: 'attached policies are found by what their path begins with',
      evidence: 'IAM API_ListAttachedRolePolicies: PathPrefix, its pattern',
      steps: [
        made(),
        attached(AWS('ReadOnlyAccess')),
        attached(AWS('job-function/Billing')),
        attachedAt('/job-function/', 'Billing'),
        attachedAt('/function/'),
        attachedAt('/job-function/Billing/'),
        answers('ListAttachedRolePolicies', { ...NAME, PathPrefix: '/' }, { AttachedPolicies: count(2) }),
        refuses('ListAttachedRolePolicies', { ...NAME, PathPrefix: '/job-function' }, 'ValidationError'),
        refuses('ListAttachedRolePolicies', { ...NAME, PathPrefix: 'job-function/' }, 'ValidationError'),
      ],
      cleanup: [detached(AWS('ReadOnlyAccess')), detached(AWS('job-function/Billing')), GONE],
    },
    {
      name: 'managed policies are found by what their path begins with, and not by what it ends with',
      evidence: 'IAM API_ListPolicies: PathPrefix, its pattern',
      steps: [
        policyMade('{{unique}}', { Path: '/{{unique}}/one/' }),
        policiesAt('/{{unique}}/', { Policies: [{ PolicyName: '{{unique}}', Path: '/{{unique}}/one/' }] }),
        policiesAt('/one/', { Policies: excludes({ PolicyName: '{{unique}}' }) }),
        policiesAt('/', { Policies: includes({ PolicyName: '{{unique}}' }) }),
        refuses('ListPolicies', { PathPrefix: '/{{unique}}' }, 'ValidationError'),
      ],
      cleanup: [policyGone(OWN('{{unique}}/one/{{unique}}'))],
    },
    {
      name: 'a role has twenty managed policies, and no more, and one of them again is none more',
      evidence: 'IAM UserGuide reference_iam-quotas: managed policies per role; API_AttachRolePolicy: LimitExceeded',
      steps: [
        made(),
        ...TWENTY.map((name) => policyMade(name)),
        ...TWENTY.map((name) => attached(OWN(name))),
        refuses('AttachRolePolicy', { ...NAME, PolicyArn: AWS('ReadOnlyAccess') }, 'LimitExceededException'),
        attached(OWN('{{unique}}-0')),
        answers('ListAttachedRolePolicies', { ...NAME, MaxItems: 100 }, { AttachedPolicies: count(20) }),
        detached(OWN('{{unique}}-0')),
        attached(AWS('ReadOnlyAccess')),
      ],
      cleanup: [
        ...TWENTY.map((name) => detached(OWN(name))),
        detached(AWS('ReadOnlyAccess')),
        ...TWENTY.map((name) => policyGone(OWN(name))),
        GONE,
      ],
    },
    {
      name: 'inline policies have exactly 10,240 characters together, without blanks, and one that is replaced frees its own',
      evidence: 'IAM UserGuide reference_iam-quotas: role policy size, white space is not counted',
      steps: [
        made(),
        put('one', ofLength(6000)),
        put('one', ofLength(6001)),
        put('two', ofLength(4239)),
        refuses(
          'PutRolePolicy',
          { ...NAME, PolicyName: 'two', PolicyDocument: ofLength(4240) },
          'LimitExceededException',
        ),
        put('two', spaced(ofLength(4239))),
        refuses(
          'PutRolePolicy',
          { ...NAME, PolicyName: 'three', PolicyDocument: documentOf(READ) },
          'LimitExceededException',
        ),
        withoutInline('one'),
        put('three', ofLength(6001)),
      ],
      cleanup: [...['one', 'two', 'three'].map(withoutInline), GONE],
    },
    {
      name: 'a managed policy has exactly 6,144 characters, without blanks',
      evidence: 'IAM UserGuide reference_iam-quotas: managed policies, white space is not counted',
      steps: [
        policyMade('{{unique}}', { PolicyDocument: spaced(ofLength(6144)) }),
        refuses(
          'CreatePolicyVersion',
          { PolicyArn: OWN('{{unique}}'), PolicyDocument: ofLength(6145) },
          'LimitExceededException',
        ),
        refuses(
          'CreatePolicy',
          { PolicyName: '{{unique}}-b', PolicyDocument: ofLength(6145) },
          'LimitExceededException',
        ),
        answers('GetPolicy', { PolicyArn: OWN('{{unique}}') }, { Policy: { DefaultVersionId: 'v1', Tags: count(0) } }),
      ],
      cleanup: [policyGone(OWN('{{unique}}')), policyGone(OWN('{{unique}}-b'))],
    },
    {
      name: 'trust has exactly 2,048 characters',
      evidence: 'IAM UserGuide reference_iam-quotas: role trust policy length; kubeflow/dashboard#29',
      steps: [
        refuses('CreateRole', { ...NAME, AssumeRolePolicyDocument: ofLength(2049, TRUSTED) }, 'LimitExceededException'),
        made({ AssumeRolePolicyDocument: ofLength(2048, TRUSTED) }),
        answers('UpdateAssumeRolePolicy', { ...NAME, PolicyDocument: TRUST }),
        refuses(
          'UpdateAssumeRolePolicy',
          { ...NAME, PolicyDocument: ofLength(2049, TRUSTED) },
          'LimitExceededException',
        ),
        answers('GetRole', NAME, {
          Role: { AssumeRolePolicyDocument: document({ Statement: [{ Sid: absent, Action: 'sts:AssumeRole' }] }) },
        }),
      ],
      cleanup: [GONE],
    },
    {
      name: 'a hundred are listed where nobody says how many',
      evidence: 'IAM API_ListRolePolicies: MaxItems, 100 by default; IsTruncated',
      steps: [
        made(),
        ...HUNDRED_AND_ONE.map((name) => put(name, SHORT)),
        answers(
          'ListRolePolicies',
          NAME,
          { PolicyNames: count(100), IsTruncated: true, Marker: text },
          { save: 'page' },
        ),
        answers(
          'ListRolePolicies',
          { ...NAME, Marker: '{{page.Marker}}' },
          { PolicyNames: count(1), IsTruncated: false, Marker: absent },
        ),
        answers('ListRolePolicies', { ...NAME, MaxItems: 101 }, { PolicyNames: count(101), IsTruncated: false }),
      ],
      cleanup: [...HUNDRED_AND_ONE.map(withoutInline), GONE],
    },
    {
      name: 'names, paths and descriptions are as long as they may be, and no longer',
      evidence: 'IAM UserGuide reference_iam-quotas: character limits; API_CreateRole, API_CreatePolicy',
      steps: [
        made({ Path: `/${'p'.repeat(510)}/`, Description: 'd'.repeat(1000), MaxSessionDuration: 43_200 }),
        answers('GetRole', NAME, { Role: { Path: matches(/^\/p{510}\/$/u), MaxSessionDuration: 43_200 } }),
        put('p'.repeat(128), documentOf(READ)),
        ...[
          { Description: 'd'.repeat(1001) },
          { Path: `/${'p'.repeat(511)}/` },
          { Path: '/one' },
          { Tags: tags(51) },
          { Tags: [{ Key: 'k'.repeat(129), Value: '' }] },
          { Tags: [{ Key: 'k', Value: 'v'.repeat(257) }] },
          { Tags: [{ Key: '', Value: 'v' }] },
        ].map((more) =>
          refuses('CreateRole', { RoleName: '{{unique}}-b', AssumeRolePolicyDocument: TRUST, ...more }, [
            'ValidationError',
            'InvalidInputException',
          ]),
        ),
        refuses(
          'PutRolePolicy',
          { ...NAME, PolicyName: 'p'.repeat(129), PolicyDocument: documentOf(READ) },
          'ValidationError',
        ),
        refuses('GetRole', { RoleName: '{{unique}}-b' }, 'NoSuchEntityException'),
      ],
      cleanup: [withoutInline('p'.repeat(128)), GONE, answers('DeleteRole', { RoleName: '{{unique}}-b' })],
    },
    {
      name: 'a role has fifty tags, with keys of 128 and values of 256 characters',
      evidence: 'IAM UserGuide id_tags: fifty tags; reference_iam-quotas: tag key, tag value',
      steps: [
        made({ Tags: [...tags(49), { Key: 'k'.repeat(128), Value: 'v'.repeat(256) }] }),
        answers('GetRole', NAME, {
          Role: { Tags: includes({ Key: 'key0', Value: '' }, { Key: 'k'.repeat(128), Value: 'v'.repeat(256) }) },
        }),
        answers('GetRole', NAME, { Role: { Tags: count(50) } }),
      ],
      cleanup: [GONE],
    },
    {
      name: 'a role of a service is changed by nobody but the service',
      evidence:
        'IAM UserGuide id_roles_create-service-linked-role; API_DeleteRole, API_AttachRolePolicy: UnmodifiableEntity',
      steps: asMember([
        answers('GetRole', LINKED, { Role: { Path: '/aws-service-role/organizations.amazonaws.com/' } }),
        refuses('DeleteRole', LINKED, 'UnmodifiableEntityException'),
        refuses('AttachRolePolicy', { ...LINKED, PolicyArn: AWS('ReadOnlyAccess') }, 'UnmodifiableEntityException'),
        refuses(
          'PutRolePolicy',
          { ...LINKED, PolicyName: 'one', PolicyDocument: documentOf(READ) },
          'UnmodifiableEntityException',
        ),
        refuses('UpdateAssumeRolePolicy', { ...LINKED, PolicyDocument: TRUST }, 'UnmodifiableEntityException'),
        answers('ListRolePolicies', LINKED, { PolicyNames: count(0) }),
      ]),
    },
    {
      name: "an alias is no account's id, and no other account's in the whole partition",
      evidence: 'IAM UserGuide reference_iam-quotas: account aliases; API_CreateAccountAlias: EntityAlreadyExists',
      steps: asMember([
        refuses('CreateAccountAlias', { AccountAlias: '{{member}}' }, ['ValidationError', 'InvalidInputException']),
        answers('CreateAccountAlias', { AccountAlias: '{{unique}}' }),
        answers('ListAccountAliases', {}, { AccountAliases: ['{{unique}}'] }),
        refuses('CreateAccountAlias', { AccountAlias: '{{unique}}' }, 'EntityAlreadyExistsException'),
        refuses('CreateAccountAlias', { AccountAlias: '{{foreignAlias}}' }, 'EntityAlreadyExistsException'),
        answers('ListAccountAliases', {}, { AccountAliases: ['{{unique}}'] }),
      ]),
      cleanup: asMember([answers('DeleteAccountAlias', { AccountAlias: '{{unique}}' })]),
    },
  ],
};

export const aliasesOfClosedAccounts: CaseGroup = {
  service: 'iam',
  organization: 'weeks',
  cases: [
    {
      name: 'the alias of an account stays taken when that is closed',
      evidence: 'accounts reference manage-acct-closing: no other account has the alias of the time of the closure',
      steps: [
        ...by('spareFive', answers('CreateAccountAlias', { AccountAlias: '{{unique}}' })),
        answers('organizations:CloseAccount', { AccountId: '{{spareFive}}' }),
        ...asMember([refuses('CreateAccountAlias', { AccountAlias: '{{unique}}' }, 'EntityAlreadyExistsException')]),
        answers(
          'organizations:DescribeAccount',
          { AccountId: '{{spareFive}}' },
          { Account: { State: 'CLOSED' } },
          { within: 1800 },
        ),
        ...asMember([
          refuses('CreateAccountAlias', { AccountAlias: '{{unique}}' }, 'EntityAlreadyExistsException'),
          answers('CreateAccountAlias', { AccountAlias: '{{unique}}-b' }),
          answers('ListAccountAliases', {}, { AccountAliases: ['{{unique}}-b'] }),
        ]),
      ],
      cleanup: asMember([answers('DeleteAccountAlias', { AccountAlias: '{{unique}}-b' })]),
    },
  ],
};
