import { answers, asRole, by, type CaseGroup, inSession, refuses, type Step } from '../case';
import { absent, matches, type Pattern } from '../pattern';

const ROLE = 'arn:{{partition}}:iam::{{member}}:role/OrganizationAccountAccessRole';
const policy = (actions: number): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: Array.from({ length: actions }, (_, index) => `s3:Get${'x'.repeat(10)}${index}`),
        Resource: '*',
      },
    ],
  });
const session = (more: object, output: Pattern = {}, details = {}): Step =>
  answers('AssumeRole', { RoleArn: ROLE, RoleSessionName: '{{unique}}', ...more }, output, { within: 60, ...details });
const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `key${index}`, Value: 'v' }));
const OWN_ROLE = 'arn:{{partition}}:iam::{{management}}:role/{{unique}}';
const trusting = (AWS: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }],
  });
const roleMade = (AWS: string): Step =>
  answers('iam:CreateRole', { RoleName: '{{unique}}', AssumeRolePolicyDocument: trusting(AWS) });
const roleGone = answers('iam:DeleteRole', { RoleName: '{{unique}}' });
const trustingStatement = (Action: string): object => ({
  Effect: 'Allow',
  Principal: { AWS: 'arn:{{partition}}:iam::{{management}}:root' },
  Action,
});
const withTeam = (team: string) => ({
  RoleArn: OWN_ROLE,
  RoleSessionName: '{{unique}}',
  Tags: [{ Key: 'team', Value: team }],
});
const taggableMade = answers('iam:CreateRole', {
  RoleName: '{{unique}}',
  AssumeRolePolicyDocument: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:{{partition}}:iam::{{management}}:root' },
        Action: ['sts:AssumeRole', 'sts:TagSession'],
      },
    ],
  }),
});
const tagged = (more: object, output: Pattern): Step =>
  answers('AssumeRole', { RoleArn: OWN_ROLE, RoleSessionName: '{{unique}}', ...more }, output, { within: 120 });
/** As many and as long as there may be. */
const LONG_TAGS = tags(50).map(({ Key }, index) => ({
  Key: Key.padEnd(128, `${index}-key-`),
  Value: `${index}`.padEnd(256, `${index}-value-`),
}));
const DENIED = { RoleName: '{{unique}}', PolicyName: 'denied' };
const DENIES_ALL = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});
const isOwnRole = (details = {}): Step =>
  answers(
    'GetCallerIdentity',
    {},
    { Arn: { $matches: ':assumed-role/{{unique}}/' }, Account: '{{management}}' },
    details,
  );
const MANAGED = [{ arn: 'arn:{{partition}}:iam::aws:policy/ReadOnlyAccess' }];

