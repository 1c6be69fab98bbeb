import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { ListAccountAliasesCommand, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CloseAccountCommand,
  CreateAccountCommand,
  ListAccountsCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { EXAMPLE_EXTERNAL_ID, exampleOrganization } from '../../../sandbox/organization/example-organization';
import {
  ACCESS_ROLE,
  administrator,
  assume,
  assumeAccessRole,
  assumeServiceRole,
  iamOf,
  MANAGEMENT,
  openAccount,
  organizationUnderTest,
  outcomeOf,
  ROOT,
  SERVICE_ROLE,
} from './organization-under-test';

const lambda = { credentials: administrator('000000000000'), app: 'CreateAccount' };

describe('the service roles', () => {
  it('let a function in with the ExternalId', async () => {
    const test = organizationUnderTest();
    const credentials = await assume(test, lambda, { RoleArn: SERVICE_ROLE, ExternalId: EXAMPLE_EXTERNAL_ID });

    expect(credentials.accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    const identity = await new STSClient(test.settings(credentials)).send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe(`arn:aws:sts::${MANAGEMENT}:assumed-role/MeshfedServiceRole/under-test`);
    expect(identity.Account).toBe(MANAGEMENT);
    expect(await new OrganizationsClient(test.settings(credentials)).send(new ListAccountsCommand({}))).toMatchObject({
      Accounts: [{ Name: 'management' }, { Name: 'automation' }, { Name: 'meshcloud' }],
    });
  });

  it.each([
    ['no ExternalId', lambda, {}],
    ['another ExternalId', lambda, { ExternalId: 'someone-elses' }],
    [
      'a caller of another account',
      { credentials: administrator('333333333333') },
      { ExternalId: EXAMPLE_EXTERNAL_ID },
    ],
  ])('refuse %s', async (_case, caller, input) => {
    const test = organizationUnderTest();
    const attempt = assume(test, caller, { RoleArn: SERVICE_ROLE, ...input });
    await expect(attempt).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    await expect(attempt).rejects.toThrow(`is not authorized to perform: sts:AssumeRole on resource: ${SERVICE_ROLE}`);
    expect(test.organization.calls.at(-1)).toMatchObject({ outcome: 'AccessDenied', notYet: false });
  });

  it('refuse a function that is not named in their trust', async () => {
    const test = organizationUnderTest({ seed: exampleOrganization({ functionRoles: ['vending-CreateAccount'] }) });
    const input = { RoleArn: SERVICE_ROLE, ExternalId: EXAMPLE_EXTERNAL_ID };
    expect(await outcomeOf(assume(test, lambda, input))).toBe('ok');
    expect(await outcomeOf(assume(test, { ...lambda, app: 'Intruder' }, input))).toBe('AccessDenied');
  });

  it('accept an old and a new ExternalId during a rotation', async () => {
    const test = organizationUnderTest({ seed: exampleOrganization({ externalIds: ['old-one', 'new-one'] }) });
    for (const ExternalId of ['old-one', 'new-one']) {
      expect(await outcomeOf(assume(test, lambda, { RoleArn: SERVICE_ROLE, ExternalId }))).toBe('ok');
    }
  });
});

describe('the access role of a new account', () => {
  it('refuses until it has propagated, in the same words as for good', async () => {
    const test = organizationUnderTest();
    const accountId = await openAccount(test);
    const young = organizationUnderTest({
      latencies: { ...test.organization.state.latencies, accountCreation: [48, 48], accessRole: [100, 100] },
    });
    const youngId = await openAccount(young);
    expect(accountId).not.toBe('');

    await expect(assumeAccessRole(young, youngId)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(young.organization.calls.at(-1)).toMatchObject({ operation: 'AssumeRole', notYet: true });
    young.clock.advance(40);
    const credentials = await assumeAccessRole(young, youngId);
    expect(await iamOf(young, credentials).send(new ListAccountAliasesCommand({}))).toMatchObject({
      AccountAliases: [],
    });
  });

  it('has the name that CreateAccount was given, and none other', async () => {
    const test = organizationUnderTest();
    const accountId = await openAccount(test, { RoleName: 'Other' });
    expect(await outcomeOf(assumeAccessRole(test, accountId, 'Other'))).toBe('ok');
    expect(await outcomeOf(assumeAccessRole(test, accountId, ACCESS_ROLE))).toBe('AccessDenied');
  });

  it('acts on a new trust only once that has propagated', async () => {
    const test = organizationUnderTest();
    const accountId = await openAccount(test);
    const iam = iamOf(test, await assumeAccessRole(test, accountId));
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444444444444:root' }, Action: 'sts:AssumeRole' }],
    });
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: ACCESS_ROLE, PolicyDocument }));
    expect(await outcomeOf(assumeAccessRole(test, accountId))).toBe('ok');
    test.clock.advance(30);
    expect(await outcomeOf(assumeAccessRole(test, accountId))).toBe('AccessDenied');
  });

  it.each([
    { of: 'everybody', condition: {}, outcome: 'AccessDenied' },
    { of: 'everybody outside', condition: { StringNotEquals: { 'aws:PrincipalAccount': MANAGEMENT } }, outcome: 'ok' },
  ])('is out of reach where a resource control policy refuses $of: $outcome', async ({ condition, outcome }) => {
    const statement = { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole', Resource: '*', Condition: condition };
    const document = { Version: '2012-10-17', Statement: [statement] };
    const resourceControlPolicies = [{ name: 'perimeter', targetIds: [ROOT], document }];
    const test = organizationUnderTest({ seed: { ...exampleOrganization(), resourceControlPolicies } });
    const accountId = await openAccount(test);

    expect(await outcomeOf(assumeAccessRole(test, accountId))).toBe(outcome);
  });

  it('is within reach while the account is being closed, and out of it then', async () => {
    const test = organizationUnderTest();
    const accountId = await openAccount(test);
    await test.organizations.send(new CloseAccountCommand({ AccountId: accountId }));
    expect(await outcomeOf(assumeAccessRole(test, accountId))).toBe('ok');
    test.clock.advance(600);
    expect(await outcomeOf(assumeAccessRole(test, accountId))).toBe('AccessDenied');
  });
});

