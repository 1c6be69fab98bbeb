import { answers, asMember, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { count, excludes, includes, matches, text, time } from '../pattern';

const TEMPLATE = JSON.stringify({
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { Stage: { Type: 'String', Default: 'dev' } },
  Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
});

const TWO_PARAMETERS = JSON.stringify({
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { Stage: { Type: 'String', Default: 'dev' }, Place: { Type: 'String', Default: 'shed' } },
  Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
});

const overridden = (ParameterKey: string, ParameterValue: string) => ({ ParameterKey, ParameterValue });

const NAMED = { StackSetName: '{{unique}}' };
/** Roles of the run's own, so that those of others are left alone. */
const ROLES = {
  AdministrationRoleARN: 'arn:{{partition}}:iam::{{management}}:role/{{unique}}-administration',
  ExecutionRoleName: '{{unique}}-execution',
};

const trust = (Principal: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }] });
const allow = (Action: string, Resource: string): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] });

const made = (more = {}, output = {}, details = {}): Step =>
  answers('CreateStackSet', { ...NAMED, TemplateBody: TEMPLATE, ...ROLES, ...more }, output, {
    ...details,
    save: 'made',
  });
const GONE = [answers('DeleteStackSet', NAMED)];

const roleMade = (RoleName: string, principal: object, policy: string): readonly Step[] => [
  answers('iam:CreateRole', { RoleName, AssumeRolePolicyDocument: trust(principal) }),
  answers('iam:PutRolePolicy', { RoleName, PolicyName: 'conformance', PolicyDocument: policy }),
];
const roleGone = (RoleName: string): readonly Step[] => [
  answers('iam:DeleteRolePolicy', { RoleName, PolicyName: 'conformance' }),
  answers('iam:DeleteRole', { RoleName }),
];

/** What it takes to deploy into the member, and the stack set itself. */
const ROLES_MADE: readonly Step[] = [
  ...roleMade(
    '{{unique}}-administration',
    { Service: 'cloudformation.amazonaws.com' },
    allow('sts:AssumeRole', 'arn:{{partition}}:iam::*:role/{{unique}}-execution'),
  ),
  ...asMember(roleMade('{{unique}}-execution', { AWS: ROLES.AdministrationRoleARN }, allow('*', '*'))),
];
// Roles are effective later than they are there.
const READY: readonly Step[] = [...ROLES_MADE, made({}, {}, { after: 40 })];
const READY_WITH_TWO: readonly Step[] = [...ROLES_MADE, made({ TemplateBody: TWO_PARAMETERS }, {}, { after: 40 })];

const INSTANCES = { ...NAMED, Accounts: ['{{member}}'], Regions: ['{{region}}'] };
const INSTANCE = { ...NAMED, StackInstanceAccount: '{{member}}', StackInstanceRegion: '{{region}}' };
const removed: Step = answers(
  'DeleteStackInstances',
  { ...INSTANCES, RetainStacks: false },
  { OperationId: text },
  { save: 'removal', within: 300 },
);
const ended = (saved: string, Status = 'SUCCEEDED'): Step =>
  answers(
    'DescribeStackSetOperation',
    { ...NAMED, OperationId: `{{${saved}.OperationId}}` },
    { StackSetOperation: { Status, CreationTimestamp: time, EndTimestamp: time } },
    { within: 900 },
  );
const deployed = (more = {}): Step =>
  answers('CreateStackInstances', { ...INSTANCES, ...more }, { OperationId: text }, { save: 'deployment' });

const ALL_GONE: readonly Step[] = [
  removed,
  ended('removal'),
  ...GONE,
  ...roleGone('{{unique}}-administration'),
  ...asMember(roleGone('{{unique}}-execution')),
];

