import { answers, asMember, type CaseGroup, refuses, type Step } from '../case';
import { absent, after, count, excludes, includes, matches, text, time, type Pattern } from '../pattern';

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
const TWO = { ...NAMED, ChangeSetName: '{{two.Id}}' };
const FIRST = { ChangeSetType: 'CREATE', TemplateBody: templateOf('dev') };
const CLEANUP: readonly Step[] = [
  answers('DeleteChangeSet', { ...NAMED, ChangeSetName: 'one' }),
  answers('DeleteStack', NAMED),
  refuses('DescribeStacks', NAMED, 'ValidationError', { within: 600 }),
];
/** How the role that the stack has is described. */
const role = (Description: string): Step =>
  answers('iam:GetRole', { RoleName: '{{unique}}' }, { Role: { Description } });

const READ_ONLY = 'arn:{{partition}}:iam::aws:policy/ReadOnlyAccess';
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const allowing = (Action: unknown) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
const HANDLE = JSON.stringify({
  Parameters: { Stage: { Type: 'String', Default: 'dev' } },
  Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
});
const POLICY_ARN = 'arn:{{partition}}:iam::{{management}}:policy/{{unique}}';
const POLICY = {
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: {
    ManagedPolicyName: '{{unique}}',
    Description: 'of a stack',
    PolicyDocument: allowing({ Ref: 'Right' }),
  },
};
const STACK_SET = {
  Type: 'AWS::CloudFormation::StackSet',
  Properties: {
    StackSetName: '{{unique}}',
    PermissionModel: 'SELF_MANAGED',
    TemplateBody: HANDLE,
    Parameters: [{ ParameterKey: 'Stage', ParameterValue: { Ref: 'Secret' } }],
  },
};
const PARAMETERS = {
  Right: { Type: 'String', Default: 's3:ListAllMyBuckets' },
  Secret: { Type: 'String', Default: 'hidden', NoEcho: 'true' },
};
const wholeTemplate = JSON.stringify({
  Description: 'for a test',
  Parameters: PARAMETERS,
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: '{{unique}}',
        Path: '/conformance/',
        MaxSessionDuration: 7200,
        PermissionsBoundary: READ_ONLY,
        AssumeRolePolicyDocument: TRUST,
        Policies: [{ PolicyName: 'one', PolicyDocument: allowing('s3:ListAllMyBuckets') }],
        ManagedPolicyArns: [{ Ref: 'Policy' }],
        Tags: [{ Key: 'project', Value: 'shop' }],
      },
    },
    Policy: POLICY,
    Instances: STACK_SET,
  },
  Outputs: { Policy: { Value: { Ref: 'Policy' }, Description: 'its policy' } },
});
const making = (Resources: object, more: object = {}) => ({
  ChangeSetType: 'CREATE',
  TemplateBody: JSON.stringify({ Parameters: PARAMETERS, Resources, ...more }),
});
/** Newer change sets may find out before they are executed. */
const draftedAnyhow = (Resources: object): readonly Step[] => [
  drafted('one', making(Resources)),
  draft('one', { Status: matches(/^(?:CREATE_COMPLETE|FAILED)$/u) }),
  executed('one'),
  isStatus('ROLLBACK_COMPLETE'),
];
const STACK_GONE: readonly Step[] = [
  answers('DeleteStack', NAMED),
  refuses('DescribeStacks', NAMED, 'ValidationError', { within: 600 }),
];
const failed = (LogicalResourceId: string): Step =>
  answers('DescribeStackEvents', NAMED, {
    StackEvents: includes({ LogicalResourceId, ResourceStatus: 'CREATE_FAILED', ResourceStatusReason: text }),
  });

const RULES = {
  ChangeSetType: 'CREATE',
  TemplateBody: JSON.stringify({
    Parameters: {
      Needed: { Type: 'String' },
      Stage: { Type: 'String', Default: 'dev', MinLength: 3, MaxLength: 5, AllowedPattern: '[a-z]+' },
      Names: { Type: 'CommaDelimitedList', Default: 'a', AllowedPattern: '[a-z]+' },
    },
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: TRUST, Tags: [{ Key: 'stage', Value: { Ref: 'Stage' } }] },
      },
    },
    Outputs: { Name: { Value: { Ref: 'Role' } } },
  }),
};
const withValues = (values: Readonly<Record<string, string>>) => ({
  ...NAMED,
  ChangeSetName: 'one',
  Capabilities: ['CAPABILITY_IAM'],
  ...RULES,
  Parameters: Object.entries(values).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
});
const refusesValues = (values: Readonly<Record<string, string>>): Step =>
  refuses('CreateChangeSet', withValues(values), 'ValidationError');

