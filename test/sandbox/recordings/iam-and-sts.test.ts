import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  ListRolesCommand,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import {
  administrator,
  iamOf,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
} from '../organization/organization-under-test';

interface Clients {
  readonly iam: IAMClient;
  readonly sts: STSClient;
}

const document = (statement: object): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const TRUST = document({ Effect: 'Allow', Principal: { AWS: MANAGEMENT }, Action: 'sts:AssumeRole' });
const READS = document({ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' });
const ROLE = { RoleName: 'recorded', AssumeRolePolicyDocument: TRUST };
const ARN = `arn:aws:iam::${MANAGEMENT}:role/recorded`;
const NO_POLICY = `arn:aws:iam::${MANAGEMENT}:policy/non-existent-policy`;
const OWN_POLICY = `arn:aws:iam::${MANAGEMENT}:policy/own`;

const assume = (sts: STSClient, more: object = {}): Promise<unknown> =>
  sts.send(new AssumeRoleCommand({ RoleArn: ARN, RoleSessionName: 'one', ...more }));

/** Code, status and message of a refusal, or the members of an answer. */
async function answerOf(call: Promise<unknown>): Promise<unknown> {
  try {
    const members = Object.keys((await call) as object);
    return members.filter((member) => member !== '$metadata').toSorted();
  } catch (error) {
    const { Code, name, message, $metadata } = error as Error & {
      Code?: string;
      $metadata: { httpStatusCode: number };
    };
    return [Code ?? name, $metadata.httpStatusCode, message];
  }
}

const invalidArn = (arn: string) =>
  [
    `a role's ARN such as ${arn}`,
    'test_sts test_sts_invalid_parameters, 2025-07-21',
    ({ sts }: Clients) => assume(sts, { RoleArn: arn }),
    ['ValidationError', 400, `${arn} is invalid`],
  ] as const;

const CASES: readonly (readonly [string, string, (clients: Clients) => Promise<unknown>, unknown])[] = [
  ['AssumeRole', 'test_sts test_assume_role, 2024-06-05', ({ sts }) => assume(sts), ['AssumedRoleUser', 'Credentials']],
  ...[
    'nothing-valid-in-here',
    'arn::b:::something/test-role',
    'arn:a::::something/test-role',
    'arn:a:::something/test-role',
    'arn:a:a::aaaaaaaaaa:',
  ].map(invalidArn),
  [
    'a session name with a colon',
    'test_sts test_sts_invalid_parameters, 2025-07-21',
    ({ sts }) => assume(sts, { RoleSessionName: 'Session1:2' }),
    [
      'ValidationError',
      400,
      "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    ],
  ],
  [
    'session tags that differ in case alone',
    'test_sts test_assume_role_tag_validation, 2025-04-10',
    ({ sts }) =>
      assume(sts, {
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'A', Value: '2' },
        ],
      }),
    ['InvalidParameterValue', 400, 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'],
  ],
  [
    'a role that is there already',
    'test_iam test_recreate_iam_role, 2025-03-06',
    ({ iam }) => iam.send(new CreateRoleCommand(ROLE)),
    ['EntityAlreadyExists', 409, 'Role with name recorded already exists.'],
  ],
  [
    'a trust policy that is no JSON',
    'test_iam test_create_role_with_malformed_assume_role_policy_document, 2025-03-06',
    ({ iam }) =>
      iam.send(
        new CreateRoleCommand({ RoleName: 'other', AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":' }),
      ),
    ['MalformedPolicyDocument', 400, 'This policy contains invalid Json'],
  ],
  [
    'UpdateAssumeRolePolicy',
    'test_iam test_update_assume_role_policy, 2025-03-06',
    ({ iam }) => iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'recorded', PolicyDocument: TRUST })),
    [],
  ],
  [
    'a policy by its name',
    'test_iam test_role_attach_policy, 2025-06-19',
    ({ iam }) => iam.send(new AttachRolePolicyCommand({ RoleName: 'recorded', PolicyArn: 'longpolicynamebutnoarn' })),
    ['ValidationError', 400, 'Invalid ARN:  Could not be parsed!'],
  ],
  [
    'a policy that does not exist',
    'test_iam test_role_attach_policy, 2025-06-19',
    ({ iam }) => iam.send(new AttachRolePolicyCommand({ RoleName: 'recorded', PolicyArn: NO_POLICY })),
    ['NoSuchEntity', 404, `Policy ${NO_POLICY} does not exist or is not attachable.`],
  ],
  [
    'a policy that is there',
    'test_iam test_role_attach_policy, 2025-06-19',
    ({ iam }) => iam.send(new AttachRolePolicyCommand({ RoleName: 'recorded', PolicyArn: OWN_POLICY })),
    [],
  ],
  [
    'deleting a policy that does not exist',
    'test_iam test_delete_non_existent_policy_returns_no_such_entity, 2025-03-06',
    ({ iam }) => iam.send(new DeletePolicyCommand({ PolicyArn: NO_POLICY })),
    ['NoSuchEntity', 404, `Policy ${NO_POLICY} was not found.`],
  ],
];

async function recordedAccount(): Promise<Clients> {
  const test = organizationUnderTest();
  const iam = iamOf(test, administrator(MANAGEMENT));
  await iam.send(new CreateRoleCommand({ ...ROLE, Tags: [{ Key: 'test', Value: 'value' }] }));
  await iam.send(new CreatePolicyCommand({ PolicyName: 'own', PolicyDocument: READS }));
  test.clock.advance(120);
  return { iam, sts: test.sts(administrator(MANAGEMENT)) };
}

/** What LocalStack's tests of IAM and STS have recorded on AWS, of what is modelled here. */
describe('IAM and STS answer as AWS was recorded', () => {
  it.each(CASES)('%s (%s)', async (_what, _source, call, expected) => {
    expect(await answerOf(call(await recordedAccount()))).toEqual(expected);
  });

  it('tell of a role by CreateRole, GetRole and ListRoles (test_iam test_role_with_tags, 2025-07-02)', async () => {
    const { iam } = await recordedAccount();
    const { Role: made } = await iam.send(
      new CreateRoleCommand({ ...ROLE, RoleName: 'other', Tags: [{ Key: 'a', Value: 'b' }] }),
    );
    const { Role: got } = await iam.send(new GetRoleCommand({ RoleName: 'other' }));
    const { Roles } = await iam.send(new ListRolesCommand({}));
    const brief = ['Arn', 'AssumeRolePolicyDocument', 'CreateDate', 'Path', 'RoleId', 'RoleName'];

    expect(Object.keys(made ?? {}).toSorted()).toEqual([...brief, 'Tags'].toSorted());
    expect(Object.keys(got ?? {}).toSorted()).toEqual(
      [...brief, 'MaxSessionDuration', 'RoleLastUsed', 'Tags'].toSorted(),
    );
    expect(Object.keys(Roles?.find(({ RoleName }) => RoleName === 'other') ?? {}).toSorted()).toEqual(
      [...brief, 'MaxSessionDuration'].toSorted(),
    );
  });

  it('keep a role with policies (test_iam test_attach_detach_role_policy, 2025-03-06)', async () => {
    const { iam } = await recordedAccount();
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'recorded', PolicyArn: OWN_POLICY }));

    expect(await answerOf(iam.send(new DeleteRoleCommand({ RoleName: 'recorded' })))).toEqual(
      expect.arrayContaining(['DeleteConflict', 409]),
    );
  });

  it('keep a document as it was put, percent signs in it too (test_iam test_put_role_policy_encoding, 2025-03-06)', async () => {
    const { iam } = await recordedAccount();
    const PolicyDocument = document({
      Effect: 'Allow',
      Action: ['apigateway:PUT'],
      Resource: ['arn:aws:apigateway:eu-central-1::/tags/arn%3Aaws%3Aapigateway'],
    });
    await iam.send(new PutRolePolicyCommand({ RoleName: 'recorded', PolicyName: 'p', PolicyDocument }));
    const got = await iam.send(new GetRolePolicyCommand({ RoleName: 'recorded', PolicyName: 'p' }));

    expect(decodeURIComponent(got.PolicyDocument ?? '')).toBe(PolicyDocument);
  });

  // Recorded with an action on objects and the ARN of a bucket, which the simulator here does not judge.
  it('simulate what a policy allows, and what none does (test_iam test_simulate_principle_policy[role], 2025-04-21)', async () => {
    const test = organizationUnderTest();
    const accountId = await openAccount(test);
    const iam = iamOf(test, administrator(accountId));
    await iam.send(new CreateRoleCommand(ROLE));
    await iam.send(new PutRolePolicyCommand({ RoleName: 'recorded', PolicyName: 'p', PolicyDocument: READS }));
    test.clock.advance(120);
    const { EvaluationResults = [] } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:aws:iam::${accountId}:role/recorded`,
        ActionNames: ['s3:ListBucket', 's3:GetBucketLocation'],
        ResourceArns: ['arn:aws:s3:::bucket'],
      }),
    );

    expect(EvaluationResults).toMatchObject([
      { EvalActionName: 's3:ListBucket', EvalDecision: 'allowed', EvalResourceName: 'arn:aws:s3:::bucket' },
      { EvalActionName: 's3:GetBucketLocation', EvalDecision: 'implicitDeny', EvalResourceName: 'arn:aws:s3:::bucket' },
    ]);
  });
});
