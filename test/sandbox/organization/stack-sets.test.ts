import { awsLimits } from '../../../sandbox/organization/organization-limits';
import {
  CloudFormationClient,
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  DeleteStackInstancesCommand,
  DescribeStackInstanceCommand,
  DescribeStackSetCommand,
  DescribeStackSetOperationCommand,
  ListStackInstancesCommand,
  ListStackSetsCommand,
  UpdateStackInstancesCommand,
  type CreateStackInstancesCommandInput,
} from '@aws-sdk/client-cloudformation';
import {
  AttachRolePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CloseAccountCommand } from '@aws-sdk/client-organizations';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import { awsLatencies } from '../../../sandbox/organization/latencies';
import type { FaultInjector } from '../../../sandbox/organization/fault-injector';
import type { OrganizationSeed, ServiceRoleSeed } from '../../../sandbox/organization/organization-seed';
import {
  administrator,
  assumeServiceRole,
  AUTOMATION,
  openAccount,
  organizationUnderTest,
  outcomeOf,
  type UnderTest,
} from './organization-under-test';

const EXECUTION_ROLE = 'AWSCloudFormationStackSetExecutionRole';
const ADMINISTRATION_ROLE = 'AWSCloudFormationStackSetAdministrationRole';
const SECOND = 'eu-west-1';
const FIRST = 'eu-central-1';

/** A member with the execution role, and CloudFormation as the automation role sees it. */
async function readyToDeploy(
  options: Parameters<typeof organizationUnderTest>[0] = {},
  trusted = `arn:aws:iam::${AUTOMATION}:root`,
) {
  const test = organizationUnderTest(options);
  const accountId = await openAccount(test);
  await makeExecutionRole(test, accountId, trusted);
  test.clock.advance(30);
  return { ...test, accountId, stackSets: await stackSetsOf(test) };
}

async function makeExecutionRole({ settings }: UnderTest, accountId: string, trusted: string) {
  const iam = new IAMClient(settings(administrator(accountId)));
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: trusted }, Action: 'sts:AssumeRole' }],
  };
  await iam.send(
    new CreateRoleCommand({ RoleName: EXECUTION_ROLE, AssumeRolePolicyDocument: JSON.stringify(document) }),
  );
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  await iam.send(new AttachRolePolicyCommand({ RoleName: EXECUTION_ROLE, PolicyArn }));
}

async function stackSetsOf(test: UnderTest, region = FIRST) {
  const credentials = await assumeServiceRole(test, `arn:aws:iam::${AUTOMATION}:role/MeshfedAutomationRole`);
  return new CloudFormationClient({ ...test.settings(credentials), region });
}

type Ready = Awaited<ReturnType<typeof readyToDeploy>>;

const deployment = (accountId: string, input: Partial<CreateStackInstancesCommandInput> = {}) => ({
  StackSetName: 'baseline',
  Accounts: [accountId],
  Regions: [FIRST],
  ...input,
});

const create = ({ stackSets, accountId }: Ready, input: Partial<CreateStackInstancesCommandInput> = {}) =>
  stackSets.send(new CreateStackInstancesCommand(deployment(accountId, input)));

const update = ({ stackSets, accountId }: Ready, input: Partial<CreateStackInstancesCommandInput> = {}) =>
  stackSets.send(new UpdateStackInstancesCommand(deployment(accountId, input)));

async function instances({ stackSets, accountId }: Ready, StackSetName = 'baseline') {
  const command = new ListStackInstancesCommand({ StackSetName, StackInstanceAccount: accountId });
  return (await stackSets.send(command)).Summaries ?? [];
}

async function overridesOf({ stackSets, accountId }: Ready) {
  const command = new DescribeStackInstanceCommand({
    StackSetName: 'baseline',
    StackInstanceAccount: accountId,
    StackInstanceRegion: FIRST,
  });
  return (await stackSets.send(command)).StackInstance?.ParameterOverrides ?? [];
}

async function operationStatus({ stackSets }: Ready, OperationId: string | undefined, StackSetName = 'baseline') {
  const command = new DescribeStackSetOperationCommand({ StackSetName, OperationId });
  return (await stackSets.send(command)).StackSetOperation?.Status;
}

const override = (ParameterKey: string, ParameterValue: string) => ({ ParameterKey, ParameterValue });

