import { answers, asMember, type CaseGroup, refuses, type Step } from '../case';
import { count, excludes, includes, text } from '../pattern';
import {
  administrationMade,
  BOTH_ACCOUNTS,
  BOTH_REGIONS,
  changed,
  CURRENT,
  described,
  ended,
  EVERYWHERE,
  executionMade,
  gone,
  instances,
  NAMED,
  roleGone,
  setMade,
  stage,
  TEMPLATE,
} from './stack-set-targets';

const FAILED = { Status: 'OUTDATED', StackInstanceStatus: { DetailedStatus: 'FAILED' }, StatusReason: text };
const CANCELLED = { Status: 'OUTDATED', StackInstanceStatus: { DetailedStatus: 'CANCELLED' } };
const at = (OperationPreferences: object) => ({ OperationPreferences: { ...OperationPreferences } });
const ONE = { ...BOTH_REGIONS, Regions: ['{{region}}'] };
const THREE_ACCOUNTS = { ...BOTH_ACCOUNTS, Accounts: [...BOTH_ACCOUNTS.Accounts, '{{noAccount}}'] };
const IS = { StackInstanceAccount: '{{member}}', StackInstanceRegion: '{{region}}' };
const removed = (save: string): Step => changed('DeleteStackInstances', { ...ONE, RetainStacks: false }, save);