describe('sessions', () => {
  it('end when their time is over', async () => {
    const test = organizationUnderTest();
    const service = await assumeServiceRole(test);
    const organizations = new OrganizationsClient(test.settings(service));
    const sts = new STSClient(test.settings(service));
    test.clock.advance(3599);
    expect(await outcomeOf(organizations.send(new ListAccountsCommand({})))).toBe('ok');
    test.clock.advance(1);
    expect(await outcomeOf(organizations.send(new ListAccountsCommand({})))).toBe('ExpiredTokenException');
    expect(await outcomeOf(sts.send(new GetCallerIdentityCommand({})))).toBe('ExpiredToken');
  });

  it('last one hour at most where roles are chained', async () => {
    const test = organizationUnderTest();
    const input = { RoleArn: SERVICE_ROLE, ExternalId: EXAMPLE_EXTERNAL_ID, DurationSeconds: 3601 };
    await expect(assume(test, lambda, input)).rejects.toThrow('role chaining');
  });

  it('need a session token that belongs to their key', async () => {
    const test = organizationUnderTest();
    const forged = { ...(await assumeServiceRole(test)), sessionToken: 'forged' };
    const sts = new STSClient(test.settings(forged));
    expect(await outcomeOf(sts.send(new GetCallerIdentityCommand({})))).toBe('InvalidClientTokenId');
  });

  it.each(['not-a-key', '999999999999'])('are not given to the access key %s', async (accessKeyId) => {
    const test = organizationUnderTest();
    const organizations = new OrganizationsClient(test.settings(administrator(accessKeyId)));
    expect(await outcomeOf(organizations.send(new ListAccountsCommand({})))).toBe('UnrecognizedClientException');
  });

  it.each([
    ['a role ARN that is none', { RoleArn: 'arn:aws:iam::222222222222:user/jane' }, 'is invalid'],
    ['too short a session', { DurationSeconds: 899 }, "Value at 'durationSeconds'"],
    ['an ExternalId of one character', { ExternalId: 'x' }, "Value at 'externalId'"],
  ])('are refused for %s', async (_case, input, words) => {
    const attempt = assume(organizationUnderTest(), lambda, { RoleArn: SERVICE_ROLE, ...input });
    await expect(attempt).rejects.toMatchObject({ name: 'ValidationError' });
    await expect(attempt).rejects.toThrow(words);
  });

  it('refuse a session policy that is none', async () => {
    const input = { RoleArn: SERVICE_ROLE, ExternalId: EXAMPLE_EXTERNAL_ID, Policy: '{"Statement":1}' };
    expect(await outcomeOf(assume(organizationUnderTest(), lambda, input))).toBe('MalformedPolicyDocumentException');
  });
});

