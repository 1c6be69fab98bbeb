import { answers, by, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { absent, count, matches, type Pattern, text, time } from '../pattern';

const INSTANCE = { InstanceArn: '{{instance}}' };
const STORE = { IdentityStoreId: '{{store}}' };
const SET = { ...INSTANCE, PermissionSetArn: '{{made.PermissionSet.PermissionSetArn}}' };
const setMade = (more: object, output: Pattern = {}): Step =>
  answers('CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}', ...more }, output, { save: 'made' });
const groupMade = answers('identitystore:CreateGroup', { ...STORE, DisplayName: '{{unique}}' }, {}, { save: 'group' });
const GROUP = { PrincipalType: 'GROUP', PrincipalId: '{{group.GroupId}}' };
const assignment = (TargetId = '{{member}}') => ({ ...SET, TargetId, TargetType: 'AWS_ACCOUNT', ...GROUP });
const TOLD = {
  TargetId: '{{member}}',
  TargetType: 'AWS_ACCOUNT',
  ...GROUP,
  CreatedDate: time,
  RequestId: text,
  PermissionSetArn: '{{made.PermissionSet.PermissionSetArn}}',
};
const creationOf = (id: string) => ({ ...INSTANCE, AccountAssignmentCreationRequestId: id });
const deletionOf = (id: string) => ({ ...INSTANCE, AccountAssignmentDeletionRequestId: id });
const CREATION = '{{creation.AccountAssignmentCreationStatus.RequestId}}';
const DELETION = '{{deletion.AccountAssignmentDeletionStatus.RequestId}}';
const assigned: Step = answers(
  'CreateAccountAssignment',
  assignment(),
  { AccountAssignmentCreationStatus: { ...TOLD, Status: 'IN_PROGRESS', FailureReason: absent } },
  { save: 'creation', within: 60 },
);
const created: Step = answers(
  'DescribeAccountAssignmentCreationStatus',
  creationOf(CREATION),
  { AccountAssignmentCreationStatus: { ...TOLD, Status: 'SUCCEEDED', RequestId: CREATION, FailureReason: absent } },
  { within: 300 },
);
const unassigned: Step = answers(
  'DeleteAccountAssignment',
  assignment(),
  { AccountAssignmentDeletionStatus: { ...TOLD, Status: 'IN_PROGRESS', FailureReason: absent } },
  { save: 'deletion', within: 60 },
);
const deleted: Step = answers(
  'DescribeAccountAssignmentDeletionStatus',
  deletionOf(DELETION),
  { AccountAssignmentDeletionStatus: { ...TOLD, Status: 'SUCCEEDED', RequestId: DELETION, FailureReason: absent } },
  { within: 300 },
);
const SET_GONE: Step = answers('DeletePermissionSet', SET);
const GROUP_GONE: Step = answers('identitystore:DeleteGroup', { ...STORE, GroupId: '{{group.GroupId}}' });
const MISSING = 'ResourceNotFoundException';
const OTHER_SET = { ...INSTANCE, PermissionSetArn: '{{other.PermissionSet.PermissionSetArn}}' };
const OTHER = { ...assignment('{{management}}'), ...OTHER_SET };
const USER = {
  ...STORE,
  UserName: '{{unique}}',
  DisplayName: 'Con',
  Name: { GivenName: 'Con', FamilyName: 'Formance' },
  Emails: [{ Value: '{{unique}}@example.com' }],
};
const OF_USER = { ...assignment(), PrincipalType: 'USER', PrincipalId: '{{user.UserId}}' };
const ofName = (AttributePath: string, AttributeValue: string) => ({
  ...STORE,
  AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
});

const lengths = (what: string, member: string, most: number): ConformanceCase => ({
  name: `the ${what} of a permission set has ${most} characters at most`,
  evidence: `SingleSignOn API_CreatePermissionSet: ${member}, length constraints`,
  steps: [
    setMade({ [member]: 'x'.repeat(most) }, { PermissionSet: { [member]: 'x'.repeat(most) } }),
    refuses(
      'CreatePermissionSet',
      { ...INSTANCE, Name: '{{unique}}-b', [member]: 'y'.repeat(most + 1) },
      'ValidationException',
    ),
    refuses('CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}-b', [member]: '' }, 'ValidationException'),
  ],
  cleanup: [SET_GONE],
});