export const sessions: CaseGroup = {
  service: 'sts',
  cases: [
    {
      name: 'what a session is opened with shares one room, and too much of it is refused',
      evidence:
        'STS API_AssumeRole: PackedPolicySize, PackedPolicyTooLarge; IAM UserGuide reference_iam-quotas; id_session-tags',
      steps: [
        session({}, { PackedPolicySize: absent }),
        session({ Policy: policy(1) }, { PackedPolicySize: { $atLeast: 1 } }),
        session({ PolicyArns: MANAGED }, { PackedPolicySize: { $atLeast: 1 } }),
        session({ Policy: policy(20) }, { PackedPolicySize: { $atLeast: 10 } }),
        refuses(
          'AssumeRole',
          { RoleArn: ROLE, RoleSessionName: '{{unique}}', Policy: policy(70) },
          'PackedPolicyTooLargeException',
        ),
        // Tags take a right of their own, which the access role of a member does not give.
        taggableMade,
        tagged({}, { PackedPolicySize: absent }),
        tagged({ Tags: tags(1) }, { PackedPolicySize: { $atLeast: 1 } }),
        refuses(
          'AssumeRole',
          { RoleArn: OWN_ROLE, RoleSessionName: '{{unique}}', Tags: LONG_TAGS },
          'PackedPolicyTooLargeException',
        ),
      ],
      cleanup: [roleGone],
    },
    {
      name: 'session tags take a right of their own, which a trust policy may give for some tags alone',
      evidence: 'IAM UserGuide id_session-tags: sts:TagSession in the trust policy, aws:RequestTag',
      steps: [
        roleMade('arn:{{partition}}:iam::{{management}}:root'),
        tagged({}, {}),
        refuses('AssumeRole', withTeam('blue'), 'AccessDenied'),
        answers('iam:UpdateAssumeRolePolicy', {
          RoleName: '{{unique}}',
          PolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              trustingStatement('sts:AssumeRole'),
              {
                ...trustingStatement('sts:TagSession'),
                Condition: { StringEquals: { 'aws:RequestTag/team': 'blue' } },
              },
            ],
          }),
        }),
        answers('AssumeRole', withTeam('blue'), {}, { within: 120 }),
        refuses('AssumeRole', withTeam('green'), 'AccessDenied'),
      ],
      cleanup: [roleGone],
    },
    {
      name: 'a session policy has 2,048 characters at most',
      evidence: 'STS API_AssumeRole: Policy',
      steps: [
        session({ Policy: policy(1) }),
        refuses('AssumeRole', { RoleArn: ROLE, RoleSessionName: '{{unique}}', Policy: policy(110) }, [
          'ValidationError',
          'PackedPolicyTooLargeException',
        ]),
      ],
    },
    {
      name: 'a region that the account of the role has not enabled gives no session',
      evidence: 'IAM UserGuide id_credentials_temp_enable-regions: RegionDisabledException',
      steps: [
        session({}),
        refuses(
          'AssumeRole',
          { RoleArn: ROLE, RoleSessionName: '{{unique}}' },
          ['RegionDisabledException', 'InvalidClientTokenId', 'UnrecognizedClientException'],
          { region: 'af-south-1' },
        ),
        session(
          {},
          { AssumedRoleUser: { Arn: matches(/OrganizationAccountAccessRole/u) } },
          { region: '{{otherRegion}}' },
        ),
      ],
    },
    {
      name: 'a region that the management account has enabled is enabled in no other account by that',
      evidence: 'accounts reference manage-acct-regions: disabled by default, enabled in each account for itself',
      steps: [
        roleMade('arn:{{partition}}:iam::{{management}}:root'),
        answers(
          'AssumeRole',
          { RoleArn: OWN_ROLE, RoleSessionName: '{{unique}}' },
          {},
          { within: 120, region: '{{managementsRegion}}' },
        ),
        session({}),
        refuses(
          'AssumeRole',
          { RoleArn: ROLE, RoleSessionName: '{{unique}}' },
          ['RegionDisabledException', 'InvalidClientTokenId', 'UnrecognizedClientException'],
          { region: '{{managementsRegion}}' },
        ),
      ],
      cleanup: [roleGone],
    },
    {
      name: 'a session is a matter of the account of its role: STS need not be active for that of the caller',
      evidence: 'IAM UserGuide id_credentials_temp_enable-regions: account B must have the Region, account A need not',
      steps: [
        roleMade('arn:{{partition}}:iam::{{silent}}:root'),
        refuses(
          'AssumeRole',
          {
            RoleArn: 'arn:{{partition}}:iam::{{silent}}:role/OrganizationAccountAccessRole',
            RoleSessionName: '{{unique}}',
          },
          'RegionDisabledException',
          { region: '{{silentRegion}}' },
        ),
        ...by(
          'silent',
          answers('AssumeRole', { RoleArn: OWN_ROLE, RoleSessionName: '{{unique}}' }, {}, { within: 120 }),
          answers(
            'AssumeRole',
            { RoleArn: OWN_ROLE, RoleSessionName: '{{unique}}' },
            { AssumedRoleUser: { Arn: { $matches: ':assumed-role/{{unique}}/' } } },
            { region: '{{silentRegion}}' },
          ),
        ),
      ],
      cleanup: [roleGone],
    },
    {
      name: 'who a caller is it is told without any right to it, and whatever denies it',
      evidence: 'STS API_GetCallerIdentity: no permissions are required, an explicit deny does not matter',
      steps: [
        roleMade('arn:{{partition}}:iam::{{management}}:root'),
        ...asRole([
          isOwnRole({ within: 120 }),
          refuses('iam:GetRole', { RoleName: '{{unique}}' }, 'AccessDenied'),
          refuses('AssumeRole', { RoleArn: ROLE, RoleSessionName: '{{unique}}' }, 'AccessDenied'),
        ]),
        ...inSession({ Policy: DENIES_ALL }, asRole([isOwnRole()])),
        answers('iam:PutRolePolicy', { ...DENIED, PolicyDocument: DENIES_ALL }),
        ...asRole([isOwnRole({ after: 60 })]),
      ],
      cleanup: [answers('iam:DeleteRolePolicy', DENIED), roleGone],
    },
    {
      name: 'nobody gets into an account that AWS has suspended',
      evidence: 'organizations userguide orgs_manage_accounts_account_state: SUSPENDED; STS API_AssumeRole',
      steps: [
        answers('organizations:DescribeAccount', { AccountId: '{{suspended}}' }, { Account: { State: 'SUSPENDED' } }),
        refuses(
          'AssumeRole',
          {
            RoleArn: 'arn:{{partition}}:iam::{{suspended}}:role/OrganizationAccountAccessRole',
            RoleSessionName: '{{unique}}',
          },
          'AccessDenied',
        ),
        session({}),
      ],
    },
    {
      name: 'a session has fifty tags at most',
      evidence: 'STS API_AssumeRole: Tags',
      steps: [
        session({}),
        refuses('AssumeRole', { RoleArn: ROLE, RoleSessionName: '{{unique}}', Tags: tags(51) }, [
          'ValidationError',
          'PackedPolicyTooLargeException',
          'AccessDenied',
        ]),
      ],
    },
  ],
};
