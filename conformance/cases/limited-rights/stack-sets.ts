import { answers, type CaseGroup, type ConformanceCase, refuses, type Step } from '../../case';
import { text } from '../../pattern';
import { limited, may } from './role';

const TEMPLATE = JSON.stringify({ Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } } });
const TYPES = 'arn:{{partition}}:cloudformation:*:*:type/resource/*';
const INTO_MEMBER = { StackSetName: '{{unique}}', Accounts: ['{{member}}'], Regions: ['{{region}}'] };
const setOf = (StackSetName: string): Step =>
  answers('cloudformation:CreateStackSet', { StackSetName, TemplateBody: TEMPLATE });

const changeSetOf = (StackName: string) => ({
  StackName,
  ChangeSetName: 'one',
  ChangeSetType: 'CREATE',
  TemplateBody: JSON.stringify({ Resources: { Log: { Type: 'AWS::Logs::LogGroup' } } }),
});

const cloudFormation: readonly ConformanceCase[] = [
  limited(
    'a right to a stack set by its id is none to one of the same name that comes later, nor to instances elsewhere',
    'ServiceAuthorization list_awscloudformation: stackset, stackset-target; CloudFormation UserGuide example policies',
    [
      {
        Action: ['cloudformation:DescribeStackSet', 'cloudformation:CreateStackInstances'],
        Resource: [
          'arn:{{partition}}:cloudformation:{{region}}:{{management}}:stackset/{{set.StackSetId}}',
          'arn:{{partition}}:cloudformation:{{region}}:{{management}}:stackset-target/{{set.StackSetId}}*',
          TYPES,
        ],
      },
      {
        Action: 'cloudformation:UpdateStackInstances',
        Resource: ['arn:{{partition}}:cloudformation:*:*:stackset/*', TYPES],
      },
    ],
    {
      before: [
        answers(
          'cloudformation:CreateStackSet',
          { StackSetName: '{{unique}}', TemplateBody: TEMPLATE },
          {},
          { save: 'set' },
        ),
        setOf('{{unique}}-b'),
      ],
      steps: [
        may('DescribeStackSet', { StackSetName: '{{unique}}' }),
        may('DescribeStackSet', { StackSetName: '{{set.StackSetId}}' }, { StackSet: { StackSetName: '{{unique}}' } }),
        refuses('DescribeStackSet', { StackSetName: '{{unique}}-b' }, 'AccessDenied'),
        refuses('DescribeStackSet', { StackSetName: '{{unique}}-c' }, 'AccessDenied'),
        refuses('DescribeStackSet', { StackSetName: '{{set.StackSetId}}0' }, 'AccessDenied'),
        refuses('CreateStackInstances', { ...INTO_MEMBER, StackSetName: '{{unique}}-b' }, 'AccessDenied'),
        refuses('UpdateStackInstances', INTO_MEMBER, 'AccessDenied'),
        may('CreateStackInstances', INTO_MEMBER, { OperationId: text }, 'deployment'),
      ],
      after: [
        answers(
          'DescribeStackSetOperation',
          { StackSetName: '{{unique}}', OperationId: '{{deployment.OperationId}}' },
          { StackSetOperation: { Action: 'CREATE', Status: 'FAILED' } },
          { within: 900 },
        ),
      ],
      cleanup: [
        answers('DeleteStackInstances', { ...INTO_MEMBER, RetainStacks: true }, {}, { save: 'removal', within: 300 }),
        answers(
          'DescribeStackSetOperation',
          { StackSetName: '{{unique}}', OperationId: '{{removal.OperationId}}' },
          { StackSetOperation: { Status: 'SUCCEEDED' } },
          { within: 900 },
        ),
        answers('DeleteStackSet', { StackSetName: '{{unique}}' }),
        answers('DeleteStackSet', { StackSetName: '{{unique}}-b' }),
      ],
    },
  ),
  limited(
    'a right to one stack is none to another',
    'ServiceAuthorization list_awscloudformation: stack*',
    [
      {
        Action: ['cloudformation:DescribeStacks', 'cloudformation:DescribeChangeSet', 'cloudformation:DeleteChangeSet'],
        Resource: [
          '{{stack.StackId}}',
          'arn:{{partition}}:cloudformation:{{region}}:{{management}}:stack/{{unique}}-c/*',
        ],
      },
    ],
    {
      before: [
        answers('cloudformation:CreateChangeSet', changeSetOf('{{unique}}'), {}, { save: 'stack' }),
        answers('cloudformation:CreateChangeSet', changeSetOf('{{unique}}-b')),
      ],
      steps: [
        may('DescribeStacks', { StackName: '{{unique}}' }, { Stacks: [{ StackId: '{{stack.StackId}}' }] }),
        may('DescribeStacks', { StackName: '{{stack.StackId}}' }, { Stacks: [{ StackName: '{{unique}}' }] }),
        may('DescribeChangeSet', { StackName: '{{unique}}', ChangeSetName: 'one' }),
        refuses('DescribeStacks', { StackName: '{{unique}}-b' }, 'AccessDenied'),
        refuses('DescribeChangeSet', { StackName: '{{unique}}-b', ChangeSetName: 'one' }, 'AccessDenied'),
        refuses('DescribeStacks', { StackName: '{{unique}}-c' }, 'ValidationError'),
        refuses('DescribeStacks', { StackName: '{{unique}}-d' }, 'AccessDenied'),
        refuses('DescribeStackEvents', { StackName: '{{unique}}' }, 'AccessDenied'),
        may('DeleteChangeSet', { StackName: '{{unique}}', ChangeSetName: 'one' }),
        refuses('DeleteChangeSet', { StackName: '{{unique}}-b', ChangeSetName: 'one' }, 'AccessDenied'),
      ],
      cleanup: [
        answers('DeleteStack', { StackName: '{{unique}}' }),
        answers('DeleteStack', { StackName: '{{unique}}-b' }),
      ],
    },
  ),
  limited(
    'a right to one stack set is none to another',
    'ServiceAuthorization list_awscloudformation: stackset*',
    [
      {
        Action: ['cloudformation:DescribeStackSet', 'cloudformation:ListStackInstances'],
        Resource: 'arn:{{partition}}:cloudformation:*:{{management}}:stackset/{{unique}}:*',
      },
    ],
    {
      before: [setOf('{{unique}}'), setOf('{{unique}}-b')],
      steps: [
        may('DescribeStackSet', { StackSetName: '{{unique}}' }),
        may('ListStackInstances', { StackSetName: '{{unique}}' }),
        refuses('DescribeStackSet', { StackSetName: '{{unique}}-b' }, 'AccessDenied'),
        refuses('ListStackInstances', { StackSetName: '{{unique}}-b' }, 'AccessDenied'),
        refuses('CreateStackSet', { StackSetName: '{{unique}}-c', TemplateBody: TEMPLATE }, 'AccessDenied'),
        refuses('ListStackSets', {}, 'AccessDenied'),
      ],
      cleanup: [
        answers('DeleteStackSet', { StackSetName: '{{unique}}' }),
        answers('DeleteStackSet', { StackSetName: '{{unique}}-b' }),
      ],
    },
  ),
];

export const limitedInStackSets: CaseGroup = { service: 'cloudformation', cases: cloudFormation };
