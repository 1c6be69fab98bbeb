import { answers, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { count, document, excludes, includes, matches, type Pattern, text } from '../pattern';

const NAMED = { StackName: '{{unique}}' };
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'codebuild.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const allowing = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
const HANDLE = JSON.stringify({
  Parameters: { Stage: { Type: 'String', Default: 'dev' } },
  Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
});

const UNREADABLE = { Version: '2012-10-17', Statement: [{ Effect: 'Maybe' }] };

type Resources = Readonly<Record<string, object>>;

const role = (RoleName: string, Description: string, more: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { RoleName, Description, AssumeRolePolicyDocument: TRUST, ...more },
});
const policy = (ManagedPolicyName: string, action: string) => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { ManagedPolicyName, PolicyDocument: allowing(action) },
});
const stackSet = (StackSetName: string, stage: string) => ({
  Type: 'AWS::CloudFormation::StackSet',
  Properties: {
    StackSetName,
    PermissionModel: 'SELF_MANAGED',
    TemplateBody: HANDLE,
    Parameters: [{ ParameterKey: 'Stage', ParameterValue: stage }],
  },
});
const project = (Name: string) => ({
  Type: 'AWS::CodeBuild::Project',
  Properties: {
    Name,
    ServiceRole: 'arn:{{partition}}:iam::{{management}}:role/{{unique}}',
    Artifacts: { Type: 'NO_ARTIFACTS' },
    Source: { Type: 'NO_SOURCE', BuildSpec: '{"version": 0.2, "phases": {"build": {"commands": ["true"]}}}' },
    Environment: {
      Type: 'LINUX_CONTAINER',
      ComputeType: 'BUILD_GENERAL1_SMALL',
      Image: 'aws/codebuild/standard:7.0',
      EnvironmentVariables: [{ Name: 'STAGE', Value: 'dev' }],
    },
  },
});

const change = (ChangeSetName: string, kind: string, Resources: Resources, StackName = '{{unique}}') => ({
  StackName,
  ChangeSetName,
  ChangeSetType: kind,
  Capabilities: ['CAPABILITY_NAMED_IAM'],
  TemplateBody: JSON.stringify({ Resources }),
});
const changed = (
  ChangeSetName: string,
  kind: string,
  Resources: Resources,
  status: string,
  StackName = '{{unique}}',
): readonly Step[] => [
  answers('CreateChangeSet', change(ChangeSetName, kind, Resources, StackName), { Id: text }),
  answers(
    'DescribeChangeSet',
    { StackName, ChangeSetName },
    { Status: matches(/^(?:CREATE_COMPLETE|FAILED)$/u) },
    { within: 120 },
  ),
  answers('ExecuteChangeSet', { StackName, ChangeSetName }),
  answers('DescribeStacks', { StackName }, { Stacks: [{ StackStatus: status }] }, { within: 900 }),
];
const gone = (StackName = '{{unique}}'): readonly Step[] => [
  answers('DeleteStack', { StackName }),
  refuses('DescribeStacks', { StackName }, 'ValidationError', { within: 600 }),
];
const events = (more: object): Step => answers('DescribeStackEvents', NAMED, { StackEvents: includes({ ...more }) });
const described = (Description: string): Step =>
  answers('iam:GetRole', { RoleName: '{{unique}}' }, { Role: { Description } });

/** A change set is refused at once, and there is no stack. */
const refused = (what: string, evidence: string, template: unknown): ConformanceCase => ({
  name: `no change set is made of ${what}`,
  evidence,
  steps: [
    refuses(
      'CreateChangeSet',
      {
        ...NAMED,
        ChangeSetName: 'one',
        ChangeSetType: 'CREATE',
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        TemplateBody: typeof template === 'string' ? template : JSON.stringify(template),
      },
      'ValidationError',
    ),
    refuses('DescribeChangeSet', { ...NAMED, ChangeSetName: 'one' }, ['ChangeSetNotFoundException', 'ValidationError']),
    refuses('DescribeStacks', NAMED, 'ValidationError'),
  ],
  cleanup: gone(),
});