export const assignmentDetails: CaseGroup = {
  service: 'sso-admin',
  cases: [
    {
      name: 'the request for an assignment tells all of it from its beginning to its end, and so does that against it',
      evidence: 'SingleSignOn API_AccountAssignmentOperationStatus, API_DescribeAccountAssignmentDeletionStatus',
      steps: [
        setMade({}, { PermissionSet: { SessionDuration: 'PT1H', Description: absent, CreatedDate: time } }),
        groupMade,
        assigned,
        // Each kind of request has its own call.
        refuses('DescribeAccountAssignmentDeletionStatus', deletionOf(CREATION), MISSING),
        created,
        answers(
          'ListAccountAssignments',
          { ...SET, AccountId: '{{member}}' },
          { AccountAssignments: [{ AccountId: '{{member}}', ...GROUP, PermissionSetArn: TOLD.PermissionSetArn }] },
          { within: 60 },
        ),
        refuses('DeletePermissionSet', SET, 'ConflictException'),
        unassigned,
        refuses('DescribeAccountAssignmentCreationStatus', creationOf(DELETION), MISSING),
        deleted,
        refuses('DeleteAccountAssignment', assignment(), MISSING),
        SET_GONE,
        refuses('DescribePermissionSet', SET, MISSING),
        refuses('DeletePermissionSet', SET, MISSING),
        refuses('ListAccountAssignments', { ...SET, AccountId: '{{member}}' }, MISSING),
        refuses('CreateAccountAssignment', assignment(), MISSING),
      ],
      cleanup: [unassigned, deleted, SET_GONE, GROUP_GONE],
    },
    {
      name: 'assignments and permission sets come page by page, and the last page names no further one',
      evidence: 'SingleSignOn API_ListAccountAssignmentsForPrincipal, API_ListPermissionSets: MaxResults, NextToken',
      steps: [
        setMade({}),
        groupMade,
        assigned,
        created,
        answers('CreateAccountAssignment', assignment('{{automation}}'), {}, { save: 'other', within: 60 }),
        answers(
          'ListAccountAssignmentsForPrincipal',
          { ...INSTANCE, ...GROUP, MaxResults: 2 },
          { AccountAssignments: count(2), NextToken: absent },
          { within: 300 },
        ),
        answers(
          'ListAccountAssignmentsForPrincipal',
          { ...INSTANCE, ...GROUP, MaxResults: 1 },
          { AccountAssignments: count(1), NextToken: text },
          { save: 'page' },
        ),
        answers(
          'ListAccountAssignmentsForPrincipal',
          { ...INSTANCE, ...GROUP, MaxResults: 1, NextToken: '{{page.NextToken}}' },
          { AccountAssignments: count(1), NextToken: absent },
        ),
        answers(
          'ListAccountAssignmentsForPrincipal',
          { ...INSTANCE, ...GROUP, Filter: { AccountId: '{{automation}}' } },
          { AccountAssignments: [{ AccountId: '{{automation}}', PrincipalType: 'GROUP' }] },
        ),
        answers(
          'ListAccountAssignmentsForPrincipal',
          { ...INSTANCE, ...GROUP, Filter: {} },
          { AccountAssignments: count(2) },
        ),
        answers(
          'ListAccountAssignments',
          { ...SET, AccountId: '{{member}}', MaxResults: 1 },
          { AccountAssignments: count(1), NextToken: absent },
        ),
        ...['ListAccountAssignments', 'ListPermissionSets'].flatMap((call) => [
          refuses(call, { ...SET, AccountId: '{{member}}', MaxResults: 101 }, 'ValidationException'),
          refuses(call, { ...SET, AccountId: '{{member}}', MaxResults: 0 }, 'ValidationException'),
          refuses(call, { ...SET, AccountId: '{{member}}', NextToken: 'nothing' }, 'ValidationException'),
        ]),
      ],
      cleanup: [
        answers('DeleteAccountAssignment', assignment('{{automation}}'), {}, { save: 'deletion', within: 300 }),
        deleted,
        unassigned,
        deleted,
        SET_GONE,
        GROUP_GONE,
      ],
    },
    {
      name: 'an assignment is taken away from a group that is deleted',
      evidence: 'SingleSignOn API_DeleteAccountAssignment; IdentityStore API_DeleteGroup, API_GetGroupId',
      steps: [
        setMade({}),
        groupMade,
        answers('identitystore:GetGroupId', ofName('displayName', '{{unique}}'), { GroupId: '{{group.GroupId}}' }),
        refuses('identitystore:CreateGroup', { ...STORE, DisplayName: '{{unique}}' }, 'ConflictException'),
        answers('identitystore:CreateUser', USER, {}, { save: 'user' }),
        answers('identitystore:GetUserId', ofName('emails.value', '{{unique}}@example.com'), {
          UserId: '{{user.UserId}}',
        }),
        answers('identitystore:GetUserId', ofName('userName', '{{unique}}'), { UserId: '{{user.UserId}}' }),
        assigned,
        created,
        GROUP_GONE,
        refuses('identitystore:GetGroupId', ofName('displayName', '{{unique}}'), MISSING),
        unassigned,
        deleted,
        answers('ListAccountAssignments', { ...SET, AccountId: '{{member}}' }, { AccountAssignments: count(0) }),
      ],
      cleanup: [
        unassigned,
        deleted,
        SET_GONE,
        GROUP_GONE,
        answers('identitystore:DeleteUser', { ...STORE, UserId: '{{user.UserId}}' }),
      ],
    },
    {
      name: 'a permission set is in use as long as an assignment is there, though its group and its user are gone',
      evidence:
        'singlesignon userguide howtoremoveaccess; hashicorp/terraform-provider-aws#26757: ConflictException; ' +
        'API_ListAccountAssignmentsForPrincipal',
      steps: [
        setMade({}),
        groupMade,
        answers('identitystore:CreateUser', USER, {}, { save: 'user' }),
        assigned,
        created,
        answers('CreateAccountAssignment', OF_USER, {}, { save: 'other', within: 60 }),
        answers(
          'ListAccountAssignments',
          { ...SET, AccountId: '{{member}}' },
          { AccountAssignments: count(2) },
          { within: 300 },
        ),
        GROUP_GONE,
        answers('identitystore:DeleteUser', { ...STORE, UserId: '{{user.UserId}}' }),
        refuses('DeletePermissionSet', SET, 'ConflictException'),
        answers(
          'ListAccountAssignmentsForPrincipal',
          { ...INSTANCE, PrincipalType: 'USER', PrincipalId: '{{user.UserId}}' },
          { AccountAssignments: [{ AccountId: '{{member}}', PrincipalType: 'USER' }] },
        ),
        unassigned,
        deleted,
        refuses('DeletePermissionSet', SET, 'ConflictException'),
        answers('DeleteAccountAssignment', OF_USER, {}, { save: 'otherDeletion', within: 60 }),
        answers(
          'ListAccountAssignments',
          { ...SET, AccountId: '{{member}}' },
          { AccountAssignments: count(0) },
          { within: 300 },
        ),
        SET_GONE,
        refuses('DescribePermissionSet', SET, MISSING),
      ],
      cleanup: [
        unassigned,
        deleted,
        answers('DeleteAccountAssignment', OF_USER, {}, { save: 'deletion', within: 60 }),
        deleted,
        SET_GONE,
        GROUP_GONE,
        answers('identitystore:DeleteUser', { ...STORE, UserId: '{{user.UserId}}' }),
      ],
    },
    {
      name: 'what is provisioned in the management account hinders a delegated administrator with no other set',
      evidence:
        'singlesignon userguide delegated-admin: permission sets that are provisioned in the management account',
      steps: [
        setMade({}),
        groupMade,
        answers('CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}-b' }, {}, { save: 'other' }),
        answers('CreateAccountAssignment', OTHER, {}, { save: 'kept', within: 60 }),
        answers(
          'ListAccountAssignments',
          { ...OTHER_SET, AccountId: '{{management}}' },
          { AccountAssignments: count(1) },
          { within: 300 },
        ),
        ...by('delegate', assigned, created, unassigned, deleted),
      ],
      cleanup: [
        unassigned,
        deleted,
        answers('DeleteAccountAssignment', OTHER, {}, { save: 'deletion', within: 300 }),
        deleted,
        SET_GONE,
        answers('DeletePermissionSet', OTHER_SET),
        GROUP_GONE,
      ],
    },
    lengths('name', 'Name', 32),
    lengths('description', 'Description', 700),
    {
      name: 'ids have their forms, and what an instance does not have is not found',
      evidence: 'SingleSignOn API_CreateAccountAssignment, API_ListAccountAssignments: patterns',
      steps: [
        setMade({ Description: 'for a test', SessionDuration: 'PT12H' }),
        answers('DescribePermissionSet', SET, {
          PermissionSet: { Name: '{{unique}}', Description: 'for a test', SessionDuration: 'PT12H' },
        }),
        refuses('CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}' }, 'ConflictException'),
        refuses('DescribePermissionSet', { ...SET, InstanceArn: '{{noInstance}}' }, [MISSING, 'AccessDeniedException']),
        refuses('DescribePermissionSet', { ...SET, InstanceArn: 'instance' }, 'ValidationException'),
        refuses('DescribePermissionSet', { ...INSTANCE, PermissionSetArn: 'set' }, 'ValidationException'),
        refuses('ListAccountAssignments', { ...SET, AccountId: '12345678901' }, 'ValidationException'),
        refuses('DescribeAccountAssignmentCreationStatus', creationOf('request'), 'ValidationException'),
        refuses('DescribeAccountAssignmentDeletionStatus', deletionOf('request'), 'ValidationException'),
        refuses('DescribeAccountAssignmentDeletionStatus', deletionOf('{{noUuid}}'), MISSING),
        refuses(
          'CreateAccountAssignment',
          { ...SET, TargetId: '{{member}}', TargetType: 'AWS_ACCOUNT', PrincipalType: 'GROUP', PrincipalId: 'nobody' },
          'ValidationException',
        ),
        answers(
          'ListInstances',
          {},
          {
            Instances: [
              { InstanceArn: '{{instance}}', IdentityStoreId: '{{store}}', Status: 'ACTIVE', CreatedDate: time },
            ],
          },
        ),
        answers('ListInstances', {}, { Instances: [{ OwnerAccountId: matches(/^\d{12}$/u) }] }),
        answers('ListInstances', {}, { Instances: count(0) }, { region: '{{otherRegion}}' }),
      ],
      cleanup: [SET_GONE],
    },
  ],
};
