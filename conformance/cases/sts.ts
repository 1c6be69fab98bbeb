import { answers, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { absent, after, matches, text, time, type Pattern } from '../pattern';

const ROLE = 'arn:{{partition}}:iam::{{member}}:role/OrganizationAccountAccessRole';
const assume = (more = {}, output: Pattern = {}): Step =>
  answers('AssumeRole', { RoleArn: ROLE, RoleSessionName: '{{unique}}', ...more }, output, { within: 60 });

const refused = (
  what: string,
  more: object,
  error: string | readonly string[] = 'ValidationError',
): ConformanceCase => ({
  name: `AssumeRole is refused for ${what}`,
  evidence: 'STS API_AssumeRole',
  steps: [refuses('AssumeRole', { RoleArn: ROLE, RoleSessionName: '{{unique}}', ...more }, error)],
});

const trust = (Principal: string, Condition = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: Principal }, Action: 'sts:AssumeRole', Condition }],
  });

const OWN = 'arn:{{partition}}:iam::{{management}}:role/{{unique}}';

/** A role of the management account with a trust of its own. */
const made = (AssumeRolePolicyDocument: string, more = {}): Step =>
  answers('iam:CreateRole', { RoleName: '{{unique}}', AssumeRolePolicyDocument, ...more }, {}, { save: 'made' });
const GONE = [answers('iam:DeleteRole', { RoleName: '{{unique}}' })];
const ROOT = 'arn:{{partition}}:iam::{{management}}:root';

