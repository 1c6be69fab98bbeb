import {
  answers,
  asMember,
  asRole,
  by,
  type CaseGroup,
  inSession,
  refuses,
  type SessionPolicies,
  type Step,
} from '../case';
import { absent, matches } from '../pattern';
import { documentOf, limited, may, OWN_ROLE, ROLE } from './limited-rights/role';

const AWS = (name: string): string => `arn:{{partition}}:iam::aws:policy/${name}`;
const allowing = (...Action: readonly string[]): SessionPolicies => ({ Policy: documentOf([{ Action }]) });
const managed = (...names: readonly string[]): SessionPolicies => ({
  PolicyArns: names.map((name) => ({ arn: AWS(name) })),
});
const denying = (Action: string): SessionPolicies => ({
  Policy: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action, Resource: '*' },
    ],
  }),
});
/** Whose Statement is no list. */
const ONE: SessionPolicies = {
  Policy: JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' },
  }),
};
const no = (call: string, input: Step['input'] = {}): Step => refuses(call, input, 'AccessDenied', { within: 30 });
const noOrganizations = (call: string): Step =>
  refuses(`organizations:${call}`, {}, 'AccessDeniedException', { within: 30 });
const OWN_POLICY = 'arn:{{partition}}:iam::{{management}}:policy/{{unique}}';
const ROLES = 'iam:ListRoles';
const ALIASES = 'iam:ListAccountAliases';

const trust = (Principal: unknown, Condition = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition }],
  });
const OTHER = { RoleName: '{{unique}}-other' };
const OTHER_ARN = `${OWN_ROLE}-other`;
const ASSUMED = { RoleArn: OTHER_ARN, RoleSessionName: '{{unique}}' };
const otherMade = (AssumeRolePolicyDocument: string): Step =>
  answers('iam:CreateRole', { ...OTHER, AssumeRolePolicyDocument });
const otherTrusts = (PolicyDocument: string): Step =>
  answers('iam:UpdateAssumeRolePolicy', { ...OTHER, PolicyDocument });
const OTHER_GONE = answers('iam:DeleteRole', OTHER);
const entered = (details = {}): Step => answers('AssumeRole', ASSUMED, {}, { within: 120, ...details });
const kept = (details = {}): Step => refuses('AssumeRole', ASSUMED, 'AccessDenied', { within: 120, ...details });
const ROOT = { AWS: 'arn:{{partition}}:iam::{{management}}:root' };
const inMember = { RoleArn: 'arn:{{partition}}:iam::{{member}}:role/OrganizationAccountAccessRole' };
const NAMED = 'AROA[A-Z0-9]{17}:conformance';