describe('the list of instances', () => {
  it('is behind, while an operation is told as it is', async () => {
    const latencies = { ...awsLatencies, stackInstanceListing: [600, 600] as const };
    const ready = await readyToDeploy({ latencies });
    const { OperationId } = await create(ready);
    ready.clock.advance(300);
    expect(await operationStatus(ready, OperationId)).toBe('SUCCEEDED');
    expect(await instances(ready)).toEqual([]);
    ready.clock.advance(300);
    expect(await instances(ready)).toMatchObject([{ Status: 'CURRENT', LastOperationId: OperationId }]);

    const removal = new DeleteStackInstancesCommand({ ...deployment(ready.accountId), RetainStacks: false });
    const { OperationId: removed } = await ready.stackSets.send(removal);
    ready.clock.advance(300);
    expect(await operationStatus(ready, removed)).toBe('SUCCEEDED');
    expect(await instances(ready)).toMatchObject([{ Status: 'CURRENT', LastOperationId: OperationId }]);
    ready.clock.advance(300);
    expect(await instances(ready)).toEqual([]);
  });
});

describe('a stack set', () => {
  it('tells what its template declares', async () => {
    const { stackSets } = await readyToDeploy();
    const { StackSet } = await stackSets.send(new DescribeStackSetCommand({ StackSetName: 'baseline' }));
    expect(StackSet).toMatchObject({
      PermissionModel: 'SELF_MANAGED',
      ExecutionRoleName: EXECUTION_ROLE,
      ManagedExecution: { Active: false },
    });
    expect(StackSet?.Parameters).toEqual([
      { ParameterKey: 'AccountName' },
      { ParameterKey: 'AccountId' },
      override('ContactEmail', 'nobody@corp.example'),
      override('tagEnvironment', 'dev'),
      override('Retention', '30'),
    ]);
    const template = JSON.parse(StackSet?.TemplateBody ?? '') as { Parameters: object };
    expect(Object.keys(template.Parameters)).toEqual([
      'AccountName',
      'AccountId',
      'ContactEmail',
      'tagEnvironment',
      'Retention',
    ]);
  });

  it('is found in its region and account only', async () => {
    const ready = await readyToDeploy();
    const describeIn = async (client: CloudFormationClient) =>
      outcomeOf(client.send(new DescribeStackSetCommand({ StackSetName: 'baseline' })));
    expect(await describeIn(await stackSetsOf(ready, 'us-east-1'))).toBe('StackSetNotFoundException');
    const member = new CloudFormationClient({ ...ready.settings(administrator(ready.accountId)), region: FIRST });
    expect(await describeIn(member)).toBe('StackSetNotFoundException');
  });

  it('does not reach an account in a region that the account has not enabled', async () => {
    const ready = await readyToDeploy();
    const OperationId = 'opt-in';
    await create(ready, { Regions: [FIRST, 'eu-central-2'], OperationId });
    ready.clock.advance(600);
    expect(await operationStatus(ready, OperationId)).toBe('FAILED');
    const { Summaries = [] } = await ready.stackSets.send(new ListStackInstancesCommand({ StackSetName: 'baseline' }));
    expect(Summaries.map(({ Region, Status }) => [Region, Status])).toEqual([
      [FIRST, 'CURRENT'],
      ['eu-central-2', 'OUTDATED'],
    ]);
    expect(Summaries[1]?.StatusReason).toMatch(/^Region eu-central-2 is not enabled for account \d{12}\.$/u);
  });

  it('can be made by its administrator, from a template in JSON or YAML', async () => {
    const { settings } = await readyToDeploy();
    const client = new CloudFormationClient({ ...settings(administrator(AUTOMATION)), region: FIRST });
    const TemplateBody = JSON.stringify({ Parameters: { Stage: { Type: 'String', Default: 'dev' } }, Resources: {} });
    const make = (input: object) =>
      client.send(new CreateStackSetCommand({ StackSetName: 'extra', TemplateBody, ...input }));
    await make({ ManagedExecution: { Active: true } });
    expect(
      (await client.send(new ListStackSetsCommand({}))).Summaries?.map(({ StackSetName }) => StackSetName),
    ).toEqual(['baseline', 'network', 'extra']);
    expect(await outcomeOf(make({}))).toBe('NameAlreadyExistsException');
    const yaml =
      'Parameters: { Stage: { Type: String } }\nResources: { A: { Type: "B", Properties: { C: !Ref Stage } } }';
    await make({ StackSetName: 'yaml', TemplateBody: yaml });
    const described = await client.send(new DescribeStackSetCommand({ StackSetName: 'yaml' }));
    expect(described.StackSet?.Parameters).toMatchObject([{ ParameterKey: 'Stage' }]);
    await expect(make({ StackSetName: 'none', TemplateBody: 'Parameters: [' })).rejects.toThrow(
      'Template format error',
    );
    const Parameters = [override('Unknown', 'x')];
    await expect(make({ StackSetName: 'other', Parameters })).rejects.toThrow('Parameters: [Unknown] do not exist');
  });
});

