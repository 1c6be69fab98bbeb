import {
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  DeleteStackInstancesCommand,
  DescribeStackInstanceCommand,
  DescribeStackSetCommand,
  DescribeStackSetOperationCommand,
  ListStackInstancesCommand,
  ListStackSetsCommand,
  UpdateStackInstancesCommand,
} from '@aws-sdk/client-cloudformation';
import type { ContractCase } from './contract-case';
import type { Subject } from './subject';

const TemplateBody = JSON.stringify({
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { Stage: { Type: 'String', Default: 'dev' } },
  Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'baseline' } } },
});
const region = 'us-east-1';
const stage = (ParameterValue: string) => [{ ParameterKey: 'Stage', ParameterValue }];

/** The steps of a case on a stack set of its own. */
const onStackSet =
  (steps: (stackSet: StackSetUnderTest) => Promise<unknown>): ContractCase['run'] =>
  (subject) =>
    steps(new StackSetUnderTest(subject));

class StackSetUnderTest {
  readonly #subject: Subject;
  readonly StackSetName: string;

  constructor(subject: Subject) {
    this.#subject = subject;
    this.StackSetName = `set-${subject.unique}`;
  }

  get client() {
    return this.#subject.cloudFormation;
  }

  get instance() {
    return {
      StackSetName: this.StackSetName,
      StackInstanceAccount: this.#subject.accountId,
      StackInstanceRegion: region,
    };
  }

  make(input = {}) {
    const { StackSetName } = this;
    return this.client.send(
      new CreateStackSetCommand({ StackSetName, TemplateBody, Parameters: stage('dev'), ...input }),
    );
  }

