import { answers, refuses, type Step } from '../case';
import { absent, includes, matches, type Pattern } from '../pattern';

const CLOSED = { AccountId: '{{ended.CreateAccountStatus.AccountId}}' };
const ROLE = 'arn:{{partition}}:iam::{{ended.CreateAccountStatus.AccountId}}:role/ConformanceAccess';
const assume = { RoleArn: ROLE, RoleSessionName: 'conformance' };

const INSTANCE = { InstanceArn: '{{instance}}' };
const SET = { ...INSTANCE, PermissionSetArn: '{{set.PermissionSet.PermissionSetArn}}' };
const ASSIGNMENT = {
  ...SET,
  TargetId: CLOSED.AccountId,
  TargetType: 'AWS_ACCOUNT',
  PrincipalType: 'GROUP',
  PrincipalId: '{{group.GroupId}}',
};
const STACK_SET = { StackSetName: '{{unique}}' };
const INSTANCES = { ...STACK_SET, Accounts: [CLOSED.AccountId], Regions: ['{{region}}'] };
const TEMPLATE = JSON.stringify({ Resources: { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } } });

const isState = (State: Pattern, details = {}): Step =>
  answers('DescribeAccount', CLOSED, { Account: { State } }, details);
const operationEnded = (save: string, Status: Pattern): Step =>
  answers(
    'cloudformation:DescribeStackSetOperation',
    { ...STACK_SET, OperationId: `{{${save}.OperationId}}` },
    { StackSetOperation: { Status } },
    { within: 900 },
  );

const secondRequest = (CreateAccountStatus: Pattern, details = {}): Step =>
  answers(
    'DescribeCreateAccountStatus',
    { CreateAccountRequestId: '{{second.CreateAccountStatus.Id}}' },
    { CreateAccountStatus },
    details,
  );

/** It is usable until it is closed; then it stays in the organization, keeps its e-mail address, and nobody gets in. */
export const closure: readonly Step[] = [
  answers('CloseAccount', CLOSED),
  isState('PENDING_CLOSURE'),
  answers('sts:AssumeRole', assume),
  isState('CLOSED', { within: 1800 }),
  refuses('CloseAccount', CLOSED, 'AccountAlreadyClosedException'),
  answers('DescribeAccount', CLOSED, {}, { save: 'closed' }),
  answers(
    'CreateAccount',
    { Email: '{{closed.Account.Email}}', AccountName: '{{unique}}-again' },
    { CreateAccountStatus: { State: 'IN_PROGRESS' } },
    { save: 'second' },
  ),
  secondRequest({ State: matches(/^(?:SUCCEEDED|FAILED)$/u) }, { within: 600, save: 'secondEnd' }),
  secondRequest({ State: 'FAILED', FailureReason: 'EMAIL_ALREADY_EXISTS', AccountId: absent }),
  answers(
    'ListAccountsForParent',
    { ParentId: '{{root}}' },
    { Accounts: includes({ Id: CLOSED.AccountId, State: 'CLOSED' }) },
  ),
  answers('ListParents', { ChildId: CLOSED.AccountId }, { Parents: [{ Id: '{{root}}' }] }),
  answers('MoveAccount', { ...CLOSED, SourceParentId: '{{root}}', DestinationParentId: '{{unit}}' }),
  answers('ListParents', { ChildId: CLOSED.AccountId }, { Parents: [{ Id: '{{unit}}' }] }),
  answers('MoveAccount', { ...CLOSED, SourceParentId: '{{unit}}', DestinationParentId: '{{root}}' }),
  refuses('sts:AssumeRole', assume, ['AccessDenied', 'RegionDisabledException'], { within: 600 }),
  answers('cloudformation:CreateStackSet', { ...STACK_SET, TemplateBody: TEMPLATE }),
  answers('cloudformation:CreateStackInstances', INSTANCES, {}, { save: 'deployment' }),
  operationEnded('deployment', matches(/^(?:SUCCEEDED|FAILED)$/u)),
  answers(
    'cloudformation:ListStackInstances',
    STACK_SET,
    {
      Summaries: [
        {
          Account: CLOSED.AccountId,
          Status: 'OUTDATED',
          StackInstanceStatus: { DetailedStatus: 'SKIPPED_SUSPENDED_ACCOUNT' },
        },
      ],
    },
    { within: 60 },
  ),
  // Last, since not every organization has an Identity Center.
  answers('sso-admin:CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}' }, {}, { save: 'set' }),
  answers(
    'identitystore:CreateGroup',
    { IdentityStoreId: '{{store}}', DisplayName: '{{unique}}' },
    {},
    { save: 'group' },
  ),
  answers('sso-admin:CreateAccountAssignment', ASSIGNMENT, {}, { save: 'assignment' }),
  answers(
    'sso-admin:DescribeAccountAssignmentCreationStatus',
    {
      ...INSTANCE,
      AccountAssignmentCreationRequestId: '{{assignment.AccountAssignmentCreationStatus.RequestId}}',
    },
    { AccountAssignmentCreationStatus: { Status: 'FAILED' } },
    { within: 180 },
  ),
];

export const afterClosure: readonly Step[] = [
  answers('CloseAccount', CLOSED),
  // Made only where the address was free after all.
  answers('CloseAccount', { AccountId: '{{secondEnd.CreateAccountStatus.AccountId}}' }),
  answers(
    'cloudformation:DeleteStackInstances',
    { ...INSTANCES, RetainStacks: true },
    {},
    { save: 'removal', within: 300 },
  ),
  operationEnded('removal', 'SUCCEEDED'),
  answers('cloudformation:DeleteStackSet', STACK_SET),
  answers('sso-admin:DeleteAccountAssignment', ASSIGNMENT),
  answers('sso-admin:DeletePermissionSet', SET),
  answers('identitystore:DeleteGroup', { IdentityStoreId: '{{store}}', GroupId: '{{group.GroupId}}' }),
];