describe('stack instances', () => {
  it('become current, with exactly the overrides that were given', async () => {
    const ready = await readyToDeploy();
    const ParameterOverrides = [override('AccountName', 'retail.shop'), override('tagEnvironment', 'prod')];
    const { OperationId } = await create(ready, { ParameterOverrides, OperationId: 'operation-1' });
    expect(OperationId).toBe('operation-1');
    expect(await instances(ready)).toMatchObject([
      {
        Account: ready.accountId,
        Status: 'OUTDATED',
        StackInstanceStatus: { DetailedStatus: 'RUNNING' },
        LastOperationId: 'operation-1',
      },
    ]);

    ready.clock.advance(180);
    expect(await instances(ready)).toMatchObject([
      { Status: 'CURRENT', StackInstanceStatus: { DetailedStatus: 'SUCCEEDED' }, DriftStatus: 'NOT_CHECKED' },
    ]);
    expect(await operationStatus(ready, OperationId)).toBe('SUCCEEDED');
    expect(await overridesOf(ready)).toEqual(ParameterOverrides);
  });

  it('keep their overrides in an update without any, and lose those that an update leaves out', async () => {
    const ready = await readyToDeploy();
    await create(ready, { ParameterOverrides: [override('AccountName', 'a'), override('ContactEmail', 'b')] });
    ready.clock.advance(180);
    await update(ready);
    ready.clock.advance(180);
    expect(await overridesOf(ready)).toHaveLength(2);
    await update(ready, { ParameterOverrides: [override('AccountName', 'c')] });
    ready.clock.advance(180);
    expect(await overridesOf(ready)).toEqual([override('AccountName', 'c')]);
  });

  it('are deployed again by creating where they are, and need to be there for an update', async () => {
    const ready = await readyToDeploy();
    expect(await outcomeOf(update(ready))).toBe('StackInstanceNotFoundException');
    await create(ready);
    ready.clock.advance(180);
    await create(ready, { ParameterOverrides: [override('AccountName', 'again')] });
    ready.clock.advance(180);
    expect(await instances(ready)).toMatchObject([{ Status: 'CURRENT' }]);
    expect(await overridesOf(ready)).toEqual([override('AccountName', 'again')]);
  });

  it.each([
    ['an undeclared parameter', { ParameterOverrides: [override('AccountEmail', 'x')] }, 'ValidationError'],
    ['no account', { Accounts: [] }, 'ValidationError'],
    ['no region', { Regions: [] }, 'ValidationError'],
    ['an unknown stack set', { StackSetName: 'unknown' }, 'StackSetNotFoundException'],
  ])('are refused for %s', async (_case, input, name) => {
    const ready = await readyToDeploy();
    expect(await outcomeOf(create(ready, input))).toBe(name);
    expect(await instances(ready)).toEqual([]);
  });

  it('are one operation for one operation id', async () => {
    const ready = await readyToDeploy();
    await create(ready, { OperationId: 'operation-1' });
    expect(await create(ready, { OperationId: 'operation-1' })).toMatchObject({ OperationId: 'operation-1' });
    const other = create(ready, { OperationId: 'operation-1', ParameterOverrides: [override('AccountName', 'x')] });
    expect(await outcomeOf(other)).toBe('OperationIdAlreadyExistsException');
  });

  it('are worked on by one operation of the stack set at a time', async () => {
    const ready = await readyToDeploy();
    await create(ready);
    expect(await outcomeOf(create(ready))).toBe('OperationInProgressException');
    ready.clock.advance(180);
    expect(await outcomeOf(create(ready))).toBe('ok');
  });

  it('queue behind one another in managed execution, and only where they touch', async () => {
    const ready = await readyToDeploy();
    const inNetwork = (OperationId: string, Regions: string[]) =>
      create(ready, { StackSetName: 'network', OperationId, Regions });
    await inNetwork('first', [FIRST]);
    await inNetwork('same', [FIRST]);
    await inNetwork('apart', [SECOND]);
    const statuses = () => Promise.all(['first', 'same', 'apart'].map((id) => operationStatus(ready, id, 'network')));
    expect(await statuses()).toEqual(['RUNNING', 'QUEUED', 'RUNNING']);
    ready.clock.advance(180);
    expect(await statuses()).toEqual(['SUCCEEDED', 'RUNNING', 'SUCCEEDED']);
    ready.clock.advance(180);
    expect(await statuses()).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
  });

  it('queue behind any other in managed execution, in the other reading of its page', async () => {
    const ready = await readyToDeploy({ limits: { ...awsLimits, managedExecution: 'one-by-one' } });
    const inNetwork = (OperationId: string, Regions: string[]) =>
      create(ready, { StackSetName: 'network', OperationId, Regions });
    await inNetwork('first', [FIRST]);
    await inNetwork('apart', [SECOND]);
    const statuses = () => Promise.all(['first', 'apart'].map((id) => operationStatus(ready, id, 'network')));
    ready.clock.advance(59);
    expect(await statuses()).toEqual(['RUNNING', 'QUEUED']);
    ready.clock.advance(301);
    expect(await statuses()).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });

  it('go region by region', async () => {
    const ready = await readyToDeploy();
    await create(ready, { Regions: [FIRST, SECOND] });
    ready.clock.advance(59);
    const detailed = async () =>
      (await instances(ready)).map(({ StackInstanceStatus }) => StackInstanceStatus?.DetailedStatus);
    expect(await detailed()).toEqual(['RUNNING', 'PENDING']);
    ready.clock.advance(301);
    expect(await detailed()).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  });
});