/** With one role, and another one in production. */
const conditioned = (
  ChangeSetName: string,
  kind: string,
  stage: string,
  status: string,
  Changes: Pattern,
): readonly Step[] => [
  answers('CreateChangeSet', {
    ...NAMED,
    ChangeSetName,
    ChangeSetType: kind,
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    Parameters: [{ ParameterKey: 'Stage', ParameterValue: stage }],
    TemplateBody: JSON.stringify({
      Parameters: { Stage: { Type: 'String' } },
      Conditions: { InProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
      Resources: {
        Always: role('{{unique}}', 'always'),
        Sometimes: { ...role('{{unique}}-prod', 'sometimes'), Condition: 'InProduction' },
        Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '{{unique}}' } },
      },
    }),
  }),
  answers('DescribeChangeSet', { ...NAMED, ChangeSetName }, { Status: 'CREATE_COMPLETE', Changes }, { within: 120 }),
  answers('ExecuteChangeSet', { ...NAMED, ChangeSetName }),
  answers('DescribeStacks', NAMED, { Stacks: [{ StackStatus: status }] }, { within: 900 }),
];

const POLICY_ARN = 'arn:{{partition}}:iam::{{management}}:policy/{{unique}}';
const TAKEN = answers('CreateStackSet', { StackSetName: '{{unique}}-taken', TemplateBody: HANDLE });
const takenGone = answers('DeleteStackSet', { StackSetName: '{{unique}}-taken' });
const ONE_INSTANCE = { StackSetName: '{{unique}}', Accounts: ['{{member}}'], Regions: ['{{region}}'] };
const operationEnded = (save: string, Status: string): Step =>
  answers(
    'DescribeStackSetOperation',
    { StackSetName: '{{unique}}', OperationId: `{{${save}.OperationId}}` },
    { StackSetOperation: { Status } },
    { within: 900 },
  );
const removedInstance: readonly Step[] = [
  answers('DeleteStackInstances', { ...ONE_INSTANCE, RetainStacks: true }, {}, { save: 'removal', within: 300 }),
  operationEnded('removal', 'SUCCEEDED'),
];