/** Sessions with policies of their own, and who is let in. */
export const sessionPolicies: CaseGroup = {
  service: 'sts',
  cases: [
    limited(
      'a session may do what both its role and its policy allow',
      'IAM UserGuide access_policies, session policies: the intersection; STS API_AssumeRole: Policy',
      [{ Action: ['iam:ListRoles', 'iam:ListAccountAliases', 'organizations:ListRoots'] }],
      {
        steps: [may(ROLES, {}), may(ALIASES, {}), may('organizations:ListRoots', {})],
        after: asRole([
          ...inSession(allowing('iam:ListRoles'), [answers(ROLES), no(ALIASES), noOrganizations('ListRoots')]),
          ...inSession(ONE, [answers(ROLES), no(ALIASES)]),
          ...inSession(allowing('*'), [answers(ROLES), answers(ALIASES), no('iam:ListPolicies')]),
          ...inSession(allowing('iam:ListPolicies'), [no('iam:ListPolicies'), no(ROLES)]),
          ...inSession(denying('iam:ListRoles'), [no(ROLES), answers(ALIASES), no('iam:ListPolicies')]),
          // A session with policies limits no other session of the role.
          answers(ROLES),
          may('organizations:ListRoots', {}),
        ]),
      },
    ),
    limited(
      'a session may be limited by managed policies, and by them and a policy together',
      'IAM UserGuide access_policies, session policies; STS API_AssumeRole: PolicyArns',
      [{ Action: ['iam:*', 'organizations:ListRoots'] }],
      {
        steps: [may(ROLES, {}), may('iam:GetRole', ROLE), may('organizations:ListRoots', {})],
        after: asRole([
          ...inSession(managed('IAMReadOnlyAccess'), [
            answers(ROLES),
            answers('iam:GetRole', ROLE),
            no('iam:CreateAccountAlias', { AccountAlias: '{{unique}}' }),
            noOrganizations('ListRoots'),
          ]),
          ...inSession({ ...managed('IAMReadOnlyAccess'), ...allowing('organizations:ListRoots') }, [
            answers(ROLES),
            may('organizations:ListRoots', {}),
            no('iam:DeleteRole', { RoleName: '{{unique}}-nobody' }),
          ]),
          ...inSession({ ...managed('IAMReadOnlyAccess'), ...denying('iam:ListRoles') }, [
            no(ROLES),
            answers('iam:GetRole', ROLE),
          ]),
          ...inSession(managed('AmazonS3FullAccess', 'IAMReadOnlyAccess'), [
            answers(ROLES),
            noOrganizations('ListRoots'),
          ]),
          ...inSession(managed('AdministratorAccess'), [answers(ROLES), noOrganizations('ListAccounts')]),
        ]),
      },
    ),
    limited(
      'a session may be limited by a managed policy of the account of its role, too',
      'STS API_AssumeRole: PolicyArns, which exist in the account of the role',
      [{ Action: ['iam:ListRoles', 'iam:ListAccountAliases'] }],
      {
        before: [
          answers('iam:CreatePolicy', {
            PolicyName: '{{unique}}',
            PolicyDocument: documentOf([{ Action: ['iam:ListRoles', 'iam:ListPolicies'] }]),
          }),
        ],
        steps: [may(ROLES, {}), may(ALIASES, {})],
        after: asRole([
          ...inSession({ PolicyArns: [{ arn: OWN_POLICY }] }, [
            answers(ROLES, {}, {}, { after: 40 }),
            no(ALIASES),
            no('iam:ListPolicies'),
          ]),
          ...inSession({ PolicyArns: [{ arn: OWN_POLICY }], ...allowing('iam:ListAccountAliases') }, [
            answers(ROLES),
            answers(ALIASES),
          ]),
          answers(ALIASES),
        ]),
        cleanup: [answers('iam:DeletePolicy', { PolicyArn: OWN_POLICY })],
      },
    ),
    {
      name: 'a session in a member is limited by its policy, though its role may do everything',
      evidence: 'IAM UserGuide access_policies, session policies; orgs_manage_accounts_access',
      steps: [
        ...asMember([answers(ROLES), answers(ALIASES)]),
        ...asMember(inSession(allowing('iam:ListRoles'), [answers(ROLES), no(ALIASES)])),
        ...asMember(inSession(managed('AmazonS3FullAccess'), [no(ROLES), no(ALIASES)])),
        ...asMember([answers(ALIASES)]),
      ],
    },
    {
      name: 'who one is can be asked in any session',
      evidence: 'STS API_GetCallerIdentity: no permissions are required, even where they are denied',
      steps: asMember([
        ...inSession(denying('sts:GetCallerIdentity'), [
          answers(
            'GetCallerIdentity',
            {},
            {
              Account: '{{member}}',
              Arn: 'arn:{{partition}}:sts::{{member}}:assumed-role/OrganizationAccountAccessRole/conformance',
              UserId: matches(new RegExp(`^${NAMED}$`, 'u')),
            },
          ),
        ]),
        ...inSession(allowing('s3:ListAllMyBuckets'), [answers('GetCallerIdentity', {}, { Account: '{{member}}' })]),
        answers('GetCallerIdentity', {}, { UserId: matches(/:conformance$/u) }),
      ]),
    },
    {
      name: 'a session is opened with ten managed policies at most, and with tags of some length',
      evidence: 'IAM UserGuide reference_iam-quotas: ten managed policy ARNs; STS API_AssumeRole: Tags',
      steps: [
        answers(
          'AssumeRole',
          { ...inMember, RoleSessionName: 'ss', ...managed('ReadOnlyAccess'), DurationSeconds: 900 },
          { PackedPolicySize: { $is: 'number' }, AssumedRoleUser: { Arn: matches(/\/ss$/u) } },
          { within: 60 },
        ),
        refuses(
          'AssumeRole',
          {
            ...inMember,
            RoleSessionName: '{{unique}}',
            ...managed(...Array.from({ length: 11 }, () => 'ReadOnlyAccess')),
          },
          ['ValidationError', 'PackedPolicyTooLargeException'],
        ),
        ...[
          { Tags: [{ Key: 'k'.repeat(129), Value: 'v' }] },
          { Tags: [{ Key: 'k', Value: 'v'.repeat(257) }] },
          { ExternalId: 'e'.repeat(1225) },
          { ExternalId: 'two words' },
          { Policy: '{}' },
        ].map((more) =>
          refuses('AssumeRole', { ...inMember, RoleSessionName: '{{unique}}', ...more }, [
            'ValidationError',
            'MalformedPolicyDocumentException',
          ]),
        ),
        answers(
          'AssumeRole',
          { ...inMember, RoleSessionName: 's'.repeat(64), ExternalId: 'any+=,.@:/-id' },
          { PackedPolicySize: absent },
        ),
      ],
    },
    limited(
      'who is named by the trust of a role of its account needs no right of its own',
      'IAM UserGuide reference_policies_evaluation-logic: resource-based policies in one account; id_roles_use',
      [{ Action: 's3:ListAllMyBuckets' }],
      {
        before: [otherMade(trust(ROOT))],
        steps: [kept()],
        after: [
          otherTrusts(trust({ AWS: OWN_ROLE })),
          ...asRole([entered()]),
          answers('iam:PutRolePolicy', {
            ...ROLE,
            PolicyName: 'denial',
            PolicyDocument: documentOf([{ Action: 'sts:AssumeRole' }]).replace('Allow', 'Deny'),
          }),
          ...asRole([kept()]),
          answers('iam:DeleteRolePolicy', { ...ROLE, PolicyName: 'denial' }),
          ...asRole([entered()]),
          kept(),
        ],
        cleanup: [answers('iam:DeleteRolePolicy', { ...ROLE, PolicyName: 'denial' }), OTHER_GONE],
      },
    ),
    {
      name: 'a role can let in everybody of its organization, or of one account',
      evidence:
        'IAM UserGuide reference_policies_condition-keys: aws:PrincipalOrgID, aws:PrincipalAccount, aws:PrincipalArn',
      steps: [
        otherMade(trust({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': '{{organization}}' } })),
        ...asMember([entered()]),
        entered(),
        otherTrusts(trust({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-0000000000' } })),
        ...asMember([kept()]),
        kept(),
        otherTrusts(trust({ AWS: '*' }, { StringEquals: { 'aws:PrincipalAccount': '{{member}}' } })),
        ...asMember([entered()]),
        kept(),
        otherTrusts(
          trust(
            { AWS: '*' },
            {
              ArnLike: { 'aws:PrincipalArn': 'arn:{{partition}}:iam::{{member}}:role/Organization*' },
              StringLike: { 'sts:RoleSessionName': 'cfm*' },
            },
          ),
        ),
        ...asMember([
          entered(),
          refuses('AssumeRole', { ...ASSUMED, RoleSessionName: 'somebody' }, 'AccessDenied', { within: 120 }),
        ]),
      ],
      cleanup: [OTHER_GONE],
    },
    {
      name: 'who is refused by the trust of a role does not get in, whatever else it says',
      evidence: 'IAM UserGuide reference_policies_evaluation-logic: explicit deny in a resource-based policy',
      steps: [
        otherMade(
          JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
              {
                Effect: 'Deny',
                Principal: { AWS: '*' },
                Action: 'sts:AssumeRole',
                Condition: { StringNotEquals: { 'sts:ExternalId': 'secret-word' } },
              },
            ],
          }),
        ),
        ...asMember([
          answers('AssumeRole', { ...ASSUMED, ExternalId: 'secret-word' }, {}, { within: 120 }),
          refuses('AssumeRole', { ...ASSUMED, ExternalId: 'Secret-Word' }, 'AccessDenied'),
          kept(),
        ]),
        refuses('AssumeRole', { ...ASSUMED, ExternalId: 'secret-words' }, 'AccessDenied'),
      ],
      cleanup: [OTHER_GONE],
    },
    {
      name: 'an account that a policy of resources binds opens no session that it forbids',
      evidence: 'orgs_manage_policies_rcps: every principal, resources of members; policies of the unit above count',
      steps: [
        answers('AssumeRole', { ...inMember, RoleSessionName: 'guest' }, {}, { within: 60 }),
        answers('organizations:MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{root}}',
          DestinationParentId: '{{guardedInnerId}}',
        }),
        refuses('AssumeRole', { ...inMember, RoleSessionName: 'guest' }, 'AccessDenied', { within: 120 }),
        answers('AssumeRole', { ...inMember, RoleSessionName: 'host' }),
        otherMade(trust(ROOT)),
        answers('AssumeRole', { ...ASSUMED, RoleSessionName: 'guest' }, {}, { within: 60 }),
        answers('organizations:MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{guardedInnerId}}',
          DestinationParentId: '{{guardedId}}',
        }),
        refuses('AssumeRole', { ...inMember, RoleSessionName: 'guest' }, 'AccessDenied', { within: 120 }),
        answers('organizations:MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{guardedId}}',
          DestinationParentId: '{{root}}',
        }),
        answers('AssumeRole', { ...inMember, RoleSessionName: 'guest' }, {}, { within: 120 }),
      ],
      cleanup: [
        ...['{{guardedInnerId}}', '{{guardedId}}'].map((SourceParentId) =>
          answers('organizations:MoveAccount', {
            AccountId: '{{member}}',
            SourceParentId,
            DestinationParentId: '{{root}}',
          }),
        ),
        OTHER_GONE,
      ],
    },
    {
      name: 'what a policy of services denies nobody does in the accounts below, and everybody elsewhere',
      evidence: 'orgs_manage_policies_scps: principals of members, never those of the management account; inherited',
      steps: [
        ...asMember([
          answers('iam:CreateAccountAlias', { AccountAlias: '{{unique}}' }),
          answers('iam:DeleteAccountAlias', { AccountAlias: '{{unique}}' }),
        ]),
        answers('organizations:MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{root}}',
          DestinationParentId: '{{guardedInnerId}}',
        }),
        ...asMember([
          refuses('iam:CreateAccountAlias', { AccountAlias: '{{unique}}' }, 'AccessDenied', { within: 120 }),
          answers('iam:ListAccountAliases', {}, { AccountAliases: [] }),
        ]),
        ...by('delegate', answers('iam:ListAccountAliases')),
        answers('organizations:MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{guardedInnerId}}',
          DestinationParentId: '{{root}}',
        }),
        ...asMember([
          answers('iam:CreateAccountAlias', { AccountAlias: '{{unique}}' }, {}, { within: 120 }),
          answers('iam:ListAccountAliases', {}, { AccountAliases: ['{{unique}}'] }),
        ]),
      ],
      cleanup: [
        answers('organizations:MoveAccount', {
          AccountId: '{{member}}',
          SourceParentId: '{{guardedInnerId}}',
          DestinationParentId: '{{root}}',
        }),
        ...asMember([answers('iam:DeleteAccountAlias', { AccountAlias: '{{unique}}' }, {}, { within: 120 })]),
      ],
    },
  ],
};
