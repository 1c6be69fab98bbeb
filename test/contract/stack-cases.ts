import {
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  GetTemplateSummaryCommand,
} from '@aws-sdk/client-cloudformation';
import type { ContractCase } from './contract-case';
import type { Subject } from './subject';

const AssumeRolePolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** A stack of one role, its name and the change set of a case's own. */
class StackUnderTest {
  readonly #subject: Subject;
  readonly StackName: string;
  readonly ChangeSetName: string;

  constructor(subject: Subject) {
    this.#subject = subject;
    this.StackName = `stack-${subject.unique}`;
    this.ChangeSetName = `change-${subject.unique}`;
  }

  get client() {
    return this.#subject.cloudFormation;
  }

  get TemplateBody(): string {
    const Role = { Type: 'AWS::IAM::Role', Properties: { RoleName: this.StackName, AssumeRolePolicyDocument } };
    const Outputs = { Arn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } };
    return JSON.stringify({ Resources: { Role }, Outputs });
  }

  async change(input: Partial<CreateChangeSetCommandInput> = {}) {
    const { StackName, ChangeSetName, TemplateBody } = this;
    const named = { StackName, ChangeSetName, TemplateBody, ChangeSetType: 'CREATE' as const };
    const answer = await this.client.send(
      new CreateChangeSetCommand({ ...named, Capabilities: ['CAPABILITY_NAMED_IAM'], ...input }),
    );
    this.#subject.wait();
    return answer;
  }

  describeChange() {
    const { StackName, ChangeSetName } = this;
    return this.client.send(new DescribeChangeSetCommand({ StackName, ChangeSetName }));
  }

  async execute() {
    const { StackName, ChangeSetName } = this;
    const answer = await this.client.send(new ExecuteChangeSetCommand({ StackName, ChangeSetName }));
    this.#subject.wait();
    return answer;
  }

  async deploy() {
    await this.change();
    await this.execute();
  }

  describe() {
    return this.client.send(new DescribeStacksCommand({ StackName: this.StackName }));
  }
}

const onStack =
  (steps: (stack: StackUnderTest) => Promise<unknown>): ContractCase['run'] =>
  (subject) =>
    steps(new StackUnderTest(subject));

const caseOf = (operation: string, name: string, steps: (stack: StackUnderTest) => Promise<unknown>): ContractCase => ({
  operation: `cloudformation:${operation}`,
  case: name,
  run: onStack(steps),
});

/** Once it is deployed. */
const deployed =
  (steps: (stack: StackUnderTest) => Promise<unknown>) =>
  async (stack: StackUnderTest): Promise<unknown> => {
    await stack.deploy();
    return steps(stack);
  };

export const stackCases: readonly ContractCase[] = [
  caseOf('CreateChangeSet', 'success', (stack) => stack.change()),
  caseOf('CreateChangeSet', 'error: an update of no stack', (stack) => stack.change({ ChangeSetType: 'UPDATE' })),
  caseOf('CreateChangeSet', 'error: a malformed name', (stack) => stack.change({ ChangeSetName: '1-change' })),
  caseOf('DescribeChangeSet', 'success', async (stack) => {
    await stack.change();
    return stack.describeChange();
  }),
  caseOf('DescribeChangeSet', 'success: without changes', async (stack) => {
    await stack.deploy();
    await stack.change({ ChangeSetType: 'UPDATE' });
    const { Status, StatusReason, ExecutionStatus } = await stack.describeChange();
    return { Status, StatusReason, ExecutionStatus };
  }),
  caseOf('DescribeChangeSet', 'error: an unknown one', (stack) => stack.describeChange()),
  caseOf('ExecuteChangeSet', 'success', async (stack) => {
    await stack.change();
    const { $metadata, ...answer } = await stack.execute();
    const { Stacks: [described] = [] } = await stack.describe();
    return { answer, status: [$metadata.httpStatusCode, described?.StackStatus] };
  }),
  caseOf('ExecuteChangeSet', 'error: an unknown one', (stack) => stack.execute()),
  caseOf('DeleteChangeSet', 'success', async (stack) => {
    await stack.change();
    const { StackName, ChangeSetName } = stack;
    return stack.client.send(new DeleteChangeSetCommand({ StackName, ChangeSetName }));
  }),
  caseOf('DeleteChangeSet', 'error: of an unknown stack', ({ client, StackName, ChangeSetName }) =>
    client.send(new DeleteChangeSetCommand({ StackName, ChangeSetName })),
  ),
  caseOf(
    'DescribeStacks',
    'success',
    deployed((stack) => stack.describe()),
  ),
  caseOf('DescribeStacks', 'error: an unknown one', (stack) => stack.describe()),
  caseOf(
    'DescribeStackEvents',
    'success',
    deployed(async ({ client, StackName }) => {
      const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
      return StackEvents.at(-1);
    }),
  ),
  caseOf('DescribeStackEvents', 'error: of an unknown one', ({ client, StackName }) =>
    client.send(new DescribeStackEventsCommand({ StackName })),
  ),
  caseOf(
    'DescribeStackResources',
    'success',
    deployed(({ client, StackName }) => client.send(new DescribeStackResourcesCommand({ StackName }))),
  ),
  caseOf('DescribeStackResources', 'error: of an unknown one', ({ client, StackName }) =>
    client.send(new DescribeStackResourcesCommand({ StackName })),
  ),
  caseOf(
    'GetTemplate',
    'success',
    deployed(async ({ client, StackName }) => {
      const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName }));
      return JSON.parse(TemplateBody) as unknown;
    }),
  ),
  caseOf('GetTemplate', 'error: of an unknown one', ({ client, StackName }) =>
    client.send(new GetTemplateCommand({ StackName })),
  ),
  caseOf(
    'GetTemplateSummary',
    'success',
    deployed(({ client, StackName }) => client.send(new GetTemplateSummaryCommand({ StackName }))),
  ),
  caseOf('GetTemplateSummary', 'error: of an unknown one', ({ client, StackName }) =>
    client.send(new GetTemplateSummaryCommand({ StackName })),
  ),
  caseOf(
    'DeleteStack',
    'success',
    deployed(({ client, StackName }) => client.send(new DeleteStackCommand({ StackName }))),
  ),
  caseOf('DeleteStack', 'success: of an unknown one', ({ client, StackName }) =>
    client.send(new DeleteStackCommand({ StackName })),
  ),
  caseOf('DeleteStack', 'error: without a name', ({ client }) =>
    client.send(new DeleteStackCommand({ StackName: undefined })),
  ),
];
