import { answers, asMember, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { absent, count, excludes, includes, matches, type Pattern, text, time } from '../pattern';

const TEMPLATE = JSON.stringify({
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { Stage: { Type: 'String', Default: 'dev' } },
  Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
});
const NAMED = { StackSetName: '{{unique}}' };
const ADMINISTRATION = 'arn:{{partition}}:iam::{{management}}:role/{{unique}}-administration';
const ROLES = { AdministrationRoleARN: ADMINISTRATION, ExecutionRoleName: '{{unique}}-execution' };

const allow = (more: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
const roleMade = (RoleName: string, Principal: object, rights: object): readonly Step[] => [
  answers('iam:CreateRole', { RoleName, AssumeRolePolicyDocument: allow({ Principal, Action: 'sts:AssumeRole' }) }),
  answers('iam:PutRolePolicy', { RoleName, PolicyName: 'conformance', PolicyDocument: allow(rights) }),
];
const roleGone = (RoleName: string): readonly Step[] => [
  answers('iam:DeleteRolePolicy', { RoleName, PolicyName: 'conformance' }),
  answers('iam:DeleteRole', { RoleName }),
];
const made = (more: object = {}, after = 0): Step =>
  answers('CreateStackSet', { ...NAMED, TemplateBody: TEMPLATE, ...ROLES, ...more }, {}, { save: 'made', after });
const READY: readonly Step[] = [
  ...roleMade(
    '{{unique}}-administration',
    { Service: 'cloudformation.amazonaws.com' },
    { Action: 'sts:AssumeRole', Resource: 'arn:{{partition}}:iam::*:role/{{unique}}-execution' },
  ),
  ...asMember(roleMade('{{unique}}-execution', { AWS: ADMINISTRATION }, { Action: '*', Resource: '*' })),
  // Roles are effective later than they are there.
  made({}, 40),
];
const GONE: Step = answers('DeleteStackSet', NAMED);

const INSTANCES = { ...NAMED, Accounts: ['{{member}}'], Regions: ['{{region}}', '{{otherRegion}}'] };
const described = (account: string, region: string, StackInstance: Pattern): Step =>
  answers(
    'DescribeStackInstance',
    { ...NAMED, StackInstanceAccount: `{{${account}}}`, StackInstanceRegion: `{{${region}}}` },
    { StackInstance },
  );
const told = (save: string, more: Readonly<Record<string, Pattern>>, details = {}): Step =>
  answers(
    'DescribeStackSetOperation',
    { ...NAMED, OperationId: `{{${save}.OperationId}}` },
    { StackSetOperation: { OperationId: `{{${save}.OperationId}}`, StackSetId: text, ...ROLES, ...more } },
    details,
  );
const ended = (save: string, Action: string, Status: Pattern = 'SUCCEEDED'): Step =>
  told(save, { Action, Status, CreationTimestamp: time, EndTimestamp: time }, { within: 900 });
const filtered = (Filters: readonly (readonly [string, string])[], Summaries: Pattern): Step =>
  answers(
    'ListStackInstances',
    { ...NAMED, Filters: Filters.map(([Name, Values]) => ({ Name, Values })) },
    { Summaries },
    { within: 60 },
  );
const gone = (targets: { readonly Accounts: readonly string[]; readonly Regions: readonly string[] }): Step[] => [
  answers('DeleteStackInstances', { ...NAMED, ...targets, RetainStacks: false }, {}, { save: 'rest', within: 300 }),
  ended('rest', 'DELETE', matches(/^(?:SUCCEEDED|FAILED)$/u)),
  answers('DeleteStackInstances', { ...NAMED, ...targets, RetainStacks: true }, {}, { save: 'rest', within: 300 }),
  ended('rest', 'DELETE'),
  GONE,
  ...roleGone('{{unique}}-administration'),
  ...asMember(roleGone('{{unique}}-execution')),
];

const refusesOperation = (OperationId: string): Step =>
  refuses('CreateStackInstances', { ...INSTANCES, OperationId }, 'ValidationError');
/** The longest that there may be is taken, one more character is not. */
const lengths = (what: string, longest: object, tooLong: object): ConformanceCase => ({
  name: `a stack set has ${what}, and no more`,
  evidence: 'CloudFormation API_CreateStackSet: length constraints; cloudformation-limits',
  steps: [
    made(longest),
    refuses(
      'CreateStackSet',
      { StackSetName: '{{unique}}-b', TemplateBody: TEMPLATE, ...ROLES, ...tooLong },
      'ValidationError',
    ),
    refuses('DescribeStackSet', { StackSetName: '{{unique}}-b' }, 'StackSetNotFoundException'),
  ],
  cleanup: [GONE, answers('DeleteStackSet', { StackSetName: '{{made.StackSetId}}' })],
});

export const stackSetDetails: CaseGroup = {
  service: 'cloudformation',
  cases: [
    {
      name: 'instances are filtered by how their last operation went, by its id, and by drift',
      evidence: 'CloudFormation API_ListStackInstances: Filters, MaxResults; API_StackInstanceSummary: DriftStatus',
      steps: [
        ...READY,
        answers(
          'CreateStackInstances',
          { ...INSTANCES, OperationId: '{{unique}}-op' },
          { OperationId: '{{unique}}-op' },
          { save: 'one' },
        ),
        told('one', { Action: 'CREATE', Status: 'RUNNING', EndTimestamp: absent }),
        described('member', 'otherRegion', { Status: 'OUTDATED', DriftStatus: 'NOT_CHECKED', StackId: absent }),
        refuses('UpdateStackInstances', INSTANCES, 'OperationInProgressException'),
        refuses('DeleteStackInstances', { ...INSTANCES, RetainStacks: true }, 'OperationInProgressException'),
        ended('one', 'CREATE'),
        described('member', 'otherRegion', {
          Status: 'CURRENT',
          DriftStatus: 'NOT_CHECKED',
          StackId: matches(/:stack\/StackSet-/u),
          LastOperationId: '{{one.OperationId}}',
          ParameterOverrides: count(0),
          StatusReason: absent,
          StackSetId: '{{made.StackSetId}}',
        }),
        filtered([['DETAILED_STATUS', 'SUCCEEDED']], count(2)),
        filtered([['DETAILED_STATUS', 'FAILED']], count(0)),
        filtered([['LAST_OPERATION_ID', '{{one.OperationId}}']], count(2)),
        filtered([['LAST_OPERATION_ID', '{{noUuid}}']], count(0)),
        filtered([['DRIFT_STATUS', 'NOT_CHECKED']], count(2)),
        filtered([['DRIFT_STATUS', 'DRIFTED']], count(0)),
        answers(
          'UpdateStackInstances',
          { ...INSTANCES, Regions: ['{{otherRegion}}'] },
          { OperationId: text },
          { save: 'two' },
        ),
        ended('two', 'UPDATE'),
        filtered([['LAST_OPERATION_ID', '{{two.OperationId}}']], [{ Region: '{{otherRegion}}' }]),
        refuses('ListStackInstances', { ...NAMED, Filters: [{ Name: 'NOTHING', Values: 'x' }] }, 'ValidationError'),
        answers('ListStackInstances', { ...NAMED, MaxResults: 2 }, { Summaries: count(2), NextToken: absent }),
        answers(
          'ListStackInstances',
          { ...NAMED, MaxResults: 1 },
          { Summaries: count(1), NextToken: text },
          { save: 'page' },
        ),
        answers(
          'ListStackInstances',
          { ...NAMED, MaxResults: 1, NextToken: '{{page.NextToken}}' },
          { Summaries: excludes({ Region: '{{page.Summaries.0.Region}}' }), NextToken: absent },
        ),
        refuses('ListStackInstances', { ...NAMED, MaxResults: 0 }, 'ValidationError'),
      ],
      cleanup: gone(INSTANCES),
    },
    {
      name: 'an instance of a suspended account is skipped, and can be let go with its stack retained',
      evidence: 'CloudFormation API_StackInstanceComprehensiveStatus: SKIPPED_SUSPENDED_ACCOUNT',
      steps: [
        ...READY,
        answers(
          'CreateStackInstances',
          { ...NAMED, Accounts: ['{{suspended}}'], Regions: ['{{region}}'] },
          {},
          { save: 'one' },
        ),
        ended('one', 'CREATE', matches(/^(?:SUCCEEDED|FAILED)$/u)),
        described('suspended', 'region', {
          Status: 'OUTDATED',
          StatusReason: text,
          StackId: absent,
          StackInstanceStatus: { DetailedStatus: 'SKIPPED_SUSPENDED_ACCOUNT' },
        }),
        answers(
          'DeleteStackInstances',
          { ...NAMED, Accounts: ['{{suspended}}'], Regions: ['{{region}}'], RetainStacks: true },
          {},
          { save: 'two' },
        ),
        ended('two', 'DELETE'),
        answers('ListStackInstances', NAMED, { Summaries: count(0) }, { within: 60 }),
      ],
      cleanup: gone({ Accounts: ['{{suspended}}'], Regions: ['{{region}}'] }),
    },
    {
      name: 'an instance fails in a region that the account has not enabled',
      evidence: 'CloudFormation stacksets-opt-in-regions',
      steps: [
        ...READY,
        answers('CreateStackInstances', { ...INSTANCES, Regions: ['{{optInRegion}}'] }, {}, { save: 'one' }),
        ended('one', 'CREATE', 'FAILED'),
        described('member', 'optInRegion', {
          Status: 'OUTDATED',
          StatusReason: text,
          StackInstanceStatus: { DetailedStatus: 'FAILED' },
        }),
        answers('CreateStackInstances', { ...INSTANCES, Regions: ['{{region}}'] }, {}, { save: 'two' }),
        ended('two', 'CREATE'),
        described('member', 'region', { Status: 'CURRENT', StatusReason: absent }),
      ],
      cleanup: gone({ Accounts: ['{{member}}'], Regions: ['{{region}}', '{{optInRegion}}'] }),
    },
    {
      name: 'stack sets come page by page, and one that is active is not among the deleted',
      evidence: 'CloudFormation API_ListStackSets: MaxResults, NextToken, Status',
      steps: [
        made(),
        answers('CreateStackSet', { StackSetName: '{{unique}}-b', TemplateBody: TEMPLATE, ...ROLES }),
        answers('ListStackSets', { MaxResults: 1 }, { Summaries: count(1), NextToken: text }, { save: 'page' }),
        answers(
          'ListStackSets',
          { MaxResults: 1, NextToken: '{{page.NextToken}}' },
          { Summaries: excludes({ StackSetId: '{{page.Summaries.0.StackSetId}}' }) },
        ),
        answers('ListStackSets', { Status: 'DELETED' }, { Summaries: excludes({ StackSetId: '{{made.StackSetId}}' }) }),
        answers(
          'ListStackSets',
          { Status: 'ACTIVE' },
          { Summaries: includes({ StackSetId: '{{made.StackSetId}}', PermissionModel: 'SELF_MANAGED' }) },
        ),
        refuses('ListStackSets', { MaxResults: 0 }, 'ValidationError'),
        refuses('ListStackSets', { MaxResults: 101 }, 'ValidationError'),
        refuses('ListStackSets', { NextToken: 'nothing' }, 'ValidationError'),
        refuses('ListStackSets', { Status: 'NOTHING' }, 'ValidationError'),
      ],
      cleanup: [GONE, answers('DeleteStackSet', { StackSetName: '{{unique}}-b' })],
    },
    {
      name: 'the id of an operation has a form, and 128 characters at most',
      evidence:
        'CloudFormation API_CreateStackInstances: OperationId, [a-zA-Z0-9][-a-zA-Z0-9]*; API_DeleteStackInstances',
      steps: [
        made(),
        ...['-begins', 'under_score', 'with blank', 'x'.repeat(129)].map(refusesOperation),
        answers(
          'CreateStackInstances',
          { ...INSTANCES, OperationId: 'x'.repeat(128) },
          { OperationId: 'x'.repeat(128) },
          { save: 'one' },
        ),
        refuses('DeleteStackInstances', INSTANCES, 'ValidationError'),
        refuses('CreateStackInstances', { ...INSTANCES, Accounts: ['1234567890123'] }, 'ValidationError'),
        refuses('CreateStackInstances', { ...INSTANCES, CallAs: 'NOBODY' }, 'ValidationError'),
        refuses('DescribeStackSetOperation', { ...NAMED, OperationId: '{{noUuid}}' }, 'OperationNotFoundException'),
        told('one', { Action: 'CREATE', Status: 'FAILED' }, { within: 900 }),
      ],
      cleanup: gone(INSTANCES),
    },
    lengths('a name of 128 characters at most', { StackSetName: 'x'.repeat(128) }, { StackSetName: 'x'.repeat(129) }),
    lengths(
      'an execution role with a name of 64 characters at most',
      { ExecutionRoleName: 'x'.repeat(64) },
      { ExecutionRoleName: 'x'.repeat(65) },
    ),
    lengths(
      'an administration role with an ARN of 20 characters and more',
      {},
      { AdministrationRoleARN: 'arn:aws:iam::1:role' },
    ),
    lengths(
      'an administration role with an ARN of 2,048 characters at most',
      {},
      { AdministrationRoleARN: `${ADMINISTRATION}${'x'.repeat(2048)}` },
    ),
    lengths(
      'a template of 51,200 bytes at most',
      { TemplateBody: TEMPLATE.padEnd(51_200) },
      { TemplateBody: TEMPLATE.padEnd(51_201) },
    ),
  ],
};
