import { answers, asMember, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { absent, count, excludes, includes, list, matches, text, time, type Pattern } from '../pattern';

const INSTANCE = { InstanceArn: '{{instance}}' };
const setMade = (more = {}, output = {}): Step =>
  answers('CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}', ...more }, output, { save: 'made' });
const SET = { ...INSTANCE, PermissionSetArn: '{{made.PermissionSet.PermissionSetArn}}' };
const NO_SET = { ...INSTANCE, PermissionSetArn: '{{noPermissionSet}}' };
const SET_GONE = [answers('DeletePermissionSet', SET)];

const NOT_THERE = ['ResourceNotFoundException', 'AccessDeniedException'];

const groupMade = answers(
  'identitystore:CreateGroup',
  { IdentityStoreId: '{{store}}', DisplayName: '{{unique}}' },
  {},
  { save: 'group' },
);
const groupGone = answers('identitystore:DeleteGroup', { IdentityStoreId: '{{store}}', GroupId: '{{group.GroupId}}' });

const ASSIGNMENT = {
  ...SET,
  TargetId: '{{member}}',
  TargetType: 'AWS_ACCOUNT',
  PrincipalType: 'GROUP',
  PrincipalId: '{{group.GroupId}}',
};
const assigned = (save = 'creation'): Step =>
  answers(
    'CreateAccountAssignment',
    ASSIGNMENT,
    { AccountAssignmentCreationStatus: { RequestId: text, Status: matches(/^(?:IN_PROGRESS|SUCCEEDED)$/u) } },
    { save, within: 60 },
  );
const unassigned: Step = answers(
  'DeleteAccountAssignment',
  ASSIGNMENT,
  { AccountAssignmentDeletionStatus: { RequestId: text } },
  { save: 'deletion' },
);
const creationEnded = (Status = 'SUCCEEDED', more = {}): Step =>
  answers(
    'DescribeAccountAssignmentCreationStatus',
    { ...INSTANCE, AccountAssignmentCreationRequestId: '{{creation.AccountAssignmentCreationStatus.RequestId}}' },
    { AccountAssignmentCreationStatus: { Status, ...more } },
    { within: 180 },
  );
const deletionEnded: Step = answers(
  'DescribeAccountAssignmentDeletionStatus',
  { ...INSTANCE, AccountAssignmentDeletionRequestId: '{{deletion.AccountAssignmentDeletionStatus.RequestId}}' },
  { AccountAssignmentDeletionStatus: { Status: 'SUCCEEDED' } },
  { within: 180 },
);
const listed = (AccountAssignments: Pattern): Step =>
  answers('ListAccountAssignments', { ...SET, AccountId: '{{member}}' }, { AccountAssignments }, { within: 60 });
const READY = [setMade(), groupMade];
const ALL_GONE = [unassigned, deletionEnded, ...SET_GONE, groupGone];

const refusedSet = (what: string, more: object): ConformanceCase => ({
  name: `a permission set is refused for ${what}`,
  evidence: 'SingleSignOn API_CreatePermissionSet: ValidationException',
  steps: [refuses('CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}', ...more }, 'ValidationException')],
});

const refusedAssignment = (what: string, more: object, error: string | readonly string[]): ConformanceCase => ({
  name: `an assignment is refused for ${what}, and nobody is assigned`,
  evidence: 'SingleSignOn API_CreateAccountAssignment',
  steps: [...READY, refuses('CreateAccountAssignment', { ...ASSIGNMENT, ...more }, error), listed(count(0))],
  cleanup: [...SET_GONE, groupGone],
});