describe('the packed size of what a session is opened with', () => {
  const opened = async (
    input: Partial<AssumeRoleCommandInput>,
  ): Promise<{ readonly PackedPolicySize?: number | undefined }> => {
    const test = organizationUnderTest();
    const RoleName = SERVICE_ROLE.split('/').at(-1);
    const both = { Effect: 'Allow', Principal: { AWS: MANAGEMENT }, Action: ['sts:AssumeRole', 'sts:TagSession'] };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [both] });
    const update = new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument });
    await iamOf(test, administrator(MANAGEMENT)).send(update);
    test.clock.advance(600);
    return new STSClient(test.settings(administrator(MANAGEMENT))).send(
      new AssumeRoleCommand({ RoleArn: SERVICE_ROLE, RoleSessionName: 'packed', ...input }),
    );
  };
  const policyOf = (actions: readonly string[]): string =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });
  const numbered = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => `s3:GetObject${index}`);
  const PolicyArns = [{ arn: 'arn:aws:iam::aws:policy/AWSServiceCatalogEndUserFullAccess' }];

  it('is not told where there is nothing to pack', async () => {
    expect((await opened({})).PackedPolicySize).toBeUndefined();
  });

  it('counts the policy, the ARNs of policies, and the tags', async () => {
    const sizes = await Promise.all(
      [
        { Policy: policyOf(['s3:GetObject']) },
        { Policy: policyOf(['s3:GetObject']), PolicyArns },
        { Policy: policyOf(['s3:GetObject']), PolicyArns, Tags: [{ Key: 'step', Value: 'CreateAccount' }] },
      ].map(async (input) => (await opened(input)).PackedPolicySize ?? 0),
    );

    expect(sizes.toSorted((one, other) => one - other)).toEqual(sizes);
    expect(new Set(sizes).size).toBe(3);
  });

  it.each([
    ['78 actions', { Policy: policyOf(numbered(78)) }],
    ['more characters than a policy may have', { Policy: policyOf(numbered(200)) }],
    ['fewer actions and ten tags', { Policy: policyOf(numbered(30)), Tags: tenTags() }],
  ])('is too large with %s', async (_, input) => {
    const attempt = opened(input);

    await expect(attempt).rejects.toThrow(/Packed size of session policy and session tags consumes \d{3}%/u);
    await expect(attempt).rejects.toMatchObject({ name: expect.stringMatching(/^PackedPolicyTooLarge/u) as string });
  });
});

function tenTags(): { Key: string; Value: string }[] {
  return Array.from({ length: 10 }, (_, index) => ({ Key: `tag${index}`, Value: 'value' }));
}

describe('the call log', () => {
  it('tells the function, the principal, the input and the outcome of every call', async () => {
    const test = organizationUnderTest();
    const service = await assumeServiceRole(test);
    const organizations = new OrganizationsClient(test.settings(service, 'CreateAccount'));
    await outcomeOf(organizations.send(new CreateAccountCommand({ Email: 'no-email', AccountName: 'x' })));

    expect(test.organization.calls).toMatchObject([
      {
        service: 'sts',
        operation: 'AssumeRole',
        callerFunction: 'OpenAccount',
        outcome: 'ok',
        write: false,
        principal: { kind: 'function', roleArn: 'arn:aws:iam::111111111111:role/vending-OpenAccount' },
      },
      {
        service: 'organizations',
        operation: 'CreateAccount',
        callerFunction: 'CreateAccount',
        input: { Email: 'no-email', AccountName: 'x' },
        outcome: 'InvalidInputException',
        write: true,
        principal: { kind: 'session', accountId: MANAGEMENT, roleName: 'MeshfedServiceRole' },
      },
    ]);
  });
});
