import type { CreateChangeSetCommandInput } from '@aws-sdk/client-cloudformation';
import type { Reading } from './reading';

const time = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/) as unknown;
const AssumeRolePolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** A change set that makes a stack of one role. */
export const changeSetOf = (StackName: string): CreateChangeSetCommandInput => {
  const Role = { Type: 'AWS::IAM::Role', Properties: { RoleName: `${StackName}Role`, AssumeRolePolicyDocument } };
  const Outputs = { Arn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } };
  const Parameters = { Word: { Type: 'String', Default: 'word', NoEcho: true } };
  return {
    StackName,
    ChangeSetName: 'first',
    ChangeSetType: 'CREATE' as const,
    TemplateBody: JSON.stringify({ Parameters, Resources: { Role }, Outputs }),
    Capabilities: ['CAPABILITY_NAMED_IAM' as const],
  };
};

/** Of stacks: `Complete` is there from the start, and `Ready` has a change set that was not carried out. */
export function stackReadings(): readonly Reading[] {
  const unknown = { input: { StackName: 'Unknown' }, error: 'ValidationError', status: 400 };
  const ready = { StackName: 'Ready', ChangeSetName: 'first' };
  const notFound = { input: { ...ready, ChangeSetName: 'other' }, error: 'ChangeSetNotFound', status: 404 };
  const reading = (name: string, input: object, answer: object, refused: Reading['refused']): Reading => ({
    operation: `cloudformation:${name}`,
    account: 'automation',
    input,
    answer,
    refused,
  });
  const made = changeSetOf('New');
  return [
    reading(
      'CreateChangeSet',
      made,
      { StackId: expect.stringContaining(':stack/New/') as unknown },
      { input: { ...made, Capabilities: [] }, error: 'InsufficientCapabilitiesException', status: 400 },
    ),
    reading(
      'DescribeChangeSet',
      ready,
      {
        Status: 'CREATE_COMPLETE',
        ExecutionStatus: 'AVAILABLE',
        CreationTime: time,
        Changes: [{ ResourceChange: { Action: 'Add', LogicalResourceId: 'Role' } }],
      },
      notFound,
    ),
    reading('ExecuteChangeSet', ready, {}, notFound),
    reading(
      'DeleteChangeSet',
      { StackName: 'New', ChangeSetName: 'first' },
      {},
      { ...unknown, input: { ...unknown.input, ChangeSetName: 'first' } },
    ),
    reading(
      'DescribeStacks',
      { StackName: 'Complete' },
      {
        Stacks: [
          {
            StackStatus: 'CREATE_COMPLETE',
            CreationTime: time,
            Parameters: [{ ParameterKey: 'Word', ParameterValue: '****' }],
            Outputs: [{ OutputKey: 'Arn', OutputValue: 'arn:aws:iam::333333333333:role/CompleteRole' }],
          },
        ],
      },
      unknown,
    ),
    reading(
      'DescribeStackEvents',
      { StackName: 'Complete' },
      { StackEvents: [{ ResourceStatus: 'CREATE_COMPLETE', Timestamp: time }, {}, {}, {}, {}] },
      unknown,
    ),
    reading(
      'DescribeStackResources',
      { StackName: 'Complete' },
      { StackResources: [{ LogicalResourceId: 'Role', PhysicalResourceId: 'CompleteRole', Timestamp: time }] },
      unknown,
    ),
    reading('GetTemplate', { StackName: 'Complete' }, { StagesAvailable: ['Original', 'Processed'] }, unknown),
    reading(
      'GetTemplateSummary',
      { StackName: 'Complete' },
      {
        Parameters: [{ ParameterKey: 'Word', ParameterType: 'String', NoEcho: true, DefaultValue: 'word' }],
        ResourceTypes: ['AWS::IAM::Role'],
      },
      unknown,
    ),
    reading('DeleteStack', { StackName: 'Complete' }, {}, { ...unknown, input: { StackName: '' } }),
  ];
}