export const identityCenter: CaseGroup = {
  service: 'sso-admin',
  cases: [
    {
      name: 'there is an instance, with its identity store',
      evidence: 'SingleSignOn API_ListInstances',
      steps: [
        answers(
          'ListInstances',
          {},
          {
            Instances: includes({
              InstanceArn: '{{instance}}',
              IdentityStoreId: matches(/^d-[0-9a-f]{10}$/u),
              OwnerAccountId: '{{management}}',
              Status: 'ACTIVE',
            }),
          },
        ),
      ],
    },
    {
      name: 'another region has no instance',
      evidence: 'singlesignon userguide regions',
      steps: [answers('ListInstances', {}, { Instances: count(0) }, { region: '{{otherRegion}}' })],
    },
    {
      name: 'a permission set is made, described and listed',
      evidence: 'SingleSignOn API_CreatePermissionSet, API_DescribePermissionSet, API_ListPermissionSets',
      steps: [
        setMade(
          { Description: 'for a test' },
          {
            PermissionSet: {
              Name: '{{unique}}',
              PermissionSetArn: matches(/:permissionSet\/(?:sso)?ins-[^/]+\/ps-/u),
              SessionDuration: 'PT1H',
              CreatedDate: time,
              Description: 'for a test',
            },
          },
        ),
        answers('DescribePermissionSet', SET, { PermissionSet: { Name: '{{unique}}', Description: 'for a test' } }),
        answers(
          'ListPermissionSets',
          { ...INSTANCE, MaxResults: 100 },
          { PermissionSets: includes('{{made.PermissionSet.PermissionSetArn}}') },
        ),
      ],
      cleanup: SET_GONE,
    },
    {
      name: 'a permission set has the session duration that it was made with',
      evidence: 'SingleSignOn API_CreatePermissionSet: SessionDuration',
      steps: [
        setMade({ SessionDuration: 'PT4H' }, { PermissionSet: { SessionDuration: 'PT4H', Description: absent } }),
        answers('DescribePermissionSet', SET, { PermissionSet: { SessionDuration: 'PT4H' } }),
        answers('ListAccountAssignments', { ...SET, AccountId: '{{member}}' }, { AccountAssignments: count(0) }),
      ],
      cleanup: SET_GONE,
    },
    {
      name: 'a permission set has a name of its own',
      evidence: 'avlcloudtechnologies/terraform-aws-sso#6: ConflictException',
      steps: [
        setMade(),
        refuses('CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}' }, 'ConflictException'),
        answers('DescribePermissionSet', SET, { PermissionSet: { Name: '{{unique}}' } }),
      ],
      cleanup: SET_GONE,
    },
    {
      name: 'a permission set that is deleted is gone',
      evidence: 'SingleSignOn API_DeletePermissionSet',
      steps: [
        setMade(),
        ...SET_GONE,
        refuses('DescribePermissionSet', SET, 'ResourceNotFoundException'),
        refuses('DeletePermissionSet', SET, 'ResourceNotFoundException'),
        answers(
          'ListPermissionSets',
          { ...INSTANCE, MaxResults: 100 },
          { PermissionSets: excludes('{{made.PermissionSet.PermissionSetArn}}') },
        ),
      ],
    },
    {
      name: 'permission sets come page by page',
      evidence: 'SingleSignOn API_ListPermissionSets: MaxResults, NextToken',
      steps: [
        setMade(),
        answers('CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}-b' }, {}, { save: 'other' }),
        answers(
          'ListPermissionSets',
          { ...INSTANCE, MaxResults: 1 },
          { PermissionSets: count(1), NextToken: text },
          { save: 'page' },
        ),
        answers(
          'ListPermissionSets',
          { ...INSTANCE, MaxResults: 1, NextToken: '{{page.NextToken}}' },
          { PermissionSets: excludes('{{page.PermissionSets.0}}') },
        ),
      ],
      cleanup: [
        ...SET_GONE,
        answers('DeletePermissionSet', { ...INSTANCE, PermissionSetArn: '{{other.PermissionSet.PermissionSetArn}}' }),
      ],
    },
    {
      name: 'a group is assigned to an account, later',
      evidence: 'SingleSignOn API_CreateAccountAssignment: asynchronous',
      steps: [
        ...READY,
        assigned(),
        answers('ListAccountAssignments', { ...SET, AccountId: '{{member}}' }, { AccountAssignments: count(0) }),
        answers(
          'ListAccountAssignmentsForPrincipal',
          { ...INSTANCE, PrincipalType: 'GROUP', PrincipalId: '{{group.GroupId}}' },
          { AccountAssignments: count(0) },
        ),
        creationEnded('SUCCEEDED', {
          TargetId: '{{member}}',
          PrincipalId: '{{group.GroupId}}',
          PrincipalType: 'GROUP',
          PermissionSetArn: SET.PermissionSetArn,
        }),
        listed([
          {
            AccountId: '{{member}}',
            PermissionSetArn: SET.PermissionSetArn,
            PrincipalType: 'GROUP',
            PrincipalId: '{{group.GroupId}}',
          },
        ]),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'the assignments of a group are told',
      evidence: 'SingleSignOn API_ListAccountAssignmentsForPrincipal',
      steps: [
        ...READY,
        assigned(),
        creationEnded(),
        answers(
          'ListAccountAssignmentsForPrincipal',
          { ...INSTANCE, PrincipalType: 'GROUP', PrincipalId: '{{group.GroupId}}' },
          {
            AccountAssignments: includes({
              AccountId: '{{member}}',
              PermissionSetArn: SET.PermissionSetArn,
              PrincipalType: 'GROUP',
              PrincipalId: '{{group.GroupId}}',
            }),
          },
          { within: 60 },
        ),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'an assignment is taken away, later',
      evidence: 'SingleSignOn API_DeleteAccountAssignment',
      steps: [
        ...READY,
        assigned(),
        creationEnded(),
        unassigned,
        refuses(
          'DescribeAccountAssignmentCreationStatus',
          { ...INSTANCE, AccountAssignmentCreationRequestId: '{{deletion.AccountAssignmentDeletionStatus.RequestId}}' },
          'ResourceNotFoundException',
        ),
        deletionEnded,
        listed(count(0)),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'an assignment that is there is made again with no harm',
      evidence: 'SingleSignOn API_CreateAccountAssignment: no error is listed for it',
      steps: [...READY, assigned(), creationEnded(), assigned(), creationEnded(), listed(count(1))],
      cleanup: ALL_GONE,
    },
    {
      name: 'a permission set that is assigned is not deleted',
      evidence: 'hashicorp/terraform-provider-aws#26757: ConflictException',
      steps: [
        ...READY,
        assigned(),
        creationEnded(),
        refuses('DeletePermissionSet', SET, 'ConflictException'),
        answers('DescribePermissionSet', SET, { PermissionSet: { Name: '{{unique}}' } }),
      ],
      cleanup: ALL_GONE,
    },
    {
      name: 'a group that is deleted leaves its assignments behind',
      evidence: 'singlesignon userguide howtoremoveaccess',
      steps: [...READY, assigned(), creationEnded(), groupGone, listed(includes({ PrincipalId: '{{group.GroupId}}' }))],
      cleanup: ALL_GONE,
    },
    {
      name: 'a user is assigned as a group is',
      evidence: 'SingleSignOn API_CreateAccountAssignment: PrincipalType',
      steps: [
        ...READY,
        answers(
          'identitystore:CreateUser',
          {
            IdentityStoreId: '{{store}}',
            UserName: '{{unique}}',
            DisplayName: 'Con',
            Name: { GivenName: 'Con', FamilyName: 'Formance' },
          },
          {},
          { save: 'user' },
        ),
        answers(
          'CreateAccountAssignment',
          { ...ASSIGNMENT, PrincipalType: 'USER', PrincipalId: '{{user.UserId}}' },
          {},
          { save: 'creation', within: 60 },
        ),
        creationEnded(),
        listed([{ PrincipalType: 'USER', PrincipalId: '{{user.UserId}}' }]),
        answers(
          'DeleteAccountAssignment',
          { ...ASSIGNMENT, PrincipalType: 'USER', PrincipalId: '{{user.UserId}}' },
          {},
          { save: 'deletion' },
        ),
        deletionEnded,
      ],
      cleanup: [
        ...SET_GONE,
        groupGone,
        answers('identitystore:DeleteUser', { IdentityStoreId: '{{store}}', UserId: '{{user.UserId}}' }),
      ],
    },
    {
      name: 'an assignment of a group that is not there fails, at once or later',
      evidence: 'SingleSignOn API_CreateAccountAssignment; API_AccountAssignmentOperationStatus: FailureReason',
      steps: [
        ...READY,
        answers('CreateAccountAssignment', { ...ASSIGNMENT, PrincipalId: '{{noUuid}}' }, {}, { save: 'creation' }),
        creationEnded('FAILED', { FailureReason: text }),
        listed(count(0)),
      ],
      cleanup: [
        answers('DeleteAccountAssignment', { ...ASSIGNMENT, PrincipalId: '{{noUuid}}' }),
        ...SET_GONE,
        groupGone,
      ],
    },
    refusedAssignment('a permission set that is not there', NO_SET, 'ResourceNotFoundException'),
    refusedAssignment('what is no account id', { TargetId: '12345' }, 'ValidationException'),
    refusedAssignment('another kind of target', { TargetType: 'AWS_REGION' }, 'ValidationException'),
    refusedAssignment('another kind of principal', { PrincipalType: 'ROLE' }, 'ValidationException'),
    refusedSet('a name of 33 characters', { Name: 'p'.repeat(33) }),
    refusedSet('a name with a blank', { Name: 'two words' }),
    refusedSet('an empty name', { Name: '' }),
    refusedSet('an empty description', { Description: '' }),
    {
      name: 'a permission set that is not there is neither described nor deleted nor listed',
      evidence: 'SingleSignOn API_DescribePermissionSet: ResourceNotFoundException',
      steps: [
        refuses('DescribePermissionSet', NO_SET, 'ResourceNotFoundException'),
        refuses('DeletePermissionSet', NO_SET, 'ResourceNotFoundException'),
        refuses('ListAccountAssignments', { ...NO_SET, AccountId: '{{member}}' }, 'ResourceNotFoundException'),
      ],
    },
    {
      name: 'an instance that is not there has no permission sets',
      evidence: 'SingleSignOn API_ListPermissionSets: ResourceNotFoundException; singlesignon userguide regions',
      steps: [
        refuses('ListPermissionSets', { InstanceArn: '{{noInstance}}' }, NOT_THERE),
        refuses('ListPermissionSets', INSTANCE, NOT_THERE, { region: '{{otherRegion}}' }),
        answers('ListPermissionSets', INSTANCE),
      ],
    },
    {
      name: 'a request that is not there has no status',
      evidence: 'SingleSignOn API_DescribeAccountAssignmentCreationStatus: ResourceNotFoundException',
      steps: [
        refuses(
          'DescribeAccountAssignmentCreationStatus',
          { ...INSTANCE, AccountAssignmentCreationRequestId: '{{noUuid}}' },
          'ResourceNotFoundException',
        ),
        refuses(
          'DescribeAccountAssignmentDeletionStatus',
          { ...INSTANCE, AccountAssignmentDeletionRequestId: '{{noUuid}}' },
          'ResourceNotFoundException',
        ),
      ],
    },
    {
      name: 'a page has 100 items at most',
      evidence: 'SingleSignOn API_ListPermissionSets: MaxResults',
      steps: [
        answers('ListPermissionSets', { ...INSTANCE, MaxResults: 100 }, { PermissionSets: list }),
        refuses('ListPermissionSets', { ...INSTANCE, MaxResults: 101 }, 'ValidationException'),
        refuses('ListPermissionSets', { ...INSTANCE, MaxResults: 0 }, 'ValidationException'),
      ],
    },
    {
      name: 'a member may neither read nor make permission sets',
      evidence: 'singlesignon userguide delegated-admin',
      steps: asMember([
        refuses('ListPermissionSets', INSTANCE, ['AccessDeniedException', 'ResourceNotFoundException']),
        refuses('CreatePermissionSet', { ...INSTANCE, Name: '{{unique}}' }, [
          'AccessDeniedException',
          'ResourceNotFoundException',
        ]),
      ]),
    },
  ],
};

/** Where it was never enabled. */
export const withoutIdentityCenter: CaseGroup = {
  service: 'sso-admin',
  organization: 'consolidated-billing',
  cases: [
    {
      name: 'an organization that has not enabled Identity Center has no instance, and no store',
      evidence: 'singlesignon userguide enable-identity-center; SingleSignOn API_ListInstances, API_ListPermissionSets',
      steps: [
        answers('ListInstances', {}, { Instances: count(0) }),
        refuses(
          'ListPermissionSets',
          { InstanceArn: 'arn:{{partition}}:sso:::instance/ssoins-0000000000000000' },
          NOT_THERE,
        ),
        refuses('identitystore:ListUsers', { IdentityStoreId: 'd-0000000000' }, NOT_THERE),
      ],
    },
  ],
};
