import { answers, type CaseGroup, refuses, type Step } from '../case';
import { count, excludes, includes, matches, text, time, type Pattern } from '../pattern';

const templateOf = (stage: string): string =>
  JSON.stringify({
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: { Stage: { Type: 'String', Default: stage } },
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: '{{unique}}',
          Description: { Ref: 'Stage' },
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
        },
      },
    },
  });

const NAMED = { StackName: '{{unique}}' };
const CAPABLE = { Capabilities: ['CAPABILITY_NAMED_IAM'] };
const drafted = (ChangeSetName: string, more: object): Step =>
  answers('CreateChangeSet', { ...NAMED, ChangeSetName, ...CAPABLE, ...more }, { Id: text, StackId: text });
const draft = (ChangeSetName: string, shape: Pattern): Step =>
  answers('DescribeChangeSet', { ...NAMED, ChangeSetName }, shape, { within: 120 });
const executed = (ChangeSetName: string): Step => answers('ExecuteChangeSet', { ...NAMED, ChangeSetName });
const isStatus = (StackStatus: string): Step =>
  answers('DescribeStacks', NAMED, { Stacks: [{ StackName: '{{unique}}', StackStatus }] }, { within: 600 });
const FIRST = { ChangeSetType: 'CREATE', TemplateBody: templateOf('dev') };
const CLEANUP: readonly Step[] = [
  answers('DeleteStack', NAMED),
  refuses('DescribeStacks', NAMED, 'ValidationError', { within: 600 }),
];
/** How the role that the stack has is described. */
const role = (Description: string): Step =>
  answers('iam:GetRole', { RoleName: '{{unique}}' }, { Role: { Description } });

