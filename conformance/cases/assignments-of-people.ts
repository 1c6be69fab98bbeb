import { answers, type CaseGroup, type Step, refuses } from '../case';
import { after, count, excludes, includes, text, time, type Pattern } from '../pattern';

const INSTANCE = { InstanceArn: '{{instance}}' };
const STORE = { IdentityStoreId: '{{store}}' };
const SET = { ...INSTANCE, PermissionSetArn: '{{made.PermissionSet.PermissionSetArn}}' };

const OTHER_SET = { ...INSTANCE, PermissionSetArn: '{{other.PermissionSet.PermissionSetArn}}' };

const READY: readonly Step[] = [
  answers('CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}', Description: 'for a test' }, {}, { save: 'made' }),
  answers('identitystore:CreateGroup', { ...STORE, DisplayName: '{{unique}}' }, {}, { save: 'group' }),
  answers(
    'identitystore:CreateUser',
    {
      ...STORE,
      UserName: '{{unique}}',
      DisplayName: 'Con',
      Name: { GivenName: 'Con', FamilyName: 'Formance' },
    },
    {},
    { save: 'user' },
  ),
];
const USER = { PrincipalType: 'USER', PrincipalId: '{{user.UserId}}' };
const GROUP = { PrincipalType: 'GROUP', PrincipalId: '{{group.GroupId}}' };
const assignment = (principal: object, TargetId = '{{member}}') => ({
  ...SET,
  TargetId,
  TargetType: 'AWS_ACCOUNT',
  ...principal,
});
const assigned = (principal: object, save: string, target?: string): Step =>
  answers(
    'CreateAccountAssignment',
    assignment(principal, target),
    { AccountAssignmentCreationStatus: { RequestId: text, CreatedDate: time, TargetType: 'AWS_ACCOUNT' } },
    { save, within: 60 },
  );
const ended = (save: string, Status = 'SUCCEEDED'): Step =>
  answers(
    'DescribeAccountAssignmentCreationStatus',
    { ...INSTANCE, AccountAssignmentCreationRequestId: `{{${save}.AccountAssignmentCreationStatus.RequestId}}` },
    { AccountAssignmentCreationStatus: { Status } },
    { within: 300 },
  );
const unassigned = (principal: object, save: string, target?: string): Step =>
  answers(
    'DeleteAccountAssignment',
    assignment(principal, target),
    { AccountAssignmentDeletionStatus: { RequestId: text, TargetType: 'AWS_ACCOUNT' } },
    { save, within: 60 },
  );
const deletionEnded = (save: string): Step =>
  answers(
    'DescribeAccountAssignmentDeletionStatus',
    { ...INSTANCE, AccountAssignmentDeletionRequestId: `{{${save}.AccountAssignmentDeletionStatus.RequestId}}` },
    { AccountAssignmentDeletionStatus: { Status: 'SUCCEEDED' } },
    { within: 300 },
  );
const ofPrincipal = (principal: object, AccountAssignments: Pattern, more: object = {}): Step =>
  answers(
    'ListAccountAssignmentsForPrincipal',
    { ...INSTANCE, ...principal, ...more },
    { AccountAssignments },
    { within: 60 },
  );

const OURS = { RoleName: { $matches: '^AWSReservedSSO_{{unique}}_(?!0+$)[0-9a-z]{16}$' } };
const OTHERS = { RoleName: { $matches: '^AWSReservedSSO_{{unique}}-b_(?!0+$)[0-9a-z]{16}$' } };
const SECOND_REQUEST = '{{ofUser.AccountAssignmentCreationStatus.CreatedDate}}';
const OTHER_IN_MANAGEMENT = { ...assignment(GROUP, '{{management}}'), ...OTHER_SET };
const reservedRoles = (Roles: Pattern): Step =>
  answers('iam:ListRoles', { PathPrefix: '/aws-reserved/sso.amazonaws.com/' }, { Roles }, { within: 300 });

const CLEANUP: readonly Step[] = [
  unassigned(GROUP, 'end'),
  deletionEnded('end'),
  unassigned(USER, 'end'),
  deletionEnded('end'),
  answers('DeletePermissionSet', SET),
  answers('identitystore:DeleteUser', { ...STORE, UserId: '{{user.UserId}}' }),
  answers('identitystore:DeleteGroup', { ...STORE, GroupId: '{{group.GroupId}}' }),
];