describe('stack instances that cannot be deployed', () => {
  const missing = (accountId: string) =>
    `Account ${accountId} should have '${EXECUTION_ROLE}' role with trust relationship to Role 'AWSCloudFormationStackSetAdministrationRole'.`;

  it('name the missing execution role, after an accepted operation', async () => {
    const test = organizationUnderTest();
    const accountId = await openAccount(test);
    const ready = { ...test, accountId, stackSets: await stackSetsOf(test) };
    const { OperationId } = await create(ready, { Regions: [FIRST, SECOND] });
    ready.clock.advance(20);
    expect(await instances(ready)).toMatchObject([
      { Status: 'OUTDATED', StackInstanceStatus: { DetailedStatus: 'FAILED' }, StatusReason: missing(accountId) },
      { Status: 'OUTDATED', StackInstanceStatus: { DetailedStatus: 'CANCELLED' } },
    ]);
    expect(await operationStatus(ready, OperationId)).toBe('FAILED');
  });

  it('do so for a role that trusts others or has not propagated, and recover in a new operation', async () => {
    const stranger = await readyToDeploy({}, 'arn:aws:iam::444444444444:root');
    await create(stranger);
    stranger.clock.advance(20);
    expect(await instances(stranger)).toMatchObject([{ StatusReason: missing(stranger.accountId) }]);

    const test = organizationUnderTest();
    const accountId = await openAccount(test);
    const ready = { ...test, accountId, stackSets: await stackSetsOf(test) };
    await makeExecutionRole(
      test,
      accountId,
      `arn:aws:iam::${AUTOMATION}:role/AWSCloudFormationStackSetAdministrationRole`,
    );
    await create(ready);
    ready.clock.advance(30);
    expect(await instances(ready)).toMatchObject([{ StatusReason: missing(accountId) }]);
    await create(ready);
    ready.clock.advance(180);
    const [instance] = await instances(ready);
    expect(instance?.Status).toBe('CURRENT');
    expect(instance?.StatusReason).toBeUndefined();
  });

  const administrationRole = (change: Partial<ServiceRoleSeed>): OrganizationSeed => {
    const seed = exampleOrganization();
    const changed = seed.serviceRoles.map((role) =>
      role.name === ADMINISTRATION_ROLE ? { ...role, ...change } : role,
    );
    return { ...seed, serviceRoles: changed };
  };
  const statement = (further: object) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...further }],
  });
  const elsewhere = statement({ Resource: 'arn:aws:iam::*:role/AnotherExecutionRole' });

  it.each<{ lacks: string; change: Partial<ServiceRoleSeed> }>([
    { lacks: 'any right', change: { inlinePolicies: {} } },
    { lacks: 'the right to this role', change: { inlinePolicies: { elsewhere } } },
    {
      lacks: "CloudFormation's trust",
      change: { trust: statement({ Principal: { Service: 'lambda.amazonaws.com' } }) },
    },
    { lacks: 'its name', change: { name: 'AdministrationRole' } },
  ])('tell that the administration role lacks $lacks', async ({ change }) => {
    const ready = await readyToDeploy({ seed: administrationRole(change) });
    await create(ready);
    ready.clock.advance(20);
    expect(await instances(ready)).toMatchObject([{ Status: 'OUTDATED', StatusReason: missing(ready.accountId) }]);
  });

  it.each([
    ['trust others', 'arn:aws:iam::444444444444:root', 'OUTDATED'],
    ['trust the administration role', `arn:aws:iam::${AUTOMATION}:role/${ADMINISTRATION_ROLE}`, 'CURRENT'],
  ])('may wait for their turn while the execution role begins to %s: it counts then', async (_, AWS, second) => {
    const ready = await readyToDeploy();
    await create(ready, { Regions: [FIRST, SECOND] });
    const iam = new IAMClient(ready.settings(administrator(ready.accountId)));
    const PolicyDocument = JSON.stringify(statement({ Principal: { AWS } }));
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: EXECUTION_ROLE, PolicyDocument }));
    // Nobody asks in between: what happens is worked out afterwards, in order.
    ready.clock.advance(600);
    expect(await instances(ready)).toMatchObject([
      { Region: FIRST, Status: 'CURRENT' },
      { Region: SECOND, Status: second },
    ]);
  });

  it('are skipped in a suspended account', async () => {
    const ready = await readyToDeploy();
    await ready.organizations.send(new CloseAccountCommand({ AccountId: ready.accountId }));
    ready.clock.advance(120);
    await create(ready);
    ready.clock.advance(20);
    expect(await instances(ready)).toMatchObject([
      { StackInstanceStatus: { DetailedStatus: 'SKIPPED_SUSPENDED_ACCOUNT' } },
    ]);
  });

  it('can be made to fail, and are then mended by a new operation unless they are inoperable', async () => {
    const fate: NonNullable<ReturnType<NonNullable<FaultInjector['stackInstance']>>>[] = [
      { status: 'OUTDATED', reason: 'ResourceLogicalId:Topic, ResourceStatusReason:No.' },
      { status: 'INOPERABLE', reason: 'The stack is gone.' },
    ];
    const ready = await readyToDeploy({ faults: { stackInstance: () => fate.shift() } });
    const after = async () => {
      await create(ready);
      ready.clock.advance(180);
      return instances(ready);
    };
    expect(await after()).toMatchObject([
      { Status: 'OUTDATED', StatusReason: 'ResourceLogicalId:Topic, ResourceStatusReason:No.' },
    ]);
    expect(await after()).toMatchObject([{ Status: 'INOPERABLE', StatusReason: 'The stack is gone.' }]);
    expect(await after()).toMatchObject([
      { Status: 'INOPERABLE', StackInstanceStatus: { DetailedStatus: 'INOPERABLE' } },
    ]);
  });

  it('are found by status and operation, page by page', async () => {
    const ready = await readyToDeploy();
    await create(ready, { Regions: [FIRST, SECOND], OperationId: 'operation-1' });
    ready.clock.advance(360);
    const list = (input: object) =>
      ready.stackSets.send(new ListStackInstancesCommand({ StackSetName: 'baseline', ...input }));
    const filtered = async (Name: 'DETAILED_STATUS' | 'LAST_OPERATION_ID' | 'DRIFT_STATUS', Values: string) =>
      (await list({ Filters: [{ Name, Values }] })).Summaries?.length;
    expect(await filtered('DETAILED_STATUS', 'SUCCEEDED')).toBe(2);
    expect(await filtered('DETAILED_STATUS', 'FAILED')).toBe(0);
    expect(await filtered('LAST_OPERATION_ID', 'operation-1')).toBe(2);
    expect(await filtered('DRIFT_STATUS', 'DRIFTED')).toBe(0);
    const first = await list({ MaxResults: 1 });
    const second = await list({ MaxResults: 1, NextToken: first.NextToken });
    expect([first.Summaries?.[0]?.Region, second.Summaries?.[0]?.Region]).toEqual([FIRST, SECOND]);
    expect(second.NextToken).toBeUndefined();
  });
});