export const stackTemplates: CaseGroup = {
  service: 'cloudformation',
  cases: [
    refused('what is neither JSON nor YAML', 'CloudFormation API_CreateChangeSet: TemplateBody', '{"Resources": '),
    refused('a resource of a type that there is not', 'aws/aws-cli#8032', {
      Resources: { One: { Type: 'AWS::Nothing::AtAll' } },
    }),
    refused('a template of more than 51,200 bytes', 'CloudFormation API_CreateChangeSet: TemplateBody', {
      Description: 'for a test',
      Resources: { One: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST } } },
      Metadata: { filler: 'f'.repeat(51_200) },
    }),
    {
      name: 'a change set is made of a template of 51,200 bytes, and without IAM it needs no capability',
      evidence: 'CloudFormation API_CreateChangeSet: TemplateBody, 1 to 51,200 bytes; Capabilities',
      steps: [
        answers('CreateChangeSet', {
          ...NAMED,
          ChangeSetName: 'one',
          ChangeSetType: 'CREATE',
          TemplateBody: JSON.stringify({ Resources: { Log: { Type: 'AWS::Logs::LogGroup' } } }).padEnd(51_200),
        }),
        answers(
          'DescribeChangeSet',
          { ...NAMED, ChangeSetName: 'one' },
          { Status: 'CREATE_COMPLETE' },
          { within: 120 },
        ),
        answers('DeleteChangeSet', { ...NAMED, ChangeSetName: 'one' }),
        refuses('DescribeChangeSet', { ...NAMED, ChangeSetName: 'one' }, 'ChangeSetNotFoundException'),
      ],
      cleanup: gone(),
    },
    refused('a parameter that the parameter store does not have', 'awslabs/aws-deployment-framework#659', {
      Parameters: { Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/{{unique}}/nothing' } },
      Resources: { One: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST } } },
    }),
    refused(
      'a parameter of the parameter store without a name',
      'localstack cloudformation/test_template_engine test_resolve_ssm_missing_parameter',
      {
        Parameters: { Stored: { Type: 'AWS::SSM::Parameter::Value<String>' } },
        Resources: { One: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST } } },
      },
    ),
    {
      name: 'a resource is made where its condition holds, and goes when it no longer does',
      evidence: 'CloudFormation UserGuide conditions-section-structure',
      steps: [
        ...conditioned('one', 'CREATE', 'prod', 'CREATE_COMPLETE', count(3)),
        described('always'),
        answers('iam:GetRole', { RoleName: '{{unique}}-prod' }, { Role: { Description: 'sometimes' } }),
        answers('DescribeStackResources', NAMED, { StackResources: count(3) }),
        ...conditioned('two', 'UPDATE', 'dev', 'UPDATE_COMPLETE', [
          { ResourceChange: { Action: 'Remove', LogicalResourceId: 'Sometimes', ResourceType: 'AWS::IAM::Role' } },
        ]),
        events({ LogicalResourceId: 'Sometimes', ResourceStatus: 'DELETE_COMPLETE' }),
        answers('DescribeStackEvents', NAMED, {
          StackEvents: excludes({ LogicalResourceId: 'Sometimes', ResourceStatus: 'UPDATE_IN_PROGRESS' }),
        }),
        described('always'),
        refuses('iam:GetRole', { RoleName: '{{unique}}-prod' }, 'NoSuchEntityException'),
        answers('DescribeStackResources', NAMED, {
          StackResources: includes({ LogicalResourceId: 'Always' }, { LogicalResourceId: 'Log' }),
        }),
        answers('DescribeStackResources', NAMED, { StackResources: count(2) }),
        ...gone(),
      ],
      cleanup: gone(),
    },
    {
      name: 'a stack has a project of CodeBuild, whose name no other has',
      evidence: 'CloudFormation TemplateReference aws-resource-codebuild-project; CodeBuild API_CreateProject',
      steps: [
        ...changed(
          'one',
          'CREATE',
          { Role: role('{{unique}}', 'for a test'), Build: project('{{unique}}') },
          'CREATE_COMPLETE',
        ),
        answers('DescribeStackResources', NAMED, {
          StackResources: includes({
            LogicalResourceId: 'Build',
            ResourceType: 'AWS::CodeBuild::Project',
            PhysicalResourceId: '{{unique}}',
          }),
        }),
        ...changed(
          'one',
          'CREATE',
          { Role: role('{{unique}}-b', 'for a test'), Build: { ...project('{{unique}}'), DependsOn: 'Role' } },
          'ROLLBACK_COMPLETE',
          '{{unique}}-b',
        ),
        refuses('iam:GetRole', { RoleName: '{{unique}}-b' }, 'NoSuchEntityException'),
        ...gone('{{unique}}-b'),
        ...gone(),
        ...changed('one', 'CREATE', { Build: project('{{unique}}') }, 'CREATE_COMPLETE', '{{unique}}-b'),
        ...gone('{{unique}}-b'),
      ],
      cleanup: [...gone(), ...gone('{{unique}}-b')],
    },
    {
      name: 'a stack whose update fails has what it had before',
      evidence: 'CloudFormation UserGuide stack-failure-options: rolled back to the last stable state',
      steps: [
        TAKEN,
        ...changed(
          'one',
          'CREATE',
          {
            Role: role('{{unique}}', 'before'),
            Policy: policy('{{unique}}', 's3:ListAllMyBuckets'),
            Instances: stackSet('{{unique}}', 'dev'),
          },
          'CREATE_COMPLETE',
        ),
        answers('DescribeStackSet', { StackSetName: '{{unique}}' }, {}, { save: 'before' }),
        ...changed(
          'two',
          'UPDATE',
          {
            Role: role('{{unique}}', 'after'),
            Policy: policy('{{unique}}', 's3:GetObject'),
            Another: policy('{{unique}}-b', 's3:GetObject'),
            Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '{{unique}}' } },
            Instances: stackSet('{{unique}}', 'prod'),
            Last: stackSet('{{unique}}-taken', 'prod'),
          },
          'UPDATE_ROLLBACK_COMPLETE',
        ),
        events({ LogicalResourceId: 'Last', ResourceStatus: 'CREATE_FAILED', ResourceStatusReason: text }),
        events({ LogicalResourceId: '{{unique}}', ResourceStatus: 'UPDATE_ROLLBACK_COMPLETE' }),
        described('before'),
        answers('iam:GetPolicy', { PolicyArn: POLICY_ARN }, { Policy: { DefaultVersionId: 'v1' } }),
        refuses('iam:GetPolicy', { PolicyArn: `${POLICY_ARN}-b` }, 'NoSuchEntityException'),
        answers(
          'DescribeStackSet',
          { StackSetName: '{{unique}}' },
          { StackSet: { Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'dev' }] } },
        ),
        answers('DescribeStackResources', NAMED, { StackResources: count(3) }),
        ...changed(
          'three',
          'UPDATE',
          { Role: role('{{unique}}', 'after'), Instances: stackSet('{{unique}}', 'prod') },
          'UPDATE_COMPLETE',
        ),
        described('after'),
        refuses('iam:GetPolicy', { PolicyArn: POLICY_ARN }, 'NoSuchEntityException'),
        answers(
          'DescribeStackSet',
          { StackSetName: '{{unique}}' },
          {
            StackSet: {
              StackSetId: '{{before.StackSet.StackSetId}}',
              Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'prod' }],
            },
          },
        ),
        answers('DescribeStackResources', NAMED, { StackResources: excludes({ LogicalResourceId: 'Policy' }) }),
        ...gone(),
        refuses('DescribeStackSet', { StackSetName: '{{unique}}' }, 'StackSetNotFoundException'),
      ],
      cleanup: [...gone(), takenGone],
    },
    {
      name: 'a stack changes its policy more often than a policy has versions',
      evidence: 'IAM API_CreatePolicyVersion: up to five versions; CloudFormation aws-resource-iam-managedpolicy',
      steps: [
        ...changed('one', 'CREATE', { Policy: policy('{{unique}}', 's3:ListAllMyBuckets') }, 'CREATE_COMPLETE'),
        ...['ListBucket', 'GetObject', 'PutObject', 'DeleteObject', 'GetBucketTagging'].flatMap((action) =>
          changed(action, 'UPDATE', { Policy: policy('{{unique}}', `s3:${action}`) }, 'UPDATE_COMPLETE'),
        ),
        answers('iam:GetPolicy', { PolicyArn: POLICY_ARN }, { Policy: { DefaultVersionId: 'v6', AttachmentCount: 0 } }),
        answers(
          'iam:GetPolicyVersion',
          { PolicyArn: POLICY_ARN, VersionId: 'v6' },
          {
            PolicyVersion: {
              IsDefaultVersion: true,
              Document: document({ Statement: [{ Action: 's3:GetBucketTagging' }] }),
            },
          },
        ),
        refuses('iam:GetPolicyVersion', { PolicyArn: POLICY_ARN, VersionId: 'v1' }, 'NoSuchEntityException'),
      ],
      cleanup: gone(),
    },
    {
      name: 'a stack whose stack set has instances is not deleted',
      evidence: 'CloudFormation API_DeleteStackSet: StackSetNotEmptyException; API_DeleteStack: DELETE_FAILED',
      steps: [
        ...changed(
          'one',
          'CREATE',
          { Role: role('{{unique}}', 'for a test'), Instances: stackSet('{{unique}}', 'dev') },
          'CREATE_COMPLETE',
        ),
        answers('CreateStackInstances', ONE_INSTANCE, {}, { save: 'deployment' }),
        operationEnded('deployment', 'FAILED'),
        answers('DeleteStack', NAMED),
        answers('DescribeStacks', NAMED, { Stacks: [{ StackStatus: 'DELETE_FAILED' }] }, { within: 600 }),
        events({ LogicalResourceId: 'Instances', ResourceStatus: 'DELETE_FAILED' }),
        answers('DescribeStackSet', { StackSetName: '{{unique}}' }, { StackSet: { Status: 'ACTIVE' } }),
        refuses('iam:GetRole', { RoleName: '{{unique}}' }, 'NoSuchEntityException'),
        ...removedInstance,
        ...gone(),
        refuses('DescribeStackSet', { StackSetName: '{{unique}}' }, 'StackSetNotFoundException'),
      ],
      cleanup: [...removedInstance, ...gone()],
    },
    {
      name: 'a stack whose role has policies that IAM cannot read is rolled back',
      evidence: 'IAM API_CreateRole: MalformedPolicyDocument; CloudFormation stack-failure-options',
      steps: [
        ...changed(
          'one',
          'CREATE',
          {
            Policy: policy('{{unique}}', 's3:ListAllMyBuckets'),
            Role: role('{{unique}}', 'for a test', {
              Policies: [{ PolicyName: 'one', PolicyDocument: UNREADABLE }],
            }),
          },
          'ROLLBACK_COMPLETE',
        ),
        events({ LogicalResourceId: 'Role', ResourceStatus: 'CREATE_FAILED', ResourceStatusReason: text }),
        refuses('iam:GetRole', { RoleName: '{{unique}}' }, 'NoSuchEntityException'),
        refuses('iam:GetPolicy', { PolicyArn: POLICY_ARN }, 'NoSuchEntityException'),
        ...gone(),
        ...changed(
          'one',
          'CREATE',
          { Role: role('{{unique}}', 'for a test', { AssumeRolePolicyDocument: UNREADABLE }) },
          'ROLLBACK_COMPLETE',
        ),
        refuses('iam:GetRole', { RoleName: '{{unique}}' }, 'NoSuchEntityException'),
        ...gone(),
        ...changed('one', 'CREATE', { Role: role('{{unique}}', 'again') }, 'CREATE_COMPLETE'),
        described('again'),
        ...gone(),
      ],
      cleanup: gone(),
    },
  ],
};