export const securityTokens: CaseGroup = {
  service: 'sts',
  cases: [
    {
      name: 'a caller is told who it is',
      evidence: 'STS API_GetCallerIdentity',
      steps: [
        answers(
          'GetCallerIdentity',
          {},
          {
            Account: '{{management}}',
            Arn: matches(/^arn:[a-z-]+:(?:iam|sts)::\d{12}:/u),
            UserId: text,
          },
        ),
      ],
    },
    {
      name: 'a session of a member is of that account',
      evidence: 'STS API_GetCallerIdentity',
      steps: [
        answers(
          'GetCallerIdentity',
          {},
          {
            Account: '{{member}}',
            Arn: matches(/:assumed-role\/OrganizationAccountAccessRole\//u),
            UserId: matches(/^AROA[A-Z0-9]+:/u),
          },
          { as: 'member' },
        ),
      ],
    },
    {
      name: 'a session has temporary credentials, and the role and its own name',
      evidence: 'STS API_AssumeRole',
      steps: [
        assume(
          {},
          {
            Credentials: {
              AccessKeyId: matches(/^ASIA[A-Z0-9]{16}$/u),
              SecretAccessKey: text,
              SessionToken: text,
              Expiration: time,
            },
            AssumedRoleUser: {
              Arn: 'arn:{{partition}}:sts::{{member}}:assumed-role/OrganizationAccountAccessRole/{{unique}}',
              AssumedRoleId: matches(/^AROA[A-Z0-9]+:/u),
            },
          },
        ),
      ],
    },
    {
      name: 'a session without policies and tags has no packed size',
      evidence: 'localstack sts/test_sts test_assume_role, 2024-06-05',
      steps: [assume({}, { PackedPolicySize: absent })],
    },
    {
      name: 'a session with a policy has a packed size',
      evidence: 'STS API_AssumeRole: PackedPolicySize',
      steps: [
        assume(
          {
            Policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
            }),
          },
          { PackedPolicySize: { $is: 'number' } },
        ),
      ],
    },
    refused('a role that is not there', { RoleArn: 'arn:{{partition}}:iam::{{member}}:role/nobody' }, 'AccessDenied'),
    refused(
      'an account that is not there',
      { RoleArn: 'arn:{{partition}}:iam::{{noAccount}}:role/nobody' },
      'AccessDenied',
    ),
    refused('what is no ARN', { RoleArn: 'not-an-arn-but-long-enough' }),
    refused('an ARN of a user', { RoleArn: 'arn:{{partition}}:iam::{{member}}:user/somebody' }, [
      'ValidationError',
      'AccessDenied',
    ]),
    refused('a session name of one character', { RoleSessionName: 'n' }),
    refused('a session name of 65 characters', { RoleSessionName: 'n'.repeat(65) }),
    refused('a session name with a blank', { RoleSessionName: 'two words' }),
    refused('less than fifteen minutes', { DurationSeconds: 899 }),
    refused('more than twelve hours', { DurationSeconds: 43_201 }),
    refused('an external id of one character', { ExternalId: 'x' }),
    refused('a session policy that is no JSON', { Policy: 'policy' }, 'MalformedPolicyDocumentException'),
    refused(
      'tag keys that differ in case alone',
      {
        Tags: [
          { Key: 'project', Value: 'a' },
          { Key: 'Project', Value: 'b' },
        ],
      },
      'InvalidParameterValue',
    ),
    {
      name: 'a session lasts no longer than its role allows',
      evidence: 'STS API_AssumeRole: DurationSeconds, MaxSessionDuration',
      steps: [
        made(trust(ROOT)),
        answers(
          'AssumeRole',
          { RoleArn: OWN, RoleSessionName: '{{unique}}', DurationSeconds: 3600 },
          {},
          { within: 60 },
        ),
        refuses(
          'AssumeRole',
          { RoleArn: OWN, RoleSessionName: '{{unique}}', DurationSeconds: 3601 },
          'ValidationError',
        ),
      ],
      cleanup: GONE,
    },
    {
      name: 'a role that allows longer sessions has longer sessions',
      evidence: 'STS API_AssumeRole: DurationSeconds',
      steps: [
        made(trust(ROOT), { MaxSessionDuration: 7200 }),
        answers(
          'AssumeRole',
          { RoleArn: OWN, RoleSessionName: '{{unique}}', DurationSeconds: 7200 },
          {},
          { within: 60 },
        ),
        refuses(
          'AssumeRole',
          { RoleArn: OWN, RoleSessionName: '{{unique}}', DurationSeconds: 7201 },
          'ValidationError',
        ),
      ],
      cleanup: GONE,
    },
    {
      name: 'a session lasts an hour where nobody says how long, whatever its role allows',
      evidence: 'STS API_AssumeRole: DurationSeconds, 3600 by default',
      steps: [
        made(trust(ROOT), { MaxSessionDuration: 7200 }),
        answers('AssumeRole', { RoleArn: OWN, RoleSessionName: '{{unique}}' }, {}, { within: 60, save: 'plain' }),
        answers(
          'AssumeRole',
          { RoleArn: OWN, RoleSessionName: '{{unique}}', DurationSeconds: 5400 },
          { Credentials: { Expiration: after('{{plain.Credentials.Expiration}}') } },
        ),
        answers(
          'AssumeRole',
          { RoleArn: OWN, RoleSessionName: '{{unique}}', DurationSeconds: 1800 },
          {},
          { save: 'short' },
        ),
        answers(
          'AssumeRole',
          { RoleArn: OWN, RoleSessionName: '{{unique}}' },
          { Credentials: { Expiration: after('{{short.Credentials.Expiration}}') } },
        ),
      ],
      cleanup: GONE,
    },
    {
      name: 'a role asks for its external id',
      evidence: 'IAM UserGuide id_roles_common-scenarios_third-party',
      steps: [
        made(trust(ROOT, { StringEquals: { 'sts:ExternalId': 'secret-word' } })),
        answers(
          'AssumeRole',
          { RoleArn: OWN, RoleSessionName: '{{unique}}', ExternalId: 'secret-word' },
          {},
          { within: 60 },
        ),
        refuses(
          'AssumeRole',
          { RoleArn: OWN, RoleSessionName: '{{unique}}', ExternalId: 'other-word' },
          'AccessDenied',
        ),
        refuses('AssumeRole', { RoleArn: OWN, RoleSessionName: '{{unique}}' }, 'AccessDenied'),
      ],
      cleanup: GONE,
    },
    {
      name: 'a role that trusts another account lets nobody else in',
      evidence: 'IAM UserGuide troubleshoot_roles',
      steps: [
        made(trust('arn:{{partition}}:iam::{{member}}:root')),
        answers('AssumeRole', { RoleArn: OWN, RoleSessionName: '{{unique}}' }, {}, { as: 'member', within: 60 }),
        refuses('AssumeRole', { RoleArn: OWN, RoleSessionName: '{{unique}}' }, 'AccessDenied'),
      ],
      cleanup: GONE,
    },
    {
      name: 'a role that is deleted lets nobody in',
      evidence: 'STS API_AssumeRole',
      steps: [
        made(trust(ROOT)),
        answers('AssumeRole', { RoleArn: OWN, RoleSessionName: '{{unique}}' }, {}, { within: 60 }),
        ...GONE,
        refuses('AssumeRole', { RoleArn: OWN, RoleSessionName: '{{unique}}' }, 'AccessDenied', { within: 60 }),
      ],
    },
    {
      name: 'a trust that is taken away lets nobody in',
      evidence: 'IAM API_UpdateAssumeRolePolicy',
      steps: [
        made(trust(ROOT)),
        answers('AssumeRole', { RoleArn: OWN, RoleSessionName: '{{unique}}' }, {}, { within: 60 }),
        answers('iam:UpdateAssumeRolePolicy', {
          RoleName: '{{unique}}',
          PolicyDocument: trust('arn:{{partition}}:iam::{{member}}:root'),
        }),
        refuses('AssumeRole', { RoleArn: OWN, RoleSessionName: '{{unique}}' }, 'AccessDenied', { within: 60 }),
      ],
      cleanup: GONE,
    },
    {
      name: 'a role trusts by the name of the session',
      evidence: 'IAM UserGuide reference_policies_iam-condition-keys: sts:RoleSessionName',
      steps: [
        made(trust(ROOT, { StringEquals: { 'sts:RoleSessionName': 'expected' } })),
        answers('AssumeRole', { RoleArn: OWN, RoleSessionName: 'expected' }, {}, { within: 60 }),
        refuses('AssumeRole', { RoleArn: OWN, RoleSessionName: 'somebody' }, 'AccessDenied'),
      ],
      cleanup: GONE,
    },
    {
      name: 'a role with a path is assumed by its whole ARN',
      evidence: 'IAM UserGuide reference_identifiers: paths',
      steps: [
        made(trust(ROOT), { Path: '/conformance/' }),
        answers(
          'AssumeRole',
          {
            RoleArn: 'arn:{{partition}}:iam::{{management}}:role/conformance/{{unique}}',
            RoleSessionName: '{{unique}}',
          },
          { AssumedRoleUser: { Arn: 'arn:{{partition}}:sts::{{management}}:assumed-role/{{unique}}/{{unique}}' } },
          { within: 60 },
        ),
        refuses('AssumeRole', { RoleArn: OWN, RoleSessionName: '{{unique}}' }, 'AccessDenied'),
      ],
      cleanup: GONE,
    },
  ],
};
