import { answers, asRole, type CaseGroup, type Step } from '../../case';
import { count, text, type Pattern, type Value } from '../../pattern';
import { INSTANCE, OTHER_SET, SET, setMade } from './permission-sets';
import { documentOf, limited, POLICY } from './role';

const inManagement = (call: string, more: object, set: object = SET): Step =>
  answers(
    call,
    {
      ...set,
      TargetId: '{{management}}',
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'GROUP',
      PrincipalId: '{{group.GroupId}}',
    },
    {},
    { within: 120, ...more },
  );
const creationEnded = (save: string, more: Pattern): Step =>
  answers(
    'sso-admin:DescribeAccountAssignmentCreationStatus',
    { ...INSTANCE, AccountAssignmentCreationRequestId: `{{${save}.AccountAssignmentCreationStatus.RequestId}}` },
    { AccountAssignmentCreationStatus: more },
    { within: 300 },
  );
const deletionEnded = (save: string, more: Pattern): Step =>
  answers(
    'sso-admin:DescribeAccountAssignmentDeletionStatus',
    { ...INSTANCE, AccountAssignmentDeletionRequestId: `{{${save}.AccountAssignmentDeletionStatus.RequestId}}` },
    { AccountAssignmentDeletionStatus: more },
    { within: 300 },
  );

const ONE_MORE = {
  ...SET,
  TargetId: '{{management}}',
  TargetType: 'AWS_ACCOUNT',
  PrincipalType: 'USER',
  PrincipalId: '{{user.UserId}}',
};
const userMade = answers(
  'identitystore:CreateUser',
  {
    IdentityStoreId: '{{store}}',
    UserName: '{{unique}}',
    DisplayName: 'Con',
    Name: { GivenName: 'Con', FamilyName: 'Formance' },
  },
  {},
  { save: 'user' },
);
const groupMade = answers(
  'identitystore:CreateGroup',
  { IdentityStoreId: '{{store}}', DisplayName: '{{unique}}' },
  {},
  { save: 'group' },
);
const groupGone = answers('identitystore:DeleteGroup', { IdentityStoreId: '{{store}}', GroupId: '{{group.GroupId}}' });
const userGone = answers('identitystore:DeleteUser', { IdentityStoreId: '{{store}}', UserId: '{{user.UserId}}' });
/** Of the roles that Identity Center makes, and its provider, and of no others. */
const OF_IDENTITY_CENTER = ['role/aws-reserved/sso.amazonaws.com/*', 'saml-provider/AWSSSO_*'].map(
  (name) => `arn:{{partition}}:iam::{{management}}:${name}`,
);

const assigningInManagement = limited(
  'an assignment in the management account takes the rights of the caller in IAM',
  'singlesignon userguide troubleshooting: Access denied by IAM; hashicorp/terraform-provider-aws#20141; ' +
    'meshcloud/terraform-aws-meshplatform: rights to read for assignments in the management account',
  [{ Action: 'sso:*' }],
  {
    before: [setMade('{{unique}}', 'made'), setMade('{{unique}}-b', 'other'), groupMade, userMade],
    steps: [inManagement('CreateAccountAssignment', { save: 'refused' })],
    after: [
      creationEnded('refused', { Status: 'FAILED', FailureReason: text }),
      answers('ListAccountAssignments', { ...SET, AccountId: '{{management}}' }, { AccountAssignments: count(0) }),
      inManagement('CreateAccountAssignment', { save: 'taken' }),
      creationEnded('taken', { Status: 'SUCCEEDED' }),
      // Its role is there already, and is looked at.
      ...asRole([answers('CreateAccountAssignment', ONE_MORE, {}, { save: 'second', within: 120 })]),
      creationEnded('second', { Status: 'FAILED', FailureReason: text }),
      // Another permission set there makes the deletion of this one no less the last.
      inManagement('CreateAccountAssignment', { save: 'takenOther' }, OTHER_SET),
      creationEnded('takenOther', { Status: 'SUCCEEDED' }),
      ...asRole([inManagement('DeleteAccountAssignment', { save: 'kept' })]),
      deletionEnded('kept', { Status: 'FAILED', FailureReason: text }),
      answers('ListAccountAssignments', { ...SET, AccountId: '{{management}}' }, { AccountAssignments: count(1) }),
      inManagement('DeleteAccountAssignment', { save: 'gone' }),
      deletionEnded('gone', { Status: 'SUCCEEDED' }),
    ],
    cleanup: [
      inManagement('DeleteAccountAssignment', { save: 'end' }),
      deletionEnded('end', { Status: 'SUCCEEDED' }),
      inManagement('DeleteAccountAssignment', { save: 'end' }, OTHER_SET),
      deletionEnded('end', { Status: 'SUCCEEDED' }),
      answers('DeletePermissionSet', OTHER_SET),
      answers('DeletePermissionSet', SET),
      userGone,
      groupGone,
    ],
  },
);