const refused = (what: string, more: object, error: string | readonly string[]): ConformanceCase => ({
  name: `a stack set is refused for ${what}, and none is made`,
  evidence: 'CloudFormation API_CreateStackSet',
  steps: [
    answers('ListStackSets', { Status: 'ACTIVE' }, { Summaries: excludes({ StackSetName: '{{unique}}' }) }),
    refuses('CreateStackSet', { ...NAMED, TemplateBody: TEMPLATE, ...ROLES, ...more }, error),
    answers('ListStackSets', { Status: 'ACTIVE' }, { Summaries: excludes({ StackSetName: '{{unique}}' }) }),
  ],
  cleanup: GONE,
});

const needsSet = (call: string, more = {}): ConformanceCase => ({
  name: `${call} needs a stack set that is there`,
  evidence: `CloudFormation API_${call}: StackSetNotFoundException`,
  steps: [refuses(call, { StackSetName: '{{unique}}-nothing', ...more }, 'StackSetNotFoundException')],
});

const refusedInstances = (what: string, more: object, error: string | readonly string[]): ConformanceCase => ({
  name: `instances are refused for ${what}, and none are made`,
  evidence: 'CloudFormation API_CreateStackInstances',
  steps: [
    made(),
    refuses('CreateStackInstances', { ...INSTANCES, ...more }, error),
    answers('ListStackInstances', NAMED, { Summaries: count(0) }),
  ],
  cleanup: GONE,
});