  async deploy(input = {}) {
    const { StackSetName } = this;
    const target = { StackSetName, Accounts: [this.#subject.accountId], Regions: [region], ...input };
    const answer = await this.client.send(new CreateStackInstancesCommand(target));
    this.#subject.wait();
    return answer;
  }

  async update(input = {}) {
    const { StackSetName } = this;
    const target = { StackSetName, Accounts: [this.#subject.accountId], Regions: [region], ...input };
    const answer = await this.client.send(new UpdateStackInstancesCommand(target));
    this.#subject.wait();
    return answer;
  }

  async remove(input = {}) {
    const { StackSetName } = this;
    const target = { StackSetName, Accounts: [this.#subject.accountId], Regions: [region], RetainStacks: false };
    const answer = await this.client.send(new DeleteStackInstancesCommand({ ...target, ...input }));
    this.#subject.wait();
    return answer;
  }

  list() {
    return this.client.send(new ListStackInstancesCommand({ StackSetName: this.StackSetName }));
  }

  describeInstance() {
    return this.client.send(new DescribeStackInstanceCommand(this.instance));
  }
}

export const stackSetCases: readonly ContractCase[] = [
  {
    operation: 'cloudformation:CreateStackSet',
    case: 'success',
    run: onStackSet((stackSet) => stackSet.make()),
  },
  {
    operation: 'cloudformation:CreateStackSet',
    case: 'error: a malformed name',
    run: onStackSet((stackSet) => stackSet.make({ StackSetName: '1-set' })),
  },
  {
    operation: 'cloudformation:DescribeStackSet',
    case: 'success',
    run: onStackSet(async (stackSet) => {
      await stackSet.make();
      return stackSet.client.send(new DescribeStackSetCommand({ StackSetName: stackSet.StackSetName }));
    }),
  },
  {
    operation: 'cloudformation:DescribeStackSet',
    case: 'error: an unknown stack set',
    run: ({ cloudFormation }) => cloudFormation.send(new DescribeStackSetCommand({ StackSetName: 'unknown' })),
  },
  {
    operation: 'cloudformation:ListStackSets',
    case: 'success',
    run: onStackSet(async (stackSet) => {
      await stackSet.make();
      const { Summaries = [] } = await stackSet.client.send(new ListStackSetsCommand({}));
      return Summaries.filter(({ StackSetName }) => StackSetName === stackSet.StackSetName);
    }),
  },
  {
    operation: 'cloudformation:ListStackSets',
    case: 'error: too small a page',
    run: ({ cloudFormation }) => cloudFormation.send(new ListStackSetsCommand({ MaxResults: 0 })),
  },
  {
    operation: 'cloudformation:CreateStackInstances',
    case: 'success',
    run: onStackSet(async (stackSet) => {
      await stackSet.make();
      return stackSet.deploy();
    }),
  },
  {
    operation: 'cloudformation:CreateStackInstances',
    case: 'success: the operation id of the caller',
    run: onStackSet(async (stackSet) => {
      await stackSet.make();
      return stackSet.deploy({ OperationId: 'operation-1' });
    }),
  },
  {
    operation: 'cloudformation:CreateStackInstances',
    case: 'error: an unknown stack set',
    run: onStackSet((stackSet) => stackSet.deploy()),
  },
  {
    operation: 'cloudformation:CreateStackInstances',
    case: 'error: an undeclared parameter',
    run: onStackSet(async (stackSet) => {
      await stackSet.make();
      return stackSet.deploy({ ParameterOverrides: [{ ParameterKey: 'Unknown', ParameterValue: 'x' }] });
    }),
  },
  {
    operation: 'cloudformation:UpdateStackInstances',
    case: 'success',
    run: onStackSet(async (stackSet) => {
      await stackSet.make();
      await stackSet.deploy({ ParameterOverrides: stage('test') });
      await stackSet.update({ ParameterOverrides: stage('prod') });
      return stackSet.describeInstance();
    }),
  },
  {
    operation: 'cloudformation:UpdateStackInstances',
    case: 'error: an unknown instance',
    run: onStackSet(async (stackSet) => {
      await stackSet.make();
      return stackSet.update();
    }),
  },
  {
    operation: 'cloudformation:UpdateStackInstances',
    case: 'error: an unknown stack set',
    run: onStackSet((stackSet) => stackSet.update()),
  },
  {
    operation: 'cloudformation:DeleteStackInstances',
    case: 'success',
    run: onStackSet(async (stackSet) => {
      await stackSet.make();
      await stackSet.deploy();
      return stackSet.remove();
    }),
  },
  {
    operation: 'cloudformation:DeleteStackInstances',
    case: 'success: none is left',
    run: onStackSet(async (stackSet) => {
      await stackSet.make();
      await stackSet.deploy();
      await stackSet.remove();
      return stackSet.list();
    }),
  },
  {
    operation: 'cloudformation:DeleteStackInstances',
    case: 'error: an unknown stack set',
    run: onStackSet((stackSet) => stackSet.remove()),
  },
  {
    operation: 'cloudformation:ListStackInstances',
    case: 'success',
    run: onStackSet(async (stackSet) => {
      await stackSet.make();
      await stackSet.deploy({ ParameterOverrides: stage('test') });
      return stackSet.list();
    }),
  },
  {
    operation: 'cloudformation:ListStackInstances',
    case: 'error: an unknown stack set',
    run: onStackSet((stackSet) => stackSet.list()),
  },
  {
    operation: 'cloudformation:DescribeStackInstance',
    case: 'success',
    run: onStackSet(async (stackSet) => {
      await stackSet.make();
      await stackSet.deploy({ ParameterOverrides: stage('test') });
      return stackSet.describeInstance();
    }),
  },
  {
    operation: 'cloudformation:DescribeStackInstance',
    case: 'error: an unknown instance',
    run: onStackSet(async (stackSet) => {
      await stackSet.make();
      return stackSet.describeInstance();
    }),
  },
  {
    operation: 'cloudformation:DescribeStackSetOperation',
    case: 'success',
    run: onStackSet(async (stackSet) => {
      await stackSet.make();
      const { OperationId } = await stackSet.deploy();
      const { StackSetName } = stackSet;
      return stackSet.client.send(new DescribeStackSetOperationCommand({ StackSetName, OperationId }));
    }),
  },
  {
    operation: 'cloudformation:DescribeStackSetOperation',
    case: 'error: an unknown operation',
    run: onStackSet(async (stackSet) => {
      await stackSet.make();
      const { StackSetName } = stackSet;
      return stackSet.client.send(new DescribeStackSetOperationCommand({ StackSetName, OperationId: 'unknown' }));
    }),
  },
];