const readingInManagement = limited(
  'with rights to read in IAM all is assigned in the management account but the first and the last of a set',
  'singlesignon userguide referencingpermissionsets, using-service-linked-roles',
  [
    { Action: 'sso:*' },
    { Action: ['iam:ListRoles', 'iam:ListPolicies'] },
    { Action: ['iam:Get*', 'iam:List*'], Resource: OF_IDENTITY_CENTER },
  ],
  {
    before: [
      setMade('{{unique}}', 'made'),
      setMade('{{unique}}-b', 'other'),
      groupMade,
      userMade,
      inManagement('CreateAccountAssignment', { save: 'ofOther' }, OTHER_SET),
      creationEnded('ofOther', { Status: 'SUCCEEDED' }),
    ],
    steps: [inManagement('CreateAccountAssignment', { save: 'first' })],
    after: [
      creationEnded('first', { Status: 'FAILED', FailureReason: text }),
      inManagement('CreateAccountAssignment', { save: 'taken' }),
      creationEnded('taken', { Status: 'SUCCEEDED' }),
      ...asRole([answers('CreateAccountAssignment', ONE_MORE, {}, { save: 'second', within: 120 })]),
      creationEnded('second', { Status: 'SUCCEEDED' }),
      ...asRole([answers('DeleteAccountAssignment', ONE_MORE, {}, { save: 'removal', within: 120 })]),
      deletionEnded('removal', { Status: 'SUCCEEDED' }),
      ...asRole([inManagement('DeleteAccountAssignment', { save: 'last' })]),
      deletionEnded('last', { Status: 'FAILED', FailureReason: text }),
      answers('ListAccountAssignments', { ...SET, AccountId: '{{management}}' }, { AccountAssignments: count(1) }),
    ],
    cleanup: [
      inManagement('DeleteAccountAssignment', { save: 'end' }),
      deletionEnded('end', { Status: 'SUCCEEDED' }),
      answers('DeleteAccountAssignment', ONE_MORE, {}, { save: 'end', within: 120 }),
      deletionEnded('end', { Status: 'SUCCEEDED' }),
      inManagement('DeleteAccountAssignment', { save: 'end' }, OTHER_SET),
      deletionEnded('end', { Status: 'SUCCEEDED' }),
      answers('DeletePermissionSet', OTHER_SET),
      answers('DeletePermissionSet', SET),
      userGone,
      groupGone,
    ],
  },
);

const LISTING = ['iam:ListRoles', 'iam:ListPolicies'];
const READING = ['iam:GetRole', 'iam:GetSAMLProvider'];
const READING_POLICIES = ['iam:ListRolePolicies', 'iam:ListAttachedRolePolicies'];
const tried = (input: Value, Action: readonly string[], Status: string): readonly Step[] => [
  answers('iam:PutRolePolicy', { ...POLICY, PolicyDocument: documentOf([{ Action: ['sso:*', ...Action] }]) }),
  ...asRole([answers('CreateAccountAssignment', input, {}, { save: 'tried', within: 120, after: 60 })]),
  creationEnded('tried', { Status }),
];
const FIRST = { ...ONE_MORE, PrincipalType: 'GROUP', PrincipalId: '{{group.GroupId}}' };

const rightByRight = limited(
  'an assignment in the management account takes each right to read in IAM, and one more to make the role',
  'meshcloud/terraform-aws-meshplatform: rights to read for assignments in the management account; singlesignon ' +
    'userguide using-service-linked-roles',
  [{ Action: 'sso:*' }],
  {
    before: [setMade('{{unique}}', 'made'), groupMade, userMade],
    steps: [],
    after: [
      ...tried(FIRST, [...READING, ...READING_POLICIES, ...LISTING], 'FAILED'),
      inManagement('CreateAccountAssignment', { save: 'taken' }),
      creationEnded('taken', { Status: 'SUCCEEDED' }),
      // Its role is there by now, and has policies.
      ...tried(ONE_MORE, [...READING, ...LISTING], 'FAILED'),
      ...tried(ONE_MORE, [...READING, ...READING_POLICIES], 'FAILED'),
      ...tried(ONE_MORE, [...READING_POLICIES, ...LISTING], 'FAILED'),
      ...tried(ONE_MORE, [...READING, ...READING_POLICIES, ...LISTING], 'SUCCEEDED'),
    ],
    cleanup: [
      inManagement('DeleteAccountAssignment', { save: 'end' }),
      deletionEnded('end', { Status: 'SUCCEEDED' }),
      answers('DeleteAccountAssignment', ONE_MORE, {}, { save: 'end', within: 120 }),
      deletionEnded('end', { Status: 'SUCCEEDED' }),
      answers('DeletePermissionSet', SET),
      userGone,
      groupGone,
    ],
  },
);

const inMember = (call: string, save: string): Step =>
  answers(
    call,
    {
      ...SET,
      TargetId: '{{member}}',
      TargetType: 'AWS_ACCOUNT',
      PrincipalType: 'GROUP',
      PrincipalId: '{{group.GroupId}}',
    },
    {},
    { within: 120, save },
  );

const assigningInMember = limited(
  'an assignment in a member takes no rights of the caller in IAM',
  'singlesignon userguide iam-auth-access-using-id-policies: sso:CreateAccountAssignment',
  [{ Action: 'sso:*' }],
  {
    before: [setMade('{{unique}}', 'made'), groupMade],
    steps: [inMember('CreateAccountAssignment', 'taken')],
    after: [
      creationEnded('taken', { Status: 'SUCCEEDED' }),
      ...asRole([inMember('DeleteAccountAssignment', 'gone')]),
      deletionEnded('gone', { Status: 'SUCCEEDED' }),
      answers('ListAccountAssignments', { ...SET, AccountId: '{{member}}' }, { AccountAssignments: count(0) }),
    ],
    cleanup: [
      inMember('DeleteAccountAssignment', 'end'),
      deletionEnded('end', { Status: 'SUCCEEDED' }),
      answers('DeletePermissionSet', SET),
      groupGone,
    ],
  },
);

export const limitedInAssignments: CaseGroup = {
  service: 'sso-admin',
  cases: [assigningInManagement, readingInManagement, rightByRight, assigningInMember],
};