export const stackSets: CaseGroup = {
  service: 'cloudformation',
  cases: [
    {
      name: 'a stack set is made, described and listed',
      evidence: 'CloudFormation API_CreateStackSet, API_DescribeStackSet, API_ListStackSets',
      steps: [
        made({}, { StackSetId: matches(/^[^:]+:[0-9a-f-]{36}$/u) }),
        answers('DescribeStackSet', NAMED, {
          StackSet: {
            StackSetName: '{{unique}}',
            StackSetId: '{{made.StackSetId}}',
            Status: 'ACTIVE',
            PermissionModel: 'SELF_MANAGED',
            TemplateBody: TEMPLATE,
            StackSetARN: matches(/:stackset\//u),
            Tags: count(0),
            ...ROLES,
          },
        }),
        answers(
          'ListStackSets',
          { Status: 'ACTIVE' },
          {
            Summaries: includes({ StackSetName: '{{unique}}', StackSetId: '{{made.StackSetId}}', Status: 'ACTIVE' }),
          },
        ),
      ],
      cleanup: GONE,
    },
    {
      name: 'a parameter of a stack set without a value has the default of the template',
      evidence: 'CloudFormation API_Parameter: ParameterValue',
      steps: [
        made(),
        answers('DescribeStackSet', NAMED, {
          StackSet: { Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'dev' }] },
        }),
      ],
      cleanup: GONE,
    },
    {
      name: 'a stack set has the values that it was given for its parameters',
      evidence: 'CloudFormation API_CreateStackSet: Parameters',
      steps: [
        made({ Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'prod' }] }),
        answers('DescribeStackSet', NAMED, {
          StackSet: { Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'prod' }] },
        }),
        answers('ListStackInstances', NAMED, { Summaries: count(0) }),
      ],
      cleanup: GONE,
    },
    {
      name: 'two stack sets do not have one name',
      evidence: 'CloudFormation API_CreateStackSet: NameAlreadyExistsException',
      steps: [
        made(),
        refuses('CreateStackSet', { ...NAMED, TemplateBody: TEMPLATE, ...ROLES }, 'NameAlreadyExistsException'),
        answers('DescribeStackSet', NAMED, { StackSet: { StackSetId: '{{made.StackSetId}}' } }),
      ],
      cleanup: GONE,
    },
    {
      name: 'a stack set is found by its id, too',
      evidence: 'CloudFormation API_DescribeStackSet: the name or unique ID',
      steps: [
        made(),
        answers(
          'DescribeStackSet',
          { StackSetName: '{{made.StackSetId}}' },
          { StackSet: { StackSetName: '{{unique}}' } },
        ),
        answers('ListStackInstances', { StackSetName: '{{made.StackSetId}}' }, { Summaries: count(0) }),
      ],
      cleanup: GONE,
    },
    {
      name: 'managed execution is as it was asked for',
      evidence: 'CloudFormation API_ManagedExecution',
      steps: [
        made({ ManagedExecution: { Active: true } }),
        answers('DescribeStackSet', NAMED, { StackSet: { ManagedExecution: { Active: true } } }),
        answers(
          'ListStackSets',
          { Status: 'ACTIVE' },
          {
            Summaries: includes({ StackSetName: '{{unique}}', ManagedExecution: { Active: true } }),
          },
        ),
      ],
      cleanup: GONE,
    },
    {
      name: 'a stack set that is deleted is gone',
      evidence: 'CloudFormation API_DeleteStackSet',
      steps: [
        made(),
        ...GONE,
        refuses('DescribeStackSet', NAMED, 'StackSetNotFoundException'),
        answers('ListStackSets', { Status: 'ACTIVE' }, { Summaries: excludes({ StackSetName: '{{unique}}' }) }),
      ],
    },
    {
      name: 'an instance is deployed, and is current then',
      evidence: 'CloudFormation API_CreateStackInstances, API_StackInstance',
      steps: [
        ...READY,
        deployed(),
        ended('deployment'),
        answers('DescribeStackInstance', INSTANCE, {
          StackInstance: {
            Account: '{{member}}',
            Region: '{{region}}',
            Status: 'CURRENT',
            StackId: text,
            StackInstanceStatus: { DetailedStatus: 'SUCCEEDED' },
          },
        }),
        answers(
          'ListStackInstances',
          NAMED,
          { Summaries: includes({ Account: '{{member}}', Status: 'CURRENT' }) },
          { within: 60 },
        ),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'an instance has its own values for parameters, and goes with its stack',
      evidence: 'CloudFormation stackinstances-override',
      steps: [
        ...READY,
        deployed({ ParameterOverrides: [{ ParameterKey: 'Stage', ParameterValue: 'prod' }] }),
        ended('deployment'),
        answers('DescribeStackInstance', INSTANCE, {
          StackInstance: { ParameterOverrides: [{ ParameterKey: 'Stage', ParameterValue: 'prod' }] },
        }),
        removed,
        ended('removal'),
        refuses('DescribeStackInstance', INSTANCE, 'StackInstanceNotFoundException'),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'an instance without an execution role fails, and tells why',
      evidence: 'CloudFormation stacksets-prereqs-self-managed; API_StackInstance: OUTDATED',
      steps: [
        made(),
        deployed(),
        ended('deployment', 'FAILED'),
        answers('DescribeStackInstance', INSTANCE, {
          StackInstance: {
            Status: 'OUTDATED',
            StatusReason: text,
            StackInstanceStatus: { DetailedStatus: matches(/^(?:FAILED|CANCELLED)$/u) },
          },
        }),
        // Nor is there one in an account that nobody has.
        deployed({ Accounts: ['{{noAccount}}'] }),
        ended('deployment', 'FAILED'),
        answers(
          'DeleteStackInstances',
          { ...INSTANCES, Accounts: ['{{noAccount}}'], RetainStacks: true },
          {},
          { save: 'removal' },
        ),
        ended('removal'),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'a second operation waits for the first, or is refused',
      evidence: 'CloudFormation API_CreateStackInstances: OperationInProgressException',
      steps: [
        ...READY,
        deployed(),
        refuses('CreateStackInstances', INSTANCES, 'OperationInProgressException'),
        ended('deployment'),
        answers('CreateStackInstances', INSTANCES, { OperationId: text }),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'the same request by the same operation id is the same operation',
      evidence: 'CloudFormation API_CreateStackInstances: OperationId',
      steps: [
        ...READY,
        deployed({ OperationId: '{{unique}}-id' }),
        answers(
          'CreateStackInstances',
          { ...INSTANCES, OperationId: '{{unique}}-id' },
          { OperationId: '{{unique}}-id' },
        ),
        ended('deployment'),
        refuses(
          'CreateStackInstances',
          { ...INSTANCES, Accounts: ['{{management}}'], OperationId: '{{unique}}-id' },
          'OperationIdAlreadyExistsException',
        ),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'an instance that is there is updated with other values',
      evidence: 'CloudFormation API_UpdateStackInstances',
      steps: [
        ...READY,
        deployed(),
        ended('deployment'),
        answers(
          'UpdateStackInstances',
          { ...INSTANCES, ParameterOverrides: [{ ParameterKey: 'Stage', ParameterValue: 'test' }] },
          {},
          { save: 'update' },
        ),
        ended('update'),
        answers('DescribeStackInstance', INSTANCE, {
          StackInstance: { Status: 'CURRENT', ParameterOverrides: [{ ParameterKey: 'Stage', ParameterValue: 'test' }] },
        }),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'a parameter that a list of overrides leaves out has the value of the stack set again',
      evidence: 'CloudFormation API_UpdateStackInstances: ParameterOverrides',
      steps: [
        ...READY_WITH_TWO,
        deployed({ ParameterOverrides: [overridden('Stage', 'prod'), overridden('Place', 'hall')] }),
        ended('deployment'),
        answers(
          'UpdateStackInstances',
          { ...INSTANCES, ParameterOverrides: [overridden('Place', 'yard')] },
          {},
          { save: 'update' },
        ),
        ended('update'),
        answers('DescribeStackInstance', INSTANCE, {
          StackInstance: { ParameterOverrides: [overridden('Place', 'yard')] },
        }),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'a parameter that is to keep its value keeps it, and without a list all do',
      evidence: 'CloudFormation API_UpdateStackInstances: UsePreviousValue; do not specify this property at all',
      steps: [
        ...READY_WITH_TWO,
        deployed({ ParameterOverrides: [overridden('Stage', 'prod'), overridden('Place', 'hall')] }),
        ended('deployment'),
        answers('UpdateStackInstances', INSTANCES, {}, { save: 'update' }),
        ended('update'),
        answers('DescribeStackInstance', INSTANCE, {
          StackInstance: { ParameterOverrides: includes(overridden('Stage', 'prod'), overridden('Place', 'hall')) },
        }),
        answers(
          'UpdateStackInstances',
          { ...INSTANCES, ParameterOverrides: [{ ParameterKey: 'Stage', UsePreviousValue: true }] },
          {},
          { save: 'second' },
        ),
        ended('second'),
        answers('DescribeStackInstance', INSTANCE, {
          StackInstance: { ParameterOverrides: [overridden('Stage', 'prod')] },
        }),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'without preferences an operation stops at its first failure, and cancels the rest',
      evidence: 'CloudFormation API_StackSetOperationPreferences: FailureToleranceCount, by default 0',
      steps: [
        made(),
        deployed({ Regions: ['{{region}}', '{{otherRegion}}'] }),
        ended('deployment', 'FAILED'),
        answers(
          'ListStackInstances',
          NAMED,
          {
            Summaries: includes(
              { Status: 'OUTDATED', StackInstanceStatus: { DetailedStatus: 'FAILED' } },
              { Status: 'OUTDATED', StackInstanceStatus: { DetailedStatus: 'CANCELLED' } },
            ),
          },
          { within: 60 },
        ),
      ],
      cleanup: [
        answers(
          'DeleteStackInstances',
          { ...INSTANCES, Regions: ['{{region}}', '{{otherRegion}}'], RetainStacks: true },
          {},
          { save: 'removal', within: 300 },
        ),
        ended('removal'),
        ...GONE,
      ],
    },
    {
      name: 'instances are listed page by page',
      evidence: 'CloudFormation API_ListStackInstances: MaxResults, NextToken',
      steps: [
        made(),
        deployed({ Regions: ['{{region}}', '{{otherRegion}}'] }),
        ended('deployment', 'FAILED'),
        answers('ListStackInstances', NAMED, { Summaries: count(2) }, { within: 60 }),
        answers(
          'ListStackInstances',
          { ...NAMED, MaxResults: 1 },
          { Summaries: count(1), NextToken: text },
          { save: 'page' },
        ),
        answers(
          'ListStackInstances',
          { ...NAMED, MaxResults: 1, NextToken: '{{page.NextToken}}' },
          { Summaries: excludes({ Region: '{{page.Summaries.0.Region}}' }) },
        ),
      ],
      cleanup: [
        answers(
          'DeleteStackInstances',
          { ...INSTANCES, Regions: ['{{region}}', '{{otherRegion}}'], RetainStacks: true },
          {},
          { save: 'removal', within: 300 },
        ),
        ended('removal'),
        ...GONE,
      ],
    },
    {
      name: 'with managed execution a second operation is taken while the first runs',
      evidence: 'CloudFormation API_ManagedExecution: queues conflicting operations',
      steps: [
        made({ ManagedExecution: { Active: true } }),
        deployed(),
        answers('CreateStackInstances', INSTANCES, { OperationId: text }, { save: 'second' }),
        ended('deployment', 'FAILED'),
        ended('second', 'FAILED'),
      ],
      cleanup: [
        answers('DeleteStackInstances', { ...INSTANCES, RetainStacks: true }, {}, { save: 'removal', within: 300 }),
        ended('removal'),
        ...GONE,
      ],
    },
    {
      name: 'an instance that is not there is taken away with no harm',
      evidence: 'CloudFormation API_DeleteStackInstances: no StackInstanceNotFoundException is listed for it',
      steps: [
        made(),
        answers(
          'DeleteStackInstances',
          { ...INSTANCES, RetainStacks: true },
          { OperationId: text },
          { save: 'removal' },
        ),
        ended('removal'),
        answers('ListStackInstances', NAMED, { Summaries: count(0) }),
      ],
      cleanup: GONE,
    },
    {
      name: 'an instance without a way into its account goes only where its stack is retained',
      evidence: 'CloudFormation API_DeleteStackInstances: RetainStacks; API_StackInstance: INOPERABLE, OUTDATED',
      steps: [
        ...READY,
        deployed(),
        ended('deployment'),
        ...asMember(roleGone('{{unique}}-execution')),
        answers('DeleteStackInstances', { ...INSTANCES, RetainStacks: false }, {}, { save: 'removal', after: 60 }),
        ended('removal', 'FAILED'),
        answers('DescribeStackInstance', INSTANCE, {
          StackInstance: { Status: matches(/^(?:OUTDATED|INOPERABLE)$/u), StatusReason: text, StackId: text },
        }),
        answers('DeleteStackInstances', { ...INSTANCES, RetainStacks: true }, {}, { save: 'retained' }),
        ended('retained'),
        refuses('DescribeStackInstance', INSTANCE, 'StackInstanceNotFoundException'),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'of instances of which one is not there none is updated',
      evidence: 'CloudFormation API_UpdateStackInstances: StackInstanceNotFoundException',
      steps: [
        ...READY,
        deployed(),
        ended('deployment'),
        refuses(
          'UpdateStackInstances',
          {
            ...INSTANCES,
            Regions: ['{{region}}', '{{otherRegion}}'],
            ParameterOverrides: [overridden('Stage', 'prod')],
          },
          'StackInstanceNotFoundException',
        ),
        answers('DescribeStackInstance', INSTANCE, {
          StackInstance: {
            Status: 'CURRENT',
            ParameterOverrides: count(0),
            LastOperationId: '{{deployment.OperationId}}',
            StackInstanceStatus: { DetailedStatus: 'SUCCEEDED' },
          },
        }),
        answers('UpdateStackInstances', INSTANCES, {}, { save: 'update' }),
        ended('update'),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'a stack set with instances is not deleted',
      evidence: 'CloudFormation API_DeleteStackSet: StackSetNotEmptyException',
      steps: [...READY, deployed(), ended('deployment'), refuses('DeleteStackSet', NAMED, 'StackSetNotEmptyException')],
      cleanup: ALL_GONE,
    },
    {
      name: 'an instance that is not there is not updated',
      evidence: 'CloudFormation API_UpdateStackInstances: StackInstanceNotFoundException',
      steps: [
        made(),
        refuses('UpdateStackInstances', INSTANCES, 'StackInstanceNotFoundException'),
        answers('ListStackInstances', NAMED, { Summaries: count(0) }),
      ],
      cleanup: GONE,
    },
    {
      name: 'an instance that is not there is not described',
      evidence: 'CloudFormation API_DescribeStackInstance: StackInstanceNotFoundException',
      steps: [
        made(),
        refuses('DescribeStackInstance', INSTANCE, 'StackInstanceNotFoundException'),
        refuses('DescribeStackSetOperation', { ...NAMED, OperationId: '{{noUuid}}' }, 'OperationNotFoundException'),
      ],
      cleanup: GONE,
    },
    {
      name: 'instances are refused for no targets at all, and none are made',
      evidence: 'CloudFormation API_CreateStackInstances: Accounts or DeploymentTargets',
      steps: [
        made(),
        refuses('CreateStackInstances', { ...NAMED, Regions: ['{{region}}'] }, 'ValidationError'),
        refuses(
          'CreateStackInstances',
          { ...NAMED, Regions: ['{{region}}'], DeploymentTargets: {} },
          'ValidationError',
        ),
        refuses('DeleteStackInstances', { ...NAMED, Regions: ['{{region}}'], RetainStacks: true }, 'ValidationError'),
        answers('ListStackInstances', NAMED, { Summaries: count(0) }),
      ],
      cleanup: GONE,
    },
    refusedInstances('no account', { Accounts: [] }, 'ValidationError'),
    refusedInstances('no region', { Regions: [] }, 'ValidationError'),
    refusedInstances(
      'accounts given in two ways',
      { DeploymentTargets: { Accounts: ['{{member}}'] } },
      'ValidationError',
    ),
    refusedInstances('what is no account id', { Accounts: ['12345'] }, 'ValidationError'),
    refusedInstances(
      'a parameter that the template does not have',
      { ParameterOverrides: [{ ParameterKey: 'Nothing', ParameterValue: 'x' }] },
      'ValidationError',
    ),
    refused('a name that begins with a digit', { StackSetName: '1{{unique}}' }, 'ValidationError'),
    refused('a name with an underscore', { StackSetName: 'conformance_{{unique}}' }, 'ValidationError'),
    refused('a name of 129 characters', { StackSetName: 'n'.repeat(129) }, 'ValidationError'),
    refused('a template that is none', { TemplateBody: '{' }, 'ValidationError'),
    refused(
      'a parameter that the template does not have',
      { Parameters: [{ ParameterKey: 'Nothing', ParameterValue: 'x' }] },
      'ValidationError',
    ),
    needsSet('DescribeStackSet'),
    needsSet('ListStackInstances'),
    needsSet('CreateStackInstances', { Accounts: ['{{member}}'], Regions: ['{{region}}'] }),
    needsSet('UpdateStackInstances', { Accounts: ['{{member}}'], Regions: ['{{region}}'] }),
    needsSet('DeleteStackInstances', { Accounts: ['{{member}}'], Regions: ['{{region}}'], RetainStacks: false }),
    needsSet('DescribeStackInstance', { StackInstanceAccount: '{{member}}', StackInstanceRegion: '{{region}}' }),
    needsSet('DescribeStackSetOperation', { OperationId: '{{noUuid}}' }),
  ],
};
