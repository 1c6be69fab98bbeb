import { answers, asMember, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { absent, count, excludes, includes, matches, text, time, type Pattern } from '../pattern';

export const TEMPLATE = JSON.stringify({
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { Stage: { Type: 'String', Default: 'dev' }, Size: { Type: 'Number', Default: 3 } },
  Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
});
const YAML =
  'Parameters:\n  Stage:\n    Type: String\n    Default: dev\nResources:\n  Handle:\n    Type: AWS::CloudFormation::WaitConditionHandle\n';

export const NAMED = { StackSetName: '{{unique}}' };
const ADMINISTRATION = 'arn:{{partition}}:iam::{{management}}:role/{{unique}}-administration';
const ROLES = { AdministrationRoleARN: ADMINISTRATION, ExecutionRoleName: '{{unique}}-execution' };

const statement = (more: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
const roleMade = (RoleName: string, Principal: object, rights?: object): readonly Step[] => [
  answers('iam:CreateRole', {
    RoleName,
    AssumeRolePolicyDocument: statement({ Principal, Action: 'sts:AssumeRole' }),
  }),
  ...(rights === undefined
    ? []
    : [answers('iam:PutRolePolicy', { RoleName, PolicyName: 'conformance', PolicyDocument: statement(rights) })]),
];
export const roleGone = (RoleName: string): readonly Step[] => [
  answers('iam:DeleteRolePolicy', { RoleName, PolicyName: 'conformance' }),
  answers('iam:DeleteRole', { RoleName }),
];
const CLOUDFORMATION = { Service: 'cloudformation.amazonaws.com' };
const INTO_MEMBERS = { Action: 'sts:AssumeRole', Resource: 'arn:{{partition}}:iam::*:role/{{unique}}-execution' };
export const administrationMade = (
  principal: object = CLOUDFORMATION,
  rights: object = INTO_MEMBERS,
): readonly Step[] => roleMade('{{unique}}-administration', principal, rights);
const EVERYTHING = { Action: '*', Resource: '*' };
export const executionMade = (AWS = ADMINISTRATION): readonly Step[] =>
  roleMade('{{unique}}-execution', { AWS }, EVERYTHING);

export const setMade = (more: object = {}, after = 40): Step =>
  answers('CreateStackSet', { ...NAMED, TemplateBody: TEMPLATE, ...ROLES, ...more }, {}, { after });

export const BOTH_REGIONS = { ...NAMED, Accounts: ['{{member}}'], Regions: ['{{region}}', '{{otherRegion}}'] };
export const BOTH_ACCOUNTS = { ...NAMED, Accounts: ['{{member}}', '{{management}}'], Regions: ['{{region}}'] };
export const EVERYWHERE = { ...BOTH_REGIONS, Accounts: ['{{member}}', '{{management}}'] };
export const changed = (call: string, input: Step['input'], save: string): Step =>
  answers(call, input, { OperationId: text }, { save, within: 300 });
export const ended = (save: string, Action: string, Status: Pattern = 'SUCCEEDED'): Step =>
  answers(
    'DescribeStackSetOperation',
    { ...NAMED, OperationId: `{{${save}.OperationId}}` },
    {
      StackSetOperation: {
        OperationId: `{{${save}.OperationId}}`,
        Action,
        Status,
        CreationTimestamp: time,
        EndTimestamp: time,
        ...ROLES,
      },
    },
    { within: 900 },
  );
const running = (save: string): Step =>
  answers(
    'DescribeStackSetOperation',
    { ...NAMED, OperationId: `{{${save}.OperationId}}` },
    {
      StackSetOperation: { Status: matches(/^(?:QUEUED|RUNNING)$/u), EndTimestamp: absent },
    },
  );
export const instances = (Summaries: Pattern, more: object = {}): Step =>
  answers('ListStackInstances', { ...NAMED, ...more }, { Summaries }, { within: 60 });
export const described = (account: string, region: string, instance: Pattern): Step =>
  answers(
    'DescribeStackInstance',
    { ...NAMED, StackInstanceAccount: account, StackInstanceRegion: region },
    { StackInstance: instance },
  );
export const CURRENT = {
  Status: 'CURRENT',
  StackInstanceStatus: { DetailedStatus: 'SUCCEEDED' },
  StatusReason: absent,
};
export const stage = (ParameterValue: string): Readonly<Record<'ParameterKey' | 'ParameterValue', string>> => ({
  ParameterKey: 'Stage',
  ParameterValue,
});

export const gone = (targets: Readonly<Record<string, string | readonly string[]>>): readonly Step[] => [
  answers('DeleteStackInstances', { ...targets, RetainStacks: false }, {}, { save: 'rest', within: 300 }),
  answers(
    'DescribeStackSetOperation',
    { ...NAMED, OperationId: '{{rest.OperationId}}' },
    { StackSetOperation: { Status: 'SUCCEEDED' } },
    { within: 900 },
  ),
  answers('DeleteStackInstances', { ...targets, RetainStacks: true }, {}, { save: 'rest', within: 300 }),
  answers(
    'DescribeStackSetOperation',
    { ...NAMED, OperationId: '{{rest.OperationId}}' },
    { StackSetOperation: { Status: 'SUCCEEDED' } },
    { within: 900 },
  ),
  answers('DeleteStackSet', NAMED),
  ...roleGone('{{unique}}-administration'),
  ...roleGone('{{unique}}-execution'),
  ...asMember(roleGone('{{unique}}-execution')),
];

/** A way into the account that lacks something: the instance fails, and says why. */
const noWayIn = (what: string, evidence: string, roles: readonly Step[]): ConformanceCase => ({
  name: `an instance fails with ${what}`,
  evidence,
  steps: [
    ...roles,
    setMade(),
    changed('CreateStackInstances', { ...NAMED, Accounts: ['{{member}}'], Regions: ['{{region}}'] }, 'deployment'),
    ended('deployment', 'CREATE', 'FAILED'),
    described('{{member}}', '{{region}}', {
      Status: 'OUTDATED',
      StatusReason: text,
      StackInstanceStatus: { DetailedStatus: matches(/^(?:FAILED|CANCELLED)$/u) },
    }),
  ],
  cleanup: gone({ ...NAMED, Accounts: ['{{member}}'], Regions: ['{{region}}'] }),
});

export const stackSetTargets: CaseGroup = {
  service: 'cloudformation',
  cases: [
    {
      name: 'instances are deployed into two regions, changed in one, and taken away there',
      evidence: 'CloudFormation API_CreateStackInstances, API_UpdateStackInstances, API_DeleteStackInstances: Regions',
      steps: [
        ...administrationMade(),
        ...asMember(executionMade()),
        setMade(),
        changed('CreateStackInstances', BOTH_REGIONS, 'deployment'),
        running('deployment'),
        ended('deployment', 'CREATE'),
        instances(includes({ Region: '{{region}}', ...CURRENT }, { Region: '{{otherRegion}}', ...CURRENT })),
        instances(count(2)),
        instances([{ Region: '{{otherRegion}}', Account: '{{member}}', StackId: text }], {
          StackInstanceAccount: '{{member}}',
          StackInstanceRegion: '{{otherRegion}}',
        }),
        instances(count(0), { StackInstanceAccount: '{{management}}' }),
        changed(
          'UpdateStackInstances',
          { ...BOTH_REGIONS, Regions: ['{{region}}'], ParameterOverrides: [stage('prod')] },
          'update',
        ),
        ended('update', 'UPDATE'),
        described('{{member}}', '{{region}}', {
          ...CURRENT,
          ParameterOverrides: [stage('prod')],
          LastOperationId: '{{update.OperationId}}',
          DriftStatus: 'NOT_CHECKED',
        }),
        described('{{member}}', '{{otherRegion}}', {
          ...CURRENT,
          ParameterOverrides: count(0),
          LastOperationId: '{{deployment.OperationId}}',
        }),
        instances([{ Region: '{{region}}' }], {
          Filters: [{ Name: 'LAST_OPERATION_ID', Values: '{{update.OperationId}}' }],
        }),
        instances(count(2), { Filters: [{ Name: 'DETAILED_STATUS', Values: 'SUCCEEDED' }] }),
        instances(count(0), { Filters: [{ Name: 'DETAILED_STATUS', Values: 'FAILED' }] }),
        instances(count(2), { Filters: [{ Name: 'DRIFT_STATUS', Values: 'NOT_CHECKED' }] }),
        changed(
          'DeleteStackInstances',
          { ...BOTH_REGIONS, Regions: ['{{region}}'], RetainStacks: false, OperationId: '{{unique}}-removal' },
          'removal',
        ),
        answers(
          'DeleteStackInstances',
          { ...BOTH_REGIONS, Regions: ['{{region}}'], RetainStacks: false, OperationId: '{{unique}}-removal' },
          { OperationId: '{{unique}}-removal' },
        ),
        ended('removal', 'DELETE'),
        refuses(
          'DeleteStackInstances',
          { ...BOTH_REGIONS, RetainStacks: false, OperationId: '{{unique}}-removal' },
          'OperationIdAlreadyExistsException',
        ),
        instances([{ Region: '{{otherRegion}}', ...CURRENT }]),
      ],
      cleanup: gone(BOTH_REGIONS),
    },
    {
      name: 'one account of two is without a role: the other has its instance or is cancelled',
      evidence: 'CloudFormation API_StackInstanceComprehensiveStatus: CANCELLED; FailureToleranceCount, by default 0',
      steps: [
        ...administrationMade(),
        ...asMember(executionMade()),
        setMade(),
        changed('CreateStackInstances', BOTH_ACCOUNTS, 'deployment'),
        ended('deployment', 'CREATE', 'FAILED'),
        described('{{management}}', '{{region}}', {
          Status: 'OUTDATED',
          StatusReason: text,
          StackInstanceStatus: { DetailedStatus: 'FAILED' },
        }),
        described('{{member}}', '{{region}}', {
          StackInstanceStatus: { DetailedStatus: matches(/^(?:SUCCEEDED|CANCELLED)$/u) },
        }),
        ...executionMade(),
        answers('CreateStackInstances', BOTH_ACCOUNTS, {}, { save: 'again', after: 40, within: 300 }),
        ended('again', 'CREATE'),
        instances(includes({ Account: '{{member}}', ...CURRENT }, { Account: '{{management}}', ...CURRENT })),
        described('{{management}}', '{{region}}', { LastOperationId: '{{again.OperationId}}', StackId: text }),
      ],
      cleanup: gone(BOTH_ACCOUNTS),
    },
    {
      name: 'accounts are given as targets, too, and stacks can be left behind',
      evidence: 'CloudFormation API_DeploymentTargets; API_DeleteStackInstances: RetainStacks',
      steps: [
        ...administrationMade(),
        ...asMember(executionMade()),
        setMade(),
        changed(
          'CreateStackInstances',
          { ...NAMED, DeploymentTargets: { Accounts: ['{{member}}'] }, Regions: ['{{region}}'] },
          'deployment',
        ),
        ended('deployment', 'CREATE'),
        instances([{ Account: '{{member}}', ...CURRENT }]),
        changed(
          'DeleteStackInstances',
          { ...NAMED, Accounts: ['{{member}}'], Regions: ['{{region}}'], RetainStacks: true },
          'removal',
        ),
        running('removal'),
        ended('removal', 'DELETE'),
        instances(count(0)),
      ],
      cleanup: gone({ ...NAMED, Accounts: ['{{member}}'], Regions: ['{{region}}'] }),
    },
    {
      name: 'instances of two accounts in two regions are listed by account and region, while they change, too',
      evidence: 'CloudFormation API_ListStackInstances: StackInstanceAccount, StackInstanceRegion',
      steps: [
        ...administrationMade(),
        ...executionMade(),
        ...asMember(executionMade()),
        setMade(),
        changed('CreateStackInstances', EVERYWHERE, 'deployment'),
        answers('ListStackInstances', NAMED, { Summaries: excludes({ Account: absent }) }),
        ended('deployment', 'CREATE'),
        instances(count(4)),
        instances(excludes({ Status: 'OUTDATED' })),
        instances(count(2), { StackInstanceAccount: '{{member}}' }),
        instances(excludes({ Account: '{{management}}' }), { StackInstanceAccount: '{{member}}' }),
        instances(count(2), { StackInstanceRegion: '{{otherRegion}}' }),
        instances(excludes({ Region: '{{region}}' }), { StackInstanceRegion: '{{otherRegion}}' }),
        changed('UpdateStackInstances', { ...BOTH_REGIONS, ParameterOverrides: [stage('prod')] }, 'update'),
        // What changes does not leave the list.
        answers('ListStackInstances', NAMED, { Summaries: count(4) }),
        answers(
          'ListStackInstances',
          { ...NAMED, StackInstanceAccount: '{{member}}' },
          { Summaries: [{ Account: '{{member}}' }, { Account: '{{member}}' }] },
        ),
        answers(
          'ListStackInstances',
          { ...NAMED, StackInstanceAccount: '{{management}}' },
          { Summaries: [{ Account: '{{management}}' }, { Account: '{{management}}' }] },
        ),
        ended('update', 'UPDATE'),
        described('{{member}}', '{{otherRegion}}', { ParameterOverrides: [stage('prod')] }),
        described('{{management}}', '{{otherRegion}}', { ParameterOverrides: count(0) }),
        changed('DeleteStackInstances', { ...BOTH_REGIONS, RetainStacks: false }, 'removal'),
        ended('removal', 'DELETE'),
        instances(count(2)),
        instances(count(0), { StackInstanceAccount: '{{member}}' }),
        instances(count(2), { StackInstanceAccount: '{{management}}' }),
      ],
      cleanup: gone(EVERYWHERE),
    },
    {
      name: 'an instance fails where the administration role has another path than its ARN says',
      evidence: 'CloudFormation API_CreateStackSet: AdministrationRoleARN; IAM reference_identifiers: paths in ARNs',
      steps: [
        ...administrationMade(),
        ...asMember(executionMade()),
        setMade({
          AdministrationRoleARN: 'arn:{{partition}}:iam::{{management}}:role/other/{{unique}}-administration',
        }),
        changed('CreateStackInstances', { ...NAMED, Accounts: ['{{member}}'], Regions: ['{{region}}'] }, 'deployment'),
        answers(
          'DescribeStackSetOperation',
          { ...NAMED, OperationId: '{{deployment.OperationId}}' },
          { StackSetOperation: { Action: 'CREATE', Status: 'FAILED' } },
          { within: 900 },
        ),
      ],
      cleanup: gone({ ...NAMED, Accounts: ['{{member}}'], Regions: ['{{region}}'] }),
    },
    {
      name: 'with managed execution operations on one instance wait for each other',
      evidence: 'CloudFormation API_ManagedExecution: queues conflicting operations; API_StackSetOperation: QUEUED',
      steps: [
        ...administrationMade(),
        ...asMember(executionMade()),
        setMade({ ManagedExecution: { Active: true } }),
        changed('CreateStackInstances', { ...BOTH_REGIONS, Regions: ['{{region}}'] }, 'one'),
        answers(
          'UpdateStackInstances',
          { ...BOTH_REGIONS, Regions: ['{{region}}'], ParameterOverrides: [stage('prod')] },
          {},
          { save: 'two' },
        ),
        answers(
          'DescribeStackSetOperation',
          { ...NAMED, OperationId: '{{two.OperationId}}' },
          {
            StackSetOperation: { Status: 'QUEUED', Action: 'UPDATE', EndTimestamp: absent },
          },
        ),
        // Behind what waits itself, another one waits, too.
        answers('CreateStackInstances', BOTH_REGIONS, {}, { save: 'three' }),
        answers('CreateStackInstances', { ...BOTH_REGIONS, Regions: ['{{otherRegion}}'] }, {}, { save: 'four' }),
        answers(
          'DescribeStackSetOperation',
          { ...NAMED, OperationId: '{{four.OperationId}}' },
          { StackSetOperation: { Status: 'QUEUED', Action: 'CREATE', EndTimestamp: absent } },
        ),
        running('one'),
        ended('one', 'CREATE'),
        ended('two', 'UPDATE'),
        ended('three', 'CREATE'),
        ended('four', 'CREATE'),
        described('{{member}}', '{{otherRegion}}', { ...CURRENT, LastOperationId: '{{four.OperationId}}' }),
        described('{{member}}', '{{region}}', {
          ...CURRENT,
          ParameterOverrides: [stage('prod')],
          LastOperationId: '{{three.OperationId}}',
        }),
      ],
      cleanup: gone(BOTH_REGIONS),
    },
    {
      name: 'a way into an account that changes while operations wait is judged as it has become',
      evidence: 'CloudFormation API_ManagedExecution; IAM UserGuide troubleshoot: changes are not immediately visible',
      steps: [
        ...administrationMade(),
        ...asMember(executionMade()),
        setMade({ ManagedExecution: { Active: true } }),
        changed('CreateStackInstances', BOTH_REGIONS, 'one'),
        ...asMember([
          answers('iam:UpdateAssumeRolePolicy', {
            RoleName: '{{unique}}-execution',
            PolicyDocument: statement({ Principal: { AWS: [ADMINISTRATION] }, Action: ['sts:AssumeRole'] }),
          }),
        ]),
        answers('UpdateStackInstances', BOTH_REGIONS, {}, { save: 'two' }),
        // Nothing is asked of the stack set between this and the turn of the second operation.
        ...asMember([
          answers('iam:UpdateAssumeRolePolicy', {
            RoleName: '{{unique}}-execution',
            PolicyDocument: statement({
              Principal: { AWS: ADMINISTRATION },
              Action: 'sts:AssumeRole',
              Condition: { ArnLike: { 'aws:PrincipalArn': ADMINISTRATION } },
            }),
          }),
        ]),
        { ...ended('one', 'CREATE'), after: 900 },
        ended('two', 'UPDATE'),
        ...asMember([
          answers('iam:UpdateAssumeRolePolicy', {
            RoleName: '{{unique}}-execution',
            PolicyDocument: statement({
              Principal: { AWS: 'arn:{{partition}}:iam::{{member}}:root' },
              Action: 'sts:AssumeRole',
            }),
          }),
        ]),
        answers('UpdateStackInstances', BOTH_REGIONS, {}, { save: 'three', after: 60 }),
        ended('three', 'UPDATE', 'FAILED'),
        instances(count(2)),
        ...asMember([
          answers('iam:UpdateAssumeRolePolicy', {
            RoleName: '{{unique}}-execution',
            PolicyDocument: statement({ Principal: { AWS: ADMINISTRATION }, Action: 'sts:AssumeRole' }),
          }),
        ]),
        answers('UpdateStackInstances', BOTH_REGIONS, {}, { save: 'four', after: 60 }),
        ended('four', 'UPDATE'),
        instances(includes({ Region: '{{region}}', ...CURRENT }, { Region: '{{otherRegion}}', ...CURRENT })),
      ],
      cleanup: gone(BOTH_REGIONS),
    },
    {
      name: 'rights that an administration role gets later count for what begins later',
      evidence: 'CloudFormation stacksets-prereqs-self-managed: sts:AssumeRole of the administration role',
      steps: [
        ...administrationMade(CLOUDFORMATION, { Action: 's3:ListAllMyBuckets', Resource: '*' }),
        ...asMember(executionMade()),
        setMade(),
        changed('CreateStackInstances', { ...BOTH_REGIONS, Regions: ['{{region}}'] }, 'one'),
        ended('one', 'CREATE', 'FAILED'),
        answers('iam:PutRolePolicy', {
          RoleName: '{{unique}}-administration',
          PolicyName: 'conformance',
          PolicyDocument: statement(INTO_MEMBERS),
        }),
        answers('CreateStackInstances', { ...BOTH_REGIONS, Regions: ['{{region}}'] }, {}, { save: 'two', after: 60 }),
        ended('two', 'CREATE'),
        described('{{member}}', '{{region}}', { ...CURRENT, LastOperationId: '{{two.OperationId}}' }),
        answers('iam:PutRolePermissionsBoundary', {
          RoleName: '{{unique}}-administration',
          PermissionsBoundary: 'arn:{{partition}}:iam::aws:policy/job-function/Billing',
        }),
        answers('UpdateStackInstances', { ...BOTH_REGIONS, Regions: ['{{region}}'] }, {}, { save: 'three', after: 60 }),
        ended('three', 'UPDATE', 'FAILED'),
        answers('iam:DeleteRolePermissionsBoundary', { RoleName: '{{unique}}-administration' }),
        answers('UpdateStackInstances', { ...BOTH_REGIONS, Regions: ['{{region}}'] }, {}, { save: 'four', after: 120 }),
        ended('four', 'UPDATE'),
      ],
      cleanup: [
        answers('iam:DeleteRolePermissionsBoundary', { RoleName: '{{unique}}-administration' }),
        ...gone({ ...BOTH_REGIONS, Regions: ['{{region}}'] }),
      ],
    },
    {
      name: 'an instance right after its roles were made is deployed, or fails and is deployed later',
      evidence: 'IAM UserGuide troubleshoot: changes are not always immediately visible',
      steps: [
        setMade({}, 0),
        ...asMember(executionMade()),
        answers(
          'CreateStackSet',
          { ...NAMED, StackSetName: '{{unique}}-b', TemplateBody: TEMPLATE, ...ROLES },
          {},
          { after: 60 },
        ),
        ...administrationMade(),
        changed('CreateStackInstances', { ...BOTH_REGIONS, Regions: ['{{region}}'] }, 'early'),
        ended('early', 'CREATE', matches(/^(?:SUCCEEDED|FAILED)$/u)),
        answers('CreateStackInstances', { ...BOTH_REGIONS, Regions: ['{{region}}'] }, {}, { save: 'later', after: 60 }),
        ended('later', 'CREATE'),
        instances([{ Account: '{{member}}', ...CURRENT }]),
      ],
      cleanup: [
        answers('DeleteStackSet', { StackSetName: '{{unique}}-b' }),
        ...gone({ ...BOTH_REGIONS, Regions: ['{{region}}'] }),
      ],
    },
    noWayIn(
      'an administration role that may not assume the execution role',
      'CloudFormation stacksets-prereqs-self-managed: sts:AssumeRole of the administration role',
      [
        ...administrationMade(CLOUDFORMATION, { Action: 's3:ListAllMyBuckets', Resource: '*' }),
        ...asMember(executionMade()),
      ],
    ),
    noWayIn(
      'an execution role that has no right at all',
      'CloudFormation stacksets-prereqs-self-managed: permissions of the execution role',
      [...administrationMade(), ...asMember(roleMade('{{unique}}-execution', { AWS: ADMINISTRATION }))],
    ),
    noWayIn(
      'an administration role that does not trust CloudFormation',
      'CloudFormation stacksets-prereqs-self-managed: trust of the administration role',
      [...administrationMade({ Service: 'lambda.amazonaws.com' }), ...asMember(executionMade())],
    ),
    noWayIn(
      'an execution role that trusts another account',
      'CloudFormation stacksets-prereqs-self-managed: trust of the execution role',
      [...administrationMade(), ...asMember(executionMade('arn:{{partition}}:iam::{{member}}:root'))],
    ),
    {
      name: 'a template has parameters of several types, in JSON and YAML',
      evidence: 'CloudFormation API_CreateStackSet: TemplateBody; template-anatomy parameters-section-structure',
      steps: [
        setMade({ Parameters: [{ ParameterKey: 'Size', ParameterValue: '5' }] }, 0),
        answers('DescribeStackSet', NAMED, {
          StackSet: { Parameters: includes({ ParameterKey: 'Size', ParameterValue: '5' }) },
        }),
        answers('CreateStackSet', { StackSetName: '{{unique}}-b', TemplateBody: YAML, ...ROLES }),
        answers(
          'DescribeStackSet',
          { StackSetName: '{{unique}}-b' },
          { StackSet: { TemplateBody: YAML, Status: 'ACTIVE' } },
        ),
        refuses(
          'CreateStackSet',
          {
            StackSetName: '{{unique}}-c',
            TemplateBody: YAML,
            ...ROLES,
            Parameters: [{ ParameterKey: 'Size', ParameterValue: '5' }],
          },
          'ValidationError',
        ),
      ],
      cleanup: [answers('DeleteStackSet', NAMED), answers('DeleteStackSet', { StackSetName: '{{unique}}-b' })],
    },
    {
      name: 'a stack set is that of its region and account',
      evidence: 'CloudFormation stacksets-concepts: a stack set is a regional resource',
      steps: [
        setMade({}, 0),
        refuses('DescribeStackSet', NAMED, 'StackSetNotFoundException', { region: '{{otherRegion}}' }),
        ...asMember([refuses('DescribeStackSet', NAMED, 'StackSetNotFoundException')]),
        answers(
          'ListStackSets',
          { Status: 'ACTIVE' },
          { Summaries: excludes({ StackSetName: '{{unique}}' }) },
          { region: '{{otherRegion}}' },
        ),
        ...asMember([
          answers('ListStackSets', { Status: 'ACTIVE' }, { Summaries: excludes({ StackSetName: '{{unique}}' }) }),
        ]),
        refuses('ListStackInstances', { ...NAMED, NextToken: 'nothing' }, 'ValidationError'),
        refuses('ListStackInstances', { ...NAMED, MaxResults: 101 }, 'ValidationError'),
      ],
      cleanup: [answers('DeleteStackSet', NAMED)],
    },
  ],
};
