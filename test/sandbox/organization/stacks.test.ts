import {
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStackSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
} from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import type { OrganizationOptions } from '../../../sandbox/organization/organization';
import type { Account } from '../../../sandbox/organization/organization-state';
import { administrator, AUTOMATION, iamOf, organizationUnderTest, outcomeOf } from './organization-under-test';

const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});

const grant = (Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

const role = (properties = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { RoleName: 'Reader', AssumeRolePolicyDocument: trust('lambda.amazonaws.com'), ...properties },
});

const policy = { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: grant('sso:GetTrust') } };

const template = (Resources: object, rest: object = {}): string => JSON.stringify({ Resources, ...rest });

const READER = template({ Role: role() });

const both = template({ Role: role({ ManagedPolicyArns: [{ Ref: 'Policy' }] }), Policy: policy });

class StackUnderTest {
  readonly test;
  readonly client: CloudFormationClient;

  constructor(options: Partial<OrganizationOptions> = {}) {
    this.test = organizationUnderTest(options);
    this.client = new CloudFormationClient(this.test.settings(administrator(AUTOMATION)));
  }

  get account(): Account {
    const account = this.test.organization.state.accounts.get(AUTOMATION);
    if (account === undefined) throw new Error('There is no automation account.');
    return account;
  }

  create(input: Partial<CreateChangeSetCommandInput> = {}) {
    const capable = { Capabilities: ['CAPABILITY_NAMED_IAM' as const], ChangeSetType: 'CREATE' as const };
    const named = { StackName: 'Roles', ChangeSetName: 'first', TemplateBody: READER };
    return this.client.send(new CreateChangeSetCommand({ ...named, ...capable, ...input }));
  }

  async describeChangeSet(ChangeSetName = 'first') {
    return this.client.send(new DescribeChangeSetCommand({ StackName: 'Roles', ChangeSetName }));
  }

  execute(ChangeSetName = 'first') {
    return this.client.send(new ExecuteChangeSetCommand({ StackName: 'Roles', ChangeSetName }));
  }

  async describe(StackName = 'Roles') {
    const { Stacks = [] } = await this.client.send(new DescribeStacksCommand({ StackName }));
    return Stacks[0];
  }

  async events(StackName = 'Roles') {
    const { StackEvents = [] } = await this.client.send(new DescribeStackEventsCommand({ StackName }));
    return StackEvents.map(
      ({ LogicalResourceId, ResourceStatus, ResourceStatusReason }) =>
        `${LogicalResourceId ?? ''} ${ResourceStatus ?? ''}${ResourceStatusReason === undefined ? '' : `: ${ResourceStatusReason}`}`,
    ).toReversed();
  }

  async deploy(input: Partial<CreateChangeSetCommandInput> = {}) {
    await this.create(input);
    this.test.clock.advance(10);
    await this.execute();
    this.test.clock.advance(120);
    return this.describe();
  }

  update(TemplateBody: string, input: Partial<CreateChangeSetCommandInput> = {}) {
    return this.deploy({ TemplateBody, ChangeSetType: 'UPDATE', ...input });
  }
}

/** The message of a refused call. */
const refusal = async (call: Promise<unknown>): Promise<string> => {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof Error ? `${error.name}: ${error.message}` : 'ok';
};