export const assignmentsOfPeople: CaseGroup = {
  service: 'sso-admin',
  cases: [
    {
      name: 'a user has what it is assigned, and what its groups are',
      evidence: 'SingleSignOn API_ListAccountAssignmentsForPrincipal, API_AccountAssignmentForPrincipal',
      steps: [
        ...READY,
        answers(
          'identitystore:CreateGroupMembership',
          { ...STORE, GroupId: '{{group.GroupId}}', MemberId: { UserId: '{{user.UserId}}' } },
          {},
          { save: 'membership' },
        ),
        answers(
          'identitystore:ListGroupMemberships',
          { ...STORE, GroupId: '{{group.GroupId}}' },
          { GroupMemberships: [{ MemberId: { UserId: '{{user.UserId}}' } }] },
        ),
        assigned(GROUP, 'ofGroup'),
        ended('ofGroup'),
        ofPrincipal(USER, [{ ...GROUP, AccountId: '{{member}}' }]),
        assigned(USER, 'ofUser'),
        ended('ofUser'),
        ofPrincipal(USER, includes({ ...GROUP }, { ...USER })),
        ofPrincipal(GROUP, [{ ...GROUP }]),
        ofPrincipal(USER, count(2), { Filter: { AccountId: '{{member}}' } }),
        ofPrincipal(USER, count(0), { Filter: { AccountId: '{{management}}' } }),
        answers(
          'ListAccountAssignments',
          { ...SET, AccountId: '{{member}}', MaxResults: 1 },
          { AccountAssignments: count(1), NextToken: text },
          { save: 'page', within: 60 },
        ),
        answers(
          'ListAccountAssignments',
          { ...SET, AccountId: '{{member}}', MaxResults: 1, NextToken: '{{page.NextToken}}' },
          { AccountAssignments: excludes({ PrincipalId: '{{page.AccountAssignments.0.PrincipalId}}' }) },
        ),
        unassigned(GROUP, 'removal'),
        deletionEnded('removal'),
        ofPrincipal(USER, [{ ...USER }]),
        ofPrincipal(GROUP, count(0)),
        ofPrincipal({ ...USER, PrincipalType: 'GROUP' }, count(0)),
      ],
      cleanup: [
        ...CLEANUP,
        answers('identitystore:DeleteGroupMembership', { ...STORE, MembershipId: '{{membership.MembershipId}}' }),
      ],
    },
    {
      name: 'assignments of one permission set are not those of another',
      evidence: 'SingleSignOn API_ListAccountAssignments: PermissionSetArn',
      steps: [
        ...READY,
        answers('CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}-b' }, {}, { save: 'other' }),
        assigned(GROUP, 'ofGroup'),
        ended('ofGroup'),
        answers('CreateAccountAssignment', { ...assignment(USER), ...OTHER_SET }, {}, { save: 'ofUser', within: 60 }),
        ended('ofUser'),
        answers('ListAccountAssignments', { ...SET, AccountId: '{{member}}' }, { AccountAssignments: [{ ...GROUP }] }),
        answers(
          'ListAccountAssignments',
          { ...OTHER_SET, AccountId: '{{member}}' },
          { AccountAssignments: [{ ...USER, PermissionSetArn: OTHER_SET.PermissionSetArn }] },
        ),
        answers('ListAccountAssignments', { ...SET, AccountId: '{{management}}' }, { AccountAssignments: count(0) }),
        answers('DeleteAccountAssignment', { ...assignment(USER), ...OTHER_SET }, {}, { save: 'removal', within: 60 }),
        deletionEnded('removal'),
        answers('DeletePermissionSet', OTHER_SET),
        refuses('DescribePermissionSet', OTHER_SET, 'ResourceNotFoundException'),
        answers('DescribePermissionSet', SET),
      ],
      cleanup: [
        answers('DeleteAccountAssignment', { ...assignment(USER), ...OTHER_SET }, {}, { save: 'removal', within: 60 }),
        deletionEnded('removal'),
        answers('DeletePermissionSet', OTHER_SET),
        ...CLEANUP,
      ],
    },
    {
      name: 'one operation on an assignment is carried out at a time',
      evidence: 'aws-samples/iam-identity-center-team#513: ConflictException',
      steps: [
        ...READY,
        assigned(GROUP, 'ofGroup'),
        refuses('CreateAccountAssignment', assignment(GROUP), 'ConflictException'),
        ended('ofGroup'),
        unassigned(GROUP, 'removal'),
        refuses('DeleteAccountAssignment', assignment(GROUP), 'ConflictException'),
        refuses('CreateAccountAssignment', assignment(GROUP), 'ConflictException'),
        deletionEnded('removal'),
        refuses('DeleteAccountAssignment', assignment(GROUP), 'ResourceNotFoundException'),
      ],
      cleanup: CLEANUP,
    },
    {
      name: 'assignments of two principals in one account all come about',
      evidence: 'singlesignon userguide limits: IAM roles that can be updated concurrently in one account',
      steps: [
        ...READY,
        assigned(GROUP, 'ofGroup'),
        assigned(USER, 'ofUser'),
        ended('ofGroup'),
        ended('ofUser'),
        answers(
          'ListAccountAssignments',
          { ...SET, AccountId: '{{member}}' },
          { AccountAssignments: includes({ ...GROUP }, { ...USER }) },
          { within: 60 },
        ),
        refuses('DeletePermissionSet', SET, 'ConflictException'),
        unassigned(GROUP, 'removal'),
        unassigned(USER, 'other'),
        deletionEnded('removal'),
        deletionEnded('other'),
        answers('ListAccountAssignments', { ...SET, AccountId: '{{member}}' }, { AccountAssignments: count(0) }),
        answers('DescribePermissionSet', SET, { PermissionSet: { Description: 'for a test', CreatedDate: time } }),
      ],
      cleanup: CLEANUP,
    },
    {
      name: 'what is asked of one account is carried out one after the other',
      evidence: 'singlesignon userguide limits: IAM roles that can be updated concurrently in one account: 1',
      steps: [
        ...READY,
        answers('CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}-b' }, {}, { save: 'other' }),
        assigned(GROUP, 'first'),
        assigned(USER, 'second'),
        answers('CreateAccountAssignment', { ...assignment(GROUP), ...OTHER_SET }, {}, { save: 'third' }),
        answers('CreateAccountAssignment', { ...assignment(USER), ...OTHER_SET }, {}, { save: 'last' }),
        ended('last'),
        ...['first', 'second', 'third'].map((save) => ({ ...ended(save), within: 0 })),
        unassigned(GROUP, 'first'),
        unassigned(USER, 'second'),
        answers('DeleteAccountAssignment', { ...assignment(GROUP), ...OTHER_SET }, {}, { save: 'third' }),
        answers('DeleteAccountAssignment', { ...assignment(USER), ...OTHER_SET }, {}, { save: 'last' }),
        deletionEnded('last'),
        ...['first', 'second', 'third'].map((save) => ({ ...deletionEnded(save), within: 0 })),
      ],
      cleanup: [
        answers('DeleteAccountAssignment', { ...assignment(GROUP), ...OTHER_SET }, {}, { save: 'third', within: 60 }),
        deletionEnded('third'),
        answers('DeleteAccountAssignment', { ...assignment(USER), ...OTHER_SET }, {}, { save: 'last', within: 60 }),
        deletionEnded('last'),
        answers('DeletePermissionSet', OTHER_SET),
        ...CLEANUP,
      ],
    },
    {
      name: 'an assignment brings a role into the account, which goes with the last one',
      evidence: 'singlesignon userguide permissionsetsconcept; troubleshooting: AWSReservedSSO_',
      steps: [
        ...READY,
        answers('CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}-b' }, {}, { save: 'other' }),
        reservedRoles(excludes(OURS)),
        assigned(GROUP, 'ofGroup', '{{management}}'),
        ended('ofGroup'),
        answers('CreateAccountAssignment', OTHER_IN_MANAGEMENT, {}, { save: 'ofOther', within: 60 }),
        ended('ofOther'),
        reservedRoles(includes({ ...OURS, Path: '{{reservedPath}}' }, OTHERS)),
        { ...assigned(USER, 'ofUser', '{{management}}'), after: 5 },
        ended('ofUser'),
        // It is the same role still.
        reservedRoles(includes(OURS)),
        reservedRoles(excludes({ ...OURS, CreateDate: after(SECOND_REQUEST) })),
        unassigned(GROUP, 'removal', '{{management}}'),
        deletionEnded('removal'),
        reservedRoles(includes(OURS, OTHERS)),
        unassigned(USER, 'last', '{{management}}'),
        deletionEnded('last'),
        reservedRoles(excludes(OURS)),
        reservedRoles(includes(OTHERS)),
        answers('DeleteAccountAssignment', OTHER_IN_MANAGEMENT, {}, { save: 'lastOther', within: 60 }),
        deletionEnded('lastOther'),
        reservedRoles(excludes(OTHERS)),
      ],
      cleanup: [
        unassigned(GROUP, 'removal', '{{management}}'),
        deletionEnded('removal'),
        unassigned(USER, 'removal', '{{management}}'),
        deletionEnded('removal'),
        answers('DeleteAccountAssignment', OTHER_IN_MANAGEMENT, {}, { save: 'removal', within: 60 }),
        deletionEnded('removal'),
        answers('DeletePermissionSet', OTHER_SET),
        ...CLEANUP,
      ],
    },
  ],
};