/** How an operation goes about its accounts and regions, and what of an instance stays. */
export const stackSetPace: CaseGroup = {
  service: 'cloudformation',
  cases: [
    {
      name: 'an operation goes on in other accounts of a region as long as it may fail',
      evidence: 'CloudFormation API_StackSetOperationPreferences: FailureToleranceCount, MaxConcurrentCount',
      steps: [
        ...administrationMade(),
        ...asMember(executionMade()),
        setMade(),
        changed(
          'CreateStackInstances',
          { ...EVERYWHERE, OperationPreferences: { FailureToleranceCount: 1, MaxConcurrentCount: 2 } },
          'deployment',
        ),
        ended('deployment', 'CREATE'),
        described('{{member}}', '{{region}}', CURRENT),
        described('{{member}}', '{{otherRegion}}', CURRENT),
        described('{{management}}', '{{region}}', FAILED),
        described('{{management}}', '{{otherRegion}}', FAILED),
      ],
      cleanup: gone(EVERYWHERE),
    },
    {
      name: 'an operation that has failed in more accounts than it may goes into no further region',
      evidence:
        'CloudFormation API_StackSetOperationPreferences: percentages are rounded down, RegionOrder, SOFT_FAILURE_TOLERANCE',
      steps: [
        ...administrationMade(),
        ...asMember(executionMade()),
        setMade(),
        changed(
          'CreateStackInstances',
          {
            ...EVERYWHERE,
            OperationPreferences: {
              RegionOrder: ['{{otherRegion}}', '{{region}}'],
              FailureTolerancePercentage: 99,
              MaxConcurrentPercentage: 100,
              ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
            },
          },
          'deployment',
        ),
        ended('deployment', 'CREATE'),
        ...executionMade(),
        ...asMember(roleGone('{{unique}}-execution')),
        answers(
          'UpdateStackInstances',
          {
            ...EVERYWHERE,
            OperationPreferences: {
              RegionOrder: ['{{otherRegion}}', '{{region}}'],
              FailureTolerancePercentage: 49,
              MaxConcurrentPercentage: 100,
              ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE',
            },
          },
          {},
          { save: 'update', after: 40, within: 300 },
        ),
        ended('update', 'UPDATE', 'FAILED'),
        described('{{management}}', '{{otherRegion}}', CURRENT),
        described('{{member}}', '{{otherRegion}}', FAILED),
        described('{{management}}', '{{region}}', CANCELLED),
        described('{{member}}', '{{region}}', CANCELLED),
        ...asMember(executionMade()),
      ],
      cleanup: gone(EVERYWHERE),
    },
    {
      name: 'a preference is a number or a share of the accounts, and not both',
      evidence: 'CloudFormation API_StackSetOperationPreferences: either the count or the percentage, but not both',
      steps: [
        ...administrationMade(),
        setMade(),
        refuses(
          'CreateStackInstances',
          { ...BOTH_ACCOUNTS, OperationPreferences: { FailureToleranceCount: 1, FailureTolerancePercentage: 50 } },
          'ValidationError',
        ),
        refuses(
          'DeleteStackInstances',
          {
            ...BOTH_ACCOUNTS,
            RetainStacks: false,
            OperationPreferences: { MaxConcurrentCount: 1, MaxConcurrentPercentage: 50 },
          },
          'ValidationError',
        ),
        instances(count(0)),
      ],
      cleanup: [answers('DeleteStackSet', NAMED), ...roleGone('{{unique}}-administration')],
    },
    {
      name: 'with regions in parallel each is begun, whatever becomes of the others',
      evidence: 'CloudFormation API_StackSetOperationPreferences: RegionConcurrencyType, tolerance per Region',
      steps: [
        ...administrationMade(),
        setMade(),
        changed(
          'CreateStackInstances',
          { ...BOTH_REGIONS, ...at({ RegionConcurrencyType: 'PARALLEL', MaxConcurrentPercentage: 1 }) },
          'parallel',
        ),
        ended('parallel', 'CREATE', 'FAILED'),
        described('{{member}}', '{{region}}', FAILED),
        described('{{member}}', '{{otherRegion}}', FAILED),
        changed(
          'CreateStackInstances',
          { ...BOTH_REGIONS, ...at({ RegionConcurrencyType: 'SEQUENTIAL' }) },
          'sequential',
        ),
        ended('sequential', 'CREATE', 'FAILED'),
        described('{{member}}', '{{region}}', FAILED),
        described('{{member}}', '{{otherRegion}}', CANCELLED),
      ],
      cleanup: gone(BOTH_REGIONS),
    },
    {
      name: 'strict tolerance begins in no more accounts than may fail, and one; soft tolerance in as many as it is told',
      evidence: 'CloudFormation API_StackSetOperationPreferences: ConcurrencyMode, MaxConcurrentCount',
      steps: [
        ...administrationMade(),
        setMade(),
        changed('CreateStackInstances', { ...BOTH_ACCOUNTS, ...at({ MaxConcurrentCount: 2 }) }, 'strict'),
        ended('strict', 'CREATE', 'FAILED'),
        instances(includes(FAILED, CANCELLED)),
        changed(
          'CreateStackInstances',
          { ...BOTH_ACCOUNTS, ...at({ MaxConcurrentCount: 2, ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE' }) },
          'soft',
        ),
        ended('soft', 'CREATE', 'FAILED'),
        described('{{member}}', '{{region}}', FAILED),
        described('{{management}}', '{{region}}', FAILED),
        changed(
          'CreateStackInstances',
          { ...BOTH_ACCOUNTS, ...at({ ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE' }) },
          'one',
        ),
        ended('one', 'CREATE', 'FAILED'),
        instances(includes(FAILED, CANCELLED)),
        changed('CreateStackInstances', { ...BOTH_ACCOUNTS, ...at({ FailureToleranceCount: 1 }) }, 'tolerant'),
        ended('tolerant', 'CREATE', 'FAILED'),
        described('{{member}}', '{{region}}', FAILED),
        described('{{management}}', '{{region}}', FAILED),
        changed(
          'CreateStackInstances',
          { ...THREE_ACCOUNTS, ...at({ FailureToleranceCount: 1, MaxConcurrentCount: 2 }) },
          'three',
        ),
        ended('three', 'CREATE', 'FAILED'),
        // No more accounts fail than may, and one.
        instances(includes(FAILED, CANCELLED)),
      ],
      cleanup: gone(THREE_ACCOUNTS),
    },
    {
      name: 'an instance keeps its stack through updates, and has another one where it is made again',
      evidence:
        'CloudFormation API_StackInstance: StackId; API_DeleteStackInstances: RetainStacks false deletes the stack',
      steps: [
        ...administrationMade(),
        ...asMember(executionMade()),
        setMade(),
        changed('CreateStackInstances', { ...ONE, ParameterOverrides: [stage('prod')] }, 'deployment'),
        ended('deployment', 'CREATE'),
        answers('DescribeStackInstance', { ...NAMED, ...IS }, { StackInstance: { StackId: text } }, { save: 'first' }),
        changed('UpdateStackInstances', { ...ONE, ParameterOverrides: [stage('test')] }, 'update'),
        ended('update', 'UPDATE'),
        described('{{member}}', '{{region}}', { ...CURRENT, StackId: '{{first.StackInstance.StackId}}' }),
        removed('removal'),
        ended('removal', 'DELETE'),
        changed('CreateStackInstances', ONE, 'again'),
        ended('again', 'CREATE'),
        described('{{member}}', '{{region}}', { ...CURRENT, StackId: text, ParameterOverrides: count(0) }),
        instances(excludes({ StackId: '{{first.StackInstance.StackId}}' })),
      ],
      cleanup: gone(ONE),
    },
    {
      name: 'a stack set that is made without roles has those that AWS has names for',
      evidence: 'CloudFormation API_CreateStackSet: ExecutionRoleName; stacksets-prereqs-self-managed',
      steps: [
        answers('CreateStackSet', { ...NAMED, TemplateBody: TEMPLATE }),
        answers('DescribeStackSet', NAMED, {
          StackSet: {
            AdministrationRoleARN:
              'arn:{{partition}}:iam::{{management}}:role/AWSCloudFormationStackSetAdministrationRole',
            ExecutionRoleName: 'AWSCloudFormationStackSetExecutionRole',
            ManagedExecution: { Active: false },
          },
        }),
        answers(
          'ListStackSets',
          { Status: 'ACTIVE' },
          { Summaries: includes({ ...NAMED, ManagedExecution: { Active: false } }) },
        ),
      ],
      cleanup: [answers('DeleteStackSet', NAMED)],
    },
  ],
};