export const stacks: CaseGroup = {
  service: 'cloudformation',
  cases: [
    {
      name: 'a stack is made by a change set, changed by another one, and deleted',
      evidence: 'CloudFormation API_CreateChangeSet, API_ExecuteChangeSet, API_DeleteStack',
      steps: [
        drafted('one', FIRST),
        isStatus('REVIEW_IN_PROGRESS'),
        draft('one', {
          Status: 'CREATE_COMPLETE',
          ExecutionStatus: 'AVAILABLE',
          Changes: [{ ResourceChange: { Action: 'Add', LogicalResourceId: 'Role', ResourceType: 'AWS::IAM::Role' } }],
        }),
        refuses('iam:GetRole', { RoleName: '{{unique}}' }, 'NoSuchEntityException'),
        executed('one'),
        isStatus('CREATE_COMPLETE'),
        role('dev'),
        answers('DescribeStackResources', NAMED, {
          StackResources: [
            { LogicalResourceId: 'Role', PhysicalResourceId: '{{unique}}', ResourceStatus: 'CREATE_COMPLETE' },
          ],
        }),
        answers('DescribeStackEvents', NAMED, {
          StackEvents: includes(
            { LogicalResourceId: 'Role', ResourceStatus: 'CREATE_COMPLETE', Timestamp: time },
            { ResourceType: 'AWS::CloudFormation::Stack', ResourceStatus: 'CREATE_IN_PROGRESS' },
          ),
        }),
        answers('GetTemplateSummary', NAMED, {
          Parameters: [{ ParameterKey: 'Stage', DefaultValue: 'dev' }],
          ResourceTypes: ['AWS::IAM::Role'],
        }),
        answers('GetTemplate', NAMED, { TemplateBody: text }),
        drafted('two', { UsePreviousTemplate: true, Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'prod' }] }),
        draft('two', {
          Status: 'CREATE_COMPLETE',
          Changes: [{ ResourceChange: { Action: 'Modify', LogicalResourceId: 'Role' } }],
        }),
        executed('two'),
        isStatus('UPDATE_COMPLETE'),
        role('prod'),
        answers('DescribeStacks', NAMED, {
          Stacks: [{ Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'prod' }] }],
        }),
        answers('DeleteStack', NAMED),
        refuses('DescribeStacks', NAMED, 'ValidationError', { within: 600 }),
        refuses('iam:GetRole', { RoleName: '{{unique}}' }, 'NoSuchEntityException'),
        answers('DeleteStack', NAMED),
      ],
      cleanup: [answers('DeleteChangeSet', { ...NAMED, ChangeSetName: 'one' }), ...CLEANUP],
    },
    {
      name: 'a change set without changes fails, and is not executed',
      evidence: 'localstack cloudformation/api/test_changesets test_empty_changeset, 2022-08-10',
      steps: [
        drafted('one', FIRST),
        draft('one', { Status: 'CREATE_COMPLETE' }),
        executed('one'),
        isStatus('CREATE_COMPLETE'),
        drafted('same', { UsePreviousTemplate: true, Parameters: [{ ParameterKey: 'Stage', UsePreviousValue: true }] }),
        draft('same', { Status: 'FAILED', StatusReason: text, Changes: count(0) }),
        refuses('ExecuteChangeSet', { ...NAMED, ChangeSetName: 'same' }, 'InvalidChangeSetStatusException'),
        answers('DeleteChangeSet', { ...NAMED, ChangeSetName: 'same' }),
        refuses('DescribeChangeSet', { ...NAMED, ChangeSetName: 'same' }, 'ChangeSetNotFoundException'),
      ],
      cleanup: CLEANUP,
    },
    {
      name: 'a stack whose role has a name that is taken is rolled back',
      evidence: 'CloudFormation stack-failure-options; API_DescribeStackEvents: CREATE_FAILED',
      steps: [
        answers('iam:CreateRole', {
          RoleName: '{{unique}}',
          AssumeRolePolicyDocument: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          }),
        }),
        drafted('one', FIRST),
        answers(
          'DescribeChangeSet',
          { ...NAMED, ChangeSetName: 'one' },
          { Status: matches(/^(?:CREATE_COMPLETE|FAILED)$/u) },
          { within: 120, save: 'draft' },
        ),
        executed('one'),
        isStatus('ROLLBACK_COMPLETE'),
        answers('DescribeStackEvents', NAMED, {
          StackEvents: includes({
            LogicalResourceId: 'Role',
            ResourceStatus: 'CREATE_FAILED',
            ResourceStatusReason: matches(/already exists/u),
          }),
        }),
        refuses(
          'CreateChangeSet',
          { ...NAMED, ChangeSetName: 'two', ...CAPABLE, TemplateBody: templateOf('prod') },
          'ValidationError',
        ),
        answers('DeleteStack', NAMED),
        refuses('DescribeStacks', NAMED, 'ValidationError', { within: 600 }),
        answers('iam:GetRole', { RoleName: '{{unique}}' }),
      ],
      cleanup: [
        answers('DeleteChangeSet', { ...NAMED, ChangeSetName: 'one' }),
        ...CLEANUP,
        answers('iam:DeleteRole', { RoleName: '{{unique}}' }),
      ],
    },
    {
      name: 'a stack with a role of its own name says that it may make one',
      evidence: 'CloudFormation API_CreateChangeSet: InsufficientCapabilitiesException',
      steps: [
        refuses('CreateChangeSet', { ...NAMED, ChangeSetName: 'one', ...FIRST }, 'InsufficientCapabilitiesException'),
        refuses(
          'CreateChangeSet',
          { ...NAMED, ChangeSetName: 'one', ...FIRST, Capabilities: ['CAPABILITY_IAM'] },
          'InsufficientCapabilitiesException',
        ),
        refuses('DescribeStacks', NAMED, 'ValidationError'),
        answers('DescribeStacks', {}, { Stacks: excludes({ StackName: '{{unique}}' }) }),
      ],
      cleanup: CLEANUP,
    },
    {
      name: 'a stack that is not there is neither changed nor told of',
      evidence: 'CloudFormation API_DescribeStacks, API_CreateChangeSet: ValidationError',
      steps: [
        refuses('DescribeStacks', NAMED, 'ValidationError'),
        refuses('DescribeStackEvents', NAMED, 'ValidationError'),
        refuses('DescribeStackResources', NAMED, 'ValidationError'),
        refuses('GetTemplate', NAMED, 'ValidationError'),
        refuses('GetTemplateSummary', NAMED, 'ValidationError'),
        refuses(
          'CreateChangeSet',
          { ...NAMED, ChangeSetName: 'one', ...CAPABLE, TemplateBody: templateOf('dev') },
          'ValidationError',
        ),
        answers('DeleteStack', NAMED),
      ],
    },
  ],
};