describe('a change set', () => {
  it('of a new stack leaves it in review, and is ready after a while', async () => {
    const stack = new StackUnderTest();
    await stack.create();
    expect(await stack.describe()).toMatchObject({ StackStatus: 'REVIEW_IN_PROGRESS' });
    expect(await stack.describeChangeSet()).toMatchObject({
      Status: 'CREATE_PENDING',
      ExecutionStatus: 'UNAVAILABLE',
    });
    stack.test.clock.advance(10);
    expect(await stack.describeChangeSet()).toMatchObject({
      Status: 'CREATE_COMPLETE',
      ExecutionStatus: 'AVAILABLE',
      Changes: [{ ResourceChange: { Action: 'Add', LogicalResourceId: 'Role', ResourceType: 'AWS::IAM::Role' } }],
    });
  });

  it('has a description of its own, which is not that of its template', async () => {
    const stack = new StackUnderTest();
    await stack.create({ TemplateBody: template({ Role: role() }, { Description: 'of the template' }) });
    expect(await stack.describeChangeSet()).not.toHaveProperty('Description');
    await stack.create({ ChangeSetName: 'second', Description: 'of the change set' });
    expect(await stack.describeChangeSet('second')).toHaveProperty('Description', 'of the change set');
  });

  it('is told as executed by its ARN, and not carried out again; the others are deleted', async () => {
    const stack = new StackUnderTest();
    const { Id = '' } = await stack.create();
    await stack.create({ ChangeSetName: 'other' });
    stack.test.clock.advance(10);
    await stack.execute();
    expect(await stack.describeChangeSet(Id)).toMatchObject({ ExecutionStatus: 'EXECUTE_IN_PROGRESS' });
    stack.test.clock.advance(120);
    expect(await stack.describeChangeSet(Id)).toMatchObject({ ExecutionStatus: 'EXECUTE_COMPLETE' });
    expect(await refusal(stack.execute(Id))).toMatch(/^InvalidChangeSetStatus/u);
    expect(await refusal(stack.describeChangeSet('other'))).toMatch(/^ChangeSetNotFound/u);
  });

  it('is not carried out before it is ready', async () => {
    const stack = new StackUnderTest();
    await stack.create();
    expect(await refusal(stack.execute())).toMatch(/^InvalidChangeSetStatus\w*: .*status of \[CREATE_PENDING\]/u);
  });

  it('without changes fails', async () => {
    const stack = new StackUnderTest();
    await stack.deploy();
    await stack.create({ ChangeSetType: 'UPDATE' });
    stack.test.clock.advance(10);
    expect(await stack.describeChangeSet()).toMatchObject({
      Status: 'FAILED',
      StatusReason: expect.stringContaining("didn't contain changes") as string,
    });
  });

  it('can be deleted, however often', async () => {
    const stack = new StackUnderTest();
    await stack.create();
    const change = new DeleteChangeSetCommand({ StackName: 'Roles', ChangeSetName: 'first' });
    await stack.client.send(change);
    await stack.client.send(change);
    expect(await refusal(stack.describeChangeSet())).toMatch(/^ChangeSetNotFound\w*: ChangeSet \[first\]/u);
  });

  it.each([
    [
      'without a capability',
      { Capabilities: [] },
      'InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_NAMED_IAM]',
    ],
    [
      'with too small a capability',
      { Capabilities: ['CAPABILITY_IAM'] },
      'InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_NAMED_IAM]',
    ],
    [
      'without a capability for what has no name of its own',
      { TemplateBody: template({ Policy: policy }), Capabilities: [] },
      'InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_IAM]',
    ],
    ['of a stack that is not there', { ChangeSetType: 'UPDATE' }, 'ValidationError: Stack [Roles] does not exist'],
    [
      'of no JSON',
      { TemplateBody: 'no' },
      'ValidationError: Template format error: this model of AWS reads TemplateBody as JSON',
    ],
    [
      'of an unknown type',
      { TemplateBody: template({ Queue: { Type: 'AWS::SQS::Queue' } }) },
      'ValidationError: Template format error: Unrecognized resource types: [AWS::SQS::Queue]',
    ],
    [
      'of a template that is too long',
      { TemplateBody: template({ Role: role({ Description: 'x'.repeat(51_200) }) }) },
      "ValidationError: 1 validation error detected: Value at 'templateBody' failed",
    ],
  ] as const)('%s is refused', async (_, input, message) => {
    const stack = new StackUnderTest();
    expect(await refusal(stack.create(input as Partial<CreateChangeSetCommandInput>))).toContain(message);
  });

  const parameters = {
    Word: {
      Type: 'String',
      AllowedPattern: '[a-z]+',
      MinLength: 2,
      MaxLength: 3,
      ConstraintDescription: 'must be 2 or 3 letters.',
    },
    Other: { Type: 'String', Default: 'x', AllowedPattern: 'x?', MinLength: 1 },
    List: { Type: 'CommaDelimitedList', Default: 'x, x', AllowedPattern: 'x' },
  };

  it.each([
    [[], 'Parameters: [Word] must have values'],
    [[{ ParameterKey: 'Nobody', ParameterValue: 'x' }], 'Parameters: [Nobody] do not exist in the template'],
    [
      [{ ParameterKey: 'Word', ParameterValue: 'AB' }],
      'Parameter Word failed to satisfy constraint: must be 2 or 3 letters.',
    ],
    [
      [{ ParameterKey: 'Word', ParameterValue: 'a' }],
      'Parameter Word failed to satisfy constraint: must be 2 or 3 letters.',
    ],
    [
      [{ ParameterKey: 'Word', ParameterValue: 'abcd' }],
      'Parameter Word failed to satisfy constraint: must be 2 or 3 letters.',
    ],
    [
      [
        { ParameterKey: 'Word', ParameterValue: 'ab' },
        { ParameterKey: 'Other', ParameterValue: 'xx' },
      ],
      "Parameter 'Other' must match pattern x?",
    ],
    [
      [
        { ParameterKey: 'Word', ParameterValue: 'ab' },
        { ParameterKey: 'Other', ParameterValue: '' },
      ],
      "Parameter 'Other' must contain at least 1 characters",
    ],
    [
      [
        { ParameterKey: 'Word', ParameterValue: 'ab' },
        { ParameterKey: 'List', ParameterValue: 'x,y' },
      ],
      "Each value of parameter 'List' must match pattern x",
    ],
  ])('with the parameters %j is refused', async (Parameters, message) => {
    const stack = new StackUnderTest();
    const TemplateBody = template({ Role: role() }, { Parameters: parameters });
    expect(await refusal(stack.create({ TemplateBody, Parameters }))).toBe(`ValidationError: ${message}`);
  });

  it('of a template that asks for the parameter store is refused: no account is bootstrapped', async () => {
    const stack = new StackUnderTest();
    const BootstrapVersion = {
      Type: 'AWS::SSM::Parameter::Value<String>',
      Default: '/cdk-bootstrap/hnb659fds/version',
    };
    const TemplateBody = template({ Role: role() }, { Parameters: { BootstrapVersion } });
    expect(await refusal(stack.create({ TemplateBody }))).toBe(
      'ValidationError: Parameter BootstrapVersion should either have input value or default value',
    );
  });

  it('of a template that does not say what to ask the parameter store for is refused', async () => {
    const stack = new StackUnderTest();
    const Stored = { Type: 'AWS::SSM::Parameter::Value<String>' };
    const TemplateBody = template({ Role: role() }, { Parameters: { Stored } });
    expect(await refusal(stack.create({ TemplateBody }))).toBe(
      'ValidationError: Parameters: [Stored] must have values',
    );
    const Parameters = [{ ParameterKey: 'Stored', ParameterValue: '/mine' }];
    expect(await refusal(stack.create({ TemplateBody, Parameters }))).toBe(
      'ValidationError: Parameter Stored should either have input value or default value',
    );
  });
});