export const stacks: CaseGroup = {
  service: 'cloudformation',
  cases: [
    {
      name: 'a stack is made by a change set, changed by another one, and deleted',
      evidence: 'CloudFormation API_CreateChangeSet, API_ExecuteChangeSet, API_DeleteStack',
      steps: [
        drafted('one', FIRST),
        answers('DescribeStackEvents', NAMED, {
          StackEvents: [{ LogicalResourceId: '{{unique}}', ResourceStatus: 'REVIEW_IN_PROGRESS', Timestamp: time }],
        }),
        answers('DescribeStacks', NAMED, {
          Stacks: [
            {
              StackStatus: 'REVIEW_IN_PROGRESS',
              CreationTime: time,
              LastUpdatedTime: absent,
              DeletionTime: absent,
              Parameters: count(0),
              NotificationARNs: count(0),
              Tags: count(0),
              Outputs: count(0),
              DisableRollback: false,
              EnableTerminationProtection: false,
            },
          ],
        }),
        draft('one', {
          Status: 'CREATE_COMPLETE',
          StatusReason: absent,
          Description: absent,
          NotificationARNs: count(0),
          Tags: count(0),
          ExecutionStatus: 'AVAILABLE',
          Changes: [{ ResourceChange: { Action: 'Add', LogicalResourceId: 'Role', ResourceType: 'AWS::IAM::Role' } }],
        }),
        refuses('iam:GetRole', { RoleName: '{{unique}}' }, 'NoSuchEntityException'),
        refuses('GetTemplateSummary', NAMED, 'ValidationError'),
        refuses(
          'CreateChangeSet',
          { ...NAMED, ChangeSetName: 'another', ...CAPABLE, ChangeSetType: 'CREATE', UsePreviousTemplate: true },
          'ValidationError',
        ),
        executed('one'),
        isStatus('CREATE_COMPLETE'),
        role('dev'),
        answers('DescribeStackResources', NAMED, {
          StackResources: [
            { LogicalResourceId: 'Role', PhysicalResourceId: '{{unique}}', ResourceStatus: 'CREATE_COMPLETE' },
          ],
        }),
        answers(
          'DescribeStackEvents',
          NAMED,
          {
            StackEvents: includes(
              { LogicalResourceId: 'Role', ResourceStatus: 'CREATE_COMPLETE', Timestamp: time },
              { LogicalResourceId: 'Role', ResourceStatus: 'CREATE_IN_PROGRESS' },
              { ResourceType: 'AWS::CloudFormation::Stack', ResourceStatus: 'CREATE_IN_PROGRESS' },
            ),
          },
          { save: 'created' },
        ),
        answers('GetTemplateSummary', NAMED, {
          Parameters: [{ ParameterKey: 'Stage', DefaultValue: 'dev' }],
          ResourceTypes: ['AWS::IAM::Role'],
        }),
        answers('GetTemplate', NAMED, { TemplateBody: text, StagesAvailable: includes('Original', 'Processed') }),
        {
          ...drafted('two', {
            UsePreviousTemplate: true,
            Description: 'into production',
            Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'prod' }],
          }),
          save: 'two',
        },
        draft('two', {
          Status: 'CREATE_COMPLETE',
          Description: 'into production',
          Changes: [{ ResourceChange: { Action: 'Modify', LogicalResourceId: 'Role' } }],
        }),
        executed('two'),
        answers('DescribeChangeSet', TWO, { ExecutionStatus: matches(/^EXECUTE_(?:IN_PROGRESS|COMPLETE)$/u) }),
        isStatus('UPDATE_COMPLETE'),
        role('prod'),
        answers('DescribeStackEvents', NAMED, {
          StackEvents: includes({ LogicalResourceId: 'Role', ResourceStatus: 'UPDATE_IN_PROGRESS' }),
        }),
        // By its ARN it is told of afterwards.
        answers('DescribeChangeSet', TWO, { Status: 'CREATE_COMPLETE', ExecutionStatus: 'EXECUTE_COMPLETE' }),
        refuses('ExecuteChangeSet', TWO, 'InvalidChangeSetStatusException'),
        answers('DescribeStacks', NAMED, {
          Stacks: [
            {
              Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'prod' }],
              LastUpdatedTime: after('{{created.StackEvents.0.Timestamp}}'),
            },
          ],
        }),
        drafted('three', {
          UsePreviousTemplate: true,
          Parameters: [{ ParameterKey: 'Stage', UsePreviousValue: true }],
        }),
        draft('three', { Status: 'FAILED', StatusReason: text, Changes: count(0) }),
        drafted('four', { UsePreviousTemplate: true }),
        draft('four', {
          Status: 'CREATE_COMPLETE',
          Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'dev' }],
          ExecutionStatus: 'AVAILABLE',
        }),
        answers('DescribeStacks', NAMED, {}, { save: 'described' }),
        ...asMember([
          answers('DescribeStacks', {}, { Stacks: excludes({ StackName: '{{unique}}' }) }),
          refuses('DescribeStacks', NAMED, 'ValidationError'),
        ]),
        answers('DeleteStack', NAMED),
        refuses(
          'CreateChangeSet',
          { ...NAMED, ChangeSetName: 'late', ...CAPABLE, UsePreviousTemplate: true },
          'ValidationError',
        ),
        refuses('DescribeStacks', NAMED, 'ValidationError', { within: 600 }),
        // By its ARN it is told of for ninety days.
        answers(
          'DescribeStacks',
          { StackName: '{{described.Stacks.0.StackId}}' },
          { Stacks: [{ StackName: '{{unique}}', StackStatus: 'DELETE_COMPLETE', DeletionTime: time }] },
        ),
        answers('DescribeStacks', {}, { Stacks: excludes({ StackName: '{{unique}}' }) }),
        answers(
          'DescribeStackEvents',
          { StackName: '{{described.Stacks.0.StackId}}' },
          { StackEvents: includes({ LogicalResourceId: 'Role', ResourceStatus: 'DELETE_COMPLETE' }) },
        ),
        refuses('iam:GetRole', { RoleName: '{{unique}}' }, 'NoSuchEntityException'),
        answers('DeleteStack', NAMED),
        answers('DeleteStack', { StackName: '{{described.Stacks.0.StackId}}' }),
        answers(
          'DescribeStacks',
          { StackName: '{{described.Stacks.0.StackId}}' },
          { Stacks: [{ StackStatus: 'DELETE_COMPLETE' }] },
        ),
      ],
      cleanup: CLEANUP,
    },
    {
      name: 'a stack is listed in its region alone, and one of its change sets goes without the others',
      evidence: 'CloudFormation API_DescribeStacks, API_DeleteChangeSet, API_ExecuteChangeSet',
      steps: [
        drafted('one', FIRST),
        draft('one', { Status: 'CREATE_COMPLETE' }),
        drafted('two', FIRST),
        draft('two', { Status: 'CREATE_COMPLETE' }),
        drafted('three', FIRST),
        answers('DescribeStacks', {}, { Stacks: includes({ StackName: '{{unique}}' }) }),
        answers('DescribeStacks', {}, { Stacks: excludes({ StackName: '{{unique}}' }) }, { region: '{{otherRegion}}' }),
        refuses('DescribeStacks', NAMED, 'ValidationError', { region: '{{otherRegion}}' }),
        answers('DeleteChangeSet', { ...NAMED, ChangeSetName: 'one' }),
        refuses('DescribeChangeSet', { ...NAMED, ChangeSetName: 'one' }, 'ChangeSetNotFoundException'),
        draft('two', { Status: 'CREATE_COMPLETE', ChangeSetName: 'two' }),
        executed('two'),
        isStatus('CREATE_COMPLETE'),
        refuses('DescribeChangeSet', { ...NAMED, ChangeSetName: 'three' }, 'ChangeSetNotFoundException'),
        role('dev'),
      ],
      cleanup: [answers('DeleteChangeSet', { ...NAMED, ChangeSetName: 'two' }), ...CLEANUP],
    },
    {
      name: 'a change set has a name that no other of its stack has, until it is deleted',
      evidence: 'CloudFormation API_CreateChangeSet: AlreadyExistsException, unique among all change sets of the stack',
      steps: [
        drafted('one', FIRST),
        draft('one', { Status: 'CREATE_COMPLETE' }),
        refuses('CreateChangeSet', { ...NAMED, ChangeSetName: 'one', ...CAPABLE, ...FIRST }, 'AlreadyExistsException'),
        draft('one', { Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' }),
        answers('DeleteChangeSet', { ...NAMED, ChangeSetName: 'one' }),
        drafted('one', FIRST),
        draft('one', { Status: 'CREATE_COMPLETE' }),
      ],
      cleanup: CLEANUP,
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
      evidence:
        'CloudFormation stack-failure-options; API_DescribeStackEvents: CREATE_FAILED; API_DescribeChangeSet: EXECUTE_FAILED',
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
        answers(
          'DescribeChangeSet',
          { ...NAMED, ChangeSetName: '{{draft.ChangeSetId}}' },
          { ExecutionStatus: 'EXECUTE_FAILED' },
        ),
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
      cleanup: [...CLEANUP, answers('iam:DeleteRole', { RoleName: '{{unique}}' })],
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
    {
      name: 'a stack has a policy, a role and a stack set as its template wants them',
      evidence:
        'CloudFormation TemplateReference aws-resource-iam-role, -managedpolicy, -cloudformation-stackset; IAM UserGuide access_policies_managed-versioning',
      steps: [
        drafted('one', { ChangeSetType: 'CREATE', TemplateBody: wholeTemplate }),
        draft('one', {
          Status: 'CREATE_COMPLETE',
          Changes: includes({ Type: 'Resource', ResourceChange: { Action: 'Add', LogicalResourceId: 'Policy' } }),
          Parameters: includes(
            { ParameterKey: 'Right', ParameterValue: 's3:ListAllMyBuckets' },
            { ParameterKey: 'Secret', ParameterValue: matches(/^\*+$/u) },
          ),
        }),
        executed('one'),
        isStatus('CREATE_COMPLETE'),
        answers('DescribeStacks', NAMED, {
          Stacks: [
            {
              Description: 'for a test',
              Capabilities: ['CAPABILITY_NAMED_IAM'],
              Parameters: includes({ ParameterKey: 'Secret', ParameterValue: matches(/^\*+$/u) }),
              Outputs: [{ OutputKey: 'Policy', OutputValue: POLICY_ARN, Description: 'its policy' }],
            },
          ],
        }),
        answers('GetTemplateSummary', NAMED, {
          Description: 'for a test',
          Parameters: includes(
            { ParameterKey: 'Right', ParameterType: 'String', NoEcho: false, DefaultValue: 's3:ListAllMyBuckets' },
            { ParameterKey: 'Secret', ParameterType: 'String', NoEcho: true },
          ),
        }),
        answers(
          'iam:GetRole',
          { RoleName: '{{unique}}' },
          {
            Role: {
              Path: '/conformance/',
              MaxSessionDuration: 7200,
              PermissionsBoundary: { PermissionsBoundaryArn: READ_ONLY },
              Tags: includes({ Key: 'project', Value: 'shop' }),
            },
          },
          { save: 'made' },
        ),
        answers(
          'iam:GetRolePolicy',
          { RoleName: '{{unique}}', PolicyName: 'one' },
          { PolicyDocument: matches(/ListAllMyBuckets/u) },
        ),
        answers(
          'iam:ListAttachedRolePolicies',
          { RoleName: '{{unique}}' },
          { AttachedPolicies: [{ PolicyName: '{{unique}}', PolicyArn: POLICY_ARN }] },
        ),
        answers(
          'iam:GetPolicy',
          { PolicyArn: POLICY_ARN },
          { Policy: { DefaultVersionId: 'v1', Description: 'of a stack', AttachmentCount: 1, Path: '/' } },
        ),
        answers(
          'DescribeStackSet',
          { StackSetName: '{{unique}}' },
          {
            StackSet: {
              Status: 'ACTIVE',
              PermissionModel: 'SELF_MANAGED',
              TemplateBody: HANDLE,
              ManagedExecution: { Active: false },
              Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'hidden' }],
            },
          },
        ),
        drafted('two', {
          UsePreviousTemplate: true,
          Parameters: [
            { ParameterKey: 'Right', ParameterValue: 's3:CreateBucket' },
            { ParameterKey: 'Secret', ParameterValue: 'other' },
          ],
        }),
        draft('two', { Status: 'CREATE_COMPLETE' }),
        executed('two'),
        isStatus('UPDATE_COMPLETE'),
        answers('iam:GetPolicy', { PolicyArn: POLICY_ARN }, { Policy: { DefaultVersionId: 'v2' } }),
        answers(
          'iam:GetPolicyVersion',
          { PolicyArn: POLICY_ARN, VersionId: 'v1' },
          { PolicyVersion: { Document: matches(/ListAllMyBuckets/u), IsDefaultVersion: false } },
        ),
        answers(
          'iam:GetPolicyVersion',
          { PolicyArn: POLICY_ARN, VersionId: 'v2' },
          { PolicyVersion: { Document: matches(/CreateBucket/u), IsDefaultVersion: true } },
        ),
        answers(
          'iam:CreatePolicyVersion',
          { PolicyArn: POLICY_ARN, PolicyDocument: JSON.stringify(allowing('s3:GetObject')) },
          { PolicyVersion: { VersionId: 'v3', IsDefaultVersion: false } },
        ),
        answers('iam:DeletePolicyVersion', { PolicyArn: POLICY_ARN, VersionId: 'v3' }),
        answers(
          'iam:GetRole',
          { RoleName: '{{unique}}' },
          { Role: { RoleId: '{{made.Role.RoleId}}', Path: '/conformance/' } },
        ),
        answers(
          'DescribeStackSet',
          { StackSetName: '{{unique}}' },
          { StackSet: { Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'other' }] } },
        ),
        ...STACK_GONE,
        refuses('iam:GetPolicy', { PolicyArn: POLICY_ARN }, 'NoSuchEntityException'),
        refuses('iam:GetRole', { RoleName: '{{unique}}' }, 'NoSuchEntityException'),
        refuses('DescribeStackSet', { StackSetName: '{{unique}}' }, 'StackSetNotFoundException'),
      ],
      cleanup: CLEANUP,
    },
    {
      name: 'what a stack has made goes when a resource of it fails',
      evidence: 'CloudFormation stack-failure-options: rolled back; IAM API_AttachRolePolicy: NoSuchEntity',
      steps: [
        ...draftedAnyhow({
          Policy: POLICY,
          Instances: STACK_SET,
          Role: {
            Type: 'AWS::IAM::Role',
            DependsOn: ['Policy', 'Instances'],
            Properties: { AssumeRolePolicyDocument: TRUST, ManagedPolicyArns: [`${POLICY_ARN}-nothing`] },
          },
        }),
        failed('Role'),
        refuses('iam:GetPolicy', { PolicyArn: POLICY_ARN }, 'NoSuchEntityException'),
        refuses('DescribeStackSet', { StackSetName: '{{unique}}' }, 'StackSetNotFoundException'),
        ...STACK_GONE,
      ],
      cleanup: CLEANUP,
    },
    {
      name: 'a stack whose policy has a name that is taken is rolled back',
      evidence: 'CloudFormation stack-failure-options; IAM API_CreatePolicy: EntityAlreadyExists',
      steps: [
        answers('iam:CreatePolicy', {
          PolicyName: '{{unique}}',
          PolicyDocument: JSON.stringify(allowing('s3:ListAllMyBuckets')),
        }),
        ...draftedAnyhow({ Policy: POLICY }),
        failed('Policy'),
        ...STACK_GONE,
        answers('iam:GetPolicy', { PolicyArn: POLICY_ARN }, { Policy: { DefaultVersionId: 'v1' } }),
      ],
      cleanup: [...CLEANUP, answers('iam:DeletePolicy', { PolicyArn: POLICY_ARN })],
    },
    {
      name: 'a stack whose stack set has a name that is taken is rolled back',
      evidence: 'CloudFormation stack-failure-options; API_CreateStackSet: NameAlreadyExistsException',
      steps: [
        answers('CreateStackSet', { StackSetName: '{{unique}}', TemplateBody: HANDLE }),
        ...draftedAnyhow({ Instances: STACK_SET }),
        failed('Instances'),
        ...STACK_GONE,
        answers('DescribeStackSet', { StackSetName: '{{unique}}' }, { StackSet: { Status: 'ACTIVE' } }),
      ],
      cleanup: [...CLEANUP, answers('DeleteStackSet', { StackSetName: '{{unique}}' })],
    },
    {
      name: 'a stack whose stack set has a template that cannot be used is rolled back',
      evidence:
        'CloudFormation stack-failure-options; aws-cloudformation/aws-cloudformation-resource-providers-cloudformation#6',
      steps: [
        ...draftedAnyhow({ Instances: { ...STACK_SET, Properties: { ...STACK_SET.Properties, TemplateBody: '{' } } }),
        failed('Instances'),
        refuses('DescribeStackSet', { StackSetName: '{{unique}}' }, 'StackSetNotFoundException'),
        ...STACK_GONE,
      ],
      cleanup: CLEANUP,
    },
    {
      name: 'values of parameters keep to the rules of the template',
      evidence: 'CloudFormation UserGuide parameters-section-structure; buildkite/elastic-ci-stack-for-aws#1227',
      steps: [
        refusesValues({}),
        refusesValues({ Needed: 'a', Other: 'a' }),
        refusesValues({ Needed: 'a', Stage: 'ab' }),
        refusesValues({ Needed: 'a', Stage: 'abcdef' }),
        refusesValues({ Needed: 'a', Stage: 'Abc' }),
        refusesValues({ Needed: 'a', Names: 'a,B' }),
        answers('CreateChangeSet', withValues({ Needed: 'a', Stage: 'abcde', Names: 'a, b' }), { Id: text }),
        draft('one', {
          Status: 'CREATE_COMPLETE',
          Parameters: includes(
            { ParameterKey: 'Stage', ParameterValue: 'abcde' },
            { ParameterKey: 'Needed', ParameterValue: 'a' },
          ),
        }),
      ],
      cleanup: CLEANUP,
    },
    {
      name: 'a role without a name gets one of its stack, and keeps it',
      evidence: 'CloudFormation TemplateReference aws-properties-name; API_CreateChangeSet: CAPABILITY_IAM',
      steps: [
        answers('CreateChangeSet', withValues({ Needed: 'a' }), { Id: text }),
        draft('one', { Status: 'CREATE_COMPLETE' }),
        executed('one'),
        isStatus('CREATE_COMPLETE'),
        answers(
          'DescribeStackResources',
          NAMED,
          {
            StackResources: [
              {
                StackName: '{{unique}}',
                LogicalResourceId: 'Role',
                PhysicalResourceId: { $matches: '^{{unique}}-Role-[A-Za-z0-9]+$' },
                ResourceType: 'AWS::IAM::Role',
                Timestamp: time,
              },
            ],
          },
          { save: 'own' },
        ),
        answers(
          'iam:GetRole',
          { RoleName: '{{own.StackResources.0.PhysicalResourceId}}' },
          { Role: { Path: '/', MaxSessionDuration: 3600, Description: absent, PermissionsBoundary: absent } },
        ),
        answers('DescribeStacks', NAMED, {
          Stacks: [{ Outputs: [{ OutputKey: 'Name', OutputValue: '{{own.StackResources.0.PhysicalResourceId}}' }] }],
        }),
        answers('CreateChangeSet', {
          ...withValues({ Needed: 'a', Stage: 'test' }),
          ChangeSetName: 'two',
          ChangeSetType: 'UPDATE',
        }),
        draft('two', {
          Status: 'CREATE_COMPLETE',
          Changes: [{ ResourceChange: { Action: 'Modify', LogicalResourceId: 'Role' } }],
        }),
        executed('two'),
        isStatus('UPDATE_COMPLETE'),
        answers('DescribeStackResources', NAMED, {
          StackResources: [{ PhysicalResourceId: '{{own.StackResources.0.PhysicalResourceId}}' }],
        }),
        answers(
          'iam:GetRole',
          { RoleName: '{{own.StackResources.0.PhysicalResourceId}}' },
          { Role: { Tags: includes({ Key: 'stage', Value: 'test' }) } },
        ),
        refuses('CreateChangeSet', { ...withValues({ Needed: 'a' }), ChangeSetType: 'CREATE' }, [
          'ValidationError',
          'AlreadyExistsException',
        ]),
        ...STACK_GONE,
        refuses('iam:GetRole', { RoleName: '{{own.StackResources.0.PhysicalResourceId}}' }, 'NoSuchEntityException'),
      ],
      cleanup: CLEANUP,
    },
  ],
};