describe('a stack', () => {
  it('makes its roles and policies, and tells how', async () => {
    const stack = new StackUnderTest();
    const described = await stack.deploy({ TemplateBody: both });

    expect(described).toMatchObject({ StackStatus: 'CREATE_COMPLETE', Capabilities: ['CAPABILITY_NAMED_IAM'] });
    const [arn = ''] = stack.account.policies.keys();
    expect(arn).toMatch(/^arn:aws:iam::333333333333:policy\/Roles-Policy-[A-Z2-7]{12}$/u);
    expect([...(stack.account.roles.get('Reader')?.attached.keys() ?? [])]).toEqual([arn]);
    expect(await stack.events()).toEqual([
      'Roles REVIEW_IN_PROGRESS: User Initiated',
      'Roles CREATE_IN_PROGRESS: User Initiated',
      'Policy CREATE_IN_PROGRESS',
      'Role CREATE_IN_PROGRESS',
      'Policy CREATE_COMPLETE',
      'Role CREATE_COMPLETE',
      'Roles CREATE_COMPLETE',
    ]);
    const { StackResources } = await stack.client.send(new DescribeStackResourcesCommand({ StackName: 'Roles' }));
    expect(StackResources).toMatchObject([
      { LogicalResourceId: 'Policy', PhysicalResourceId: arn },
      { LogicalResourceId: 'Role', PhysicalResourceId: 'Reader', ResourceStatus: 'CREATE_COMPLETE' },
    ]);
    const { TemplateBody } = await stack.client.send(new GetTemplateCommand({ StackName: 'Roles' }));
    expect(TemplateBody).toBe(both);
  });

  it('tells its outputs, and masks what is not to be shown', async () => {
    const stack = new StackUnderTest();
    const Parameters = { Secret: { Type: 'String', NoEcho: true }, Told: { Type: 'String', Default: 'told' } };
    const Outputs = { Arn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } }, Home: { Value: { Ref: 'AWS::Region' } } };
    const described = await stack.deploy({
      TemplateBody: template({ Role: role({ Path: '/mesh/' }) }, { Parameters, Outputs }),
      Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'word' }],
    });
    expect(described?.Outputs).toEqual([
      { OutputKey: 'Arn', OutputValue: `arn:aws:iam::${AUTOMATION}:role/mesh/Reader` },
      { OutputKey: 'Home', OutputValue: 'us-east-1' },
    ]);
    expect(described?.Parameters).toEqual([
      { ParameterKey: 'Secret', ParameterValue: '****' },
      { ParameterKey: 'Told', ParameterValue: 'told' },
    ]);
  });

  it('makes a stack set, goes by its id, and takes it away again', async () => {
    const stack = new StackUnderTest();
    const TemplateBody = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
    const Properties = { StackSetName: 'audit', PermissionModel: 'SELF_MANAGED', TemplateBody };
    const Outputs = { Id: { Value: { Ref: 'Audit' } } };
    const ofStack = template({ Audit: { Type: 'AWS::CloudFormation::StackSet', Properties } }, { Outputs });
    const described = await stack.deploy({ TemplateBody: ofStack });
    const { StackSet } = await stack.client.send(new DescribeStackSetCommand({ StackSetName: 'audit' }));
    expect(StackSet?.StackSetId).toMatch(/^audit:[0-9a-f-]{36}$/u);
    expect(described?.Outputs).toEqual([{ OutputKey: 'Id', OutputValue: StackSet?.StackSetId }]);
    const resources = new DescribeStackResourcesCommand({ StackName: 'Roles' });
    expect((await stack.client.send(resources)).StackResources).toMatchObject([
      { LogicalResourceId: 'Audit', PhysicalResourceId: StackSet?.StackSetId },
    ]);
    await stack.create({ ChangeSetType: 'UPDATE', TemplateBody: ofStack });
    stack.test.clock.advance(10);
    expect(await stack.describeChangeSet()).toMatchObject({ Status: 'FAILED', Changes: [] });

    await stack.client.send(new DeleteStackCommand({ StackName: 'Roles' }));
    stack.test.clock.advance(120);
    expect(stack.test.organization.state.stackSets.has(`${AUTOMATION}:us-east-1:audit`)).toBe(false);
  });

  it('has no summary of a template before there is one', async () => {
    const stack = new StackUnderTest();
    await stack.create();
    const summary = new GetTemplateSummaryCommand({ StackName: 'Roles' });
    expect(await refusal(stack.client.send(summary))).toBe(
      'ValidationError: GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.',
    );
  });

  it('leaves out what its conditions leave out', async () => {
    const stack = new StackUnderTest();
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    const conditional = { ...role({ RoleName: 'Never' }), Condition: 'Never' };
    await stack.deploy({ TemplateBody: template({ Role: role(), Not: conditional }, { Conditions }) });
    expect([stack.account.roles.has('Reader'), stack.account.roles.has('Never')]).toEqual([true, false]);
  });

  it.each([0, 0.99])('with a role that is there already is rolled back, whatever the words (%d)', async (drawn) => {
    const stack = new StackUnderTest({ random: () => drawn });
    const AssumeRolePolicyDocument = JSON.stringify(trust('ec2.amazonaws.com'));
    const iam = iamOf(stack.test, administrator(AUTOMATION));
    await iam.send(new CreateRoleCommand({ RoleName: 'Reader', AssumeRolePolicyDocument }));
    const described = await stack.deploy({ TemplateBody: both });

    expect(described).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
    const events = await stack.events();
    expect(events.filter((event) => event.startsWith('Role CREATE_FAILED'))).toEqual([
      expect.stringMatching(/Reader'? already exists/u),
    ]);
    expect(events.find((event) => event.startsWith('Roles ROLLBACK_IN_PROGRESS'))).toContain(
      'The following resource(s) failed to create: [Role]. Rollback requested by user.',
    );
    // Theirs is as it was, and nothing that we made is left.
    expect(stack.account.roles.get('Reader')?.trust.document).toBe(AssumeRolePolicyDocument);
    expect(stack.account.policies.size).toBe(0);
    expect(await refusal(stack.create())).toContain('Stack [Roles] already exists');
    expect(await refusal(stack.create({ ChangeSetType: 'UPDATE' }))).toContain(
      'is in ROLLBACK_COMPLETE state and can not be updated.',
    );
    await stack.client.send(new DeleteStackCommand({ StackName: 'Roles' }));
    stack.test.clock.advance(60);
    expect(stack.account.roles.has('Reader')).toBe(true);
    expect(await outcomeOf(stack.describe())).toBe('ValidationError');
  });

  it('with a policy that IAM cannot read is rolled back', async () => {
    const stack = new StackUnderTest();
    const AssumeRolePolicyDocument = { Version: '2012-10-17', Statement: [{ Effect: 'Perhaps' }] };
    const described = await stack.deploy({ TemplateBody: template({ Role: role({ AssumeRolePolicyDocument }) }) });
    expect(described).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
    expect(stack.account.roles.has('Reader')).toBe(false);
  });

  it('is updated: what is new is made, what differs changes in place, what is gone is deleted', async () => {
    const stack = new StackUnderTest();
    await stack.deploy({ TemplateBody: both });
    const before = stack.account.roles.get('Reader');
    const changed = role({ Policies: [{ PolicyName: 'inside', PolicyDocument: grant('iam:GetRole') }] });
    const described = await stack.update(template({ Role: changed, Second: role({ RoleName: 'Second' }) }));

    expect(described).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
    const after = stack.account.roles.get('Reader');
    expect(after?.id).toBe(before?.id);
    expect([...(after?.inline.keys() ?? [])]).toEqual(['inside']);
    expect(after?.attached.size).toBe(0);
    expect(stack.account.roles.has('Second')).toBe(true);
    expect(stack.account.policies.size).toBe(0);
  });

  it('whose update fails is as it was before', async () => {
    const stack = new StackUnderTest();
    await stack.deploy();
    const before = stack.account.roles.get('Reader');
    const ManagedPolicyArns = ['arn:aws:iam::aws:policy/NobodyKnowsIt'];
    const broken = role({ RoleName: 'Second', ManagedPolicyArns });
    const described = await stack.update(template({ Role: role({ Description: 'new' }), Second: broken }));
    expect(described).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(stack.account.roles.get('Reader')).toBe(before);
    expect(stack.account.roles.has('Second')).toBe(false);
  });

  it('keeps a value that is not given again where it is asked to', async () => {
    const stack = new StackUnderTest();
    const Parameters = { Name: { Type: 'String' } };
    const named = (rest: object) => template({ Role: role({ RoleName: { Ref: 'Name' }, ...rest }) }, { Parameters });
    await stack.deploy({ TemplateBody: named({}), Parameters: [{ ParameterKey: 'Name', ParameterValue: 'Ours' }] });
    const kept = [{ ParameterKey: 'Name', UsePreviousValue: true }];
    await stack.update(named({ Description: 'new' }), { Parameters: kept });
    expect(stack.account.roles.get('Ours')?.description).toBe('new');
  });

  it('goes with everything that it has made', async () => {
    const stack = new StackUnderTest();
    const { StackId } = (await stack.deploy({ TemplateBody: both })) ?? {};
    await stack.client.send(new DeleteStackCommand({ StackName: 'Roles' }));
    expect(await stack.describe()).toMatchObject({ StackStatus: 'DELETE_IN_PROGRESS' });
    stack.test.clock.advance(60);
    expect([stack.account.roles.has('Reader'), stack.account.policies.size]).toEqual([false, 0]);
    expect(await outcomeOf(stack.describe())).toBe('ValidationError');
    expect(await stack.describe(StackId)).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
    expect(await stack.client.send(new DescribeStacksCommand({}))).toMatchObject({ Stacks: [] });
  });
});
