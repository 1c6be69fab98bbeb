import type { Ground, Reading } from './reading';

const NOBODY = '11111111-1111-4111-8111-111111111111';
const IdentityStoreId = 'd-1234567890';
const InstanceArn = 'arn:aws:sso:::instance/ssoins-1234567890abcdef';
const permissionSet = (id: string) => `arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-${id}`;
const ADMINISTRATOR = permissionSet('ad00000000000001');
const UNKNOWN = permissionSet('0000000000000000');
const time = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/) as unknown;
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown;
const absent = { error: 'ResourceNotFoundException', status: 400 };
const taken = { error: 'ConflictException', status: 400 };
const invalid = { error: 'ValidationException', status: 400 };

/** IAM Identity Center: its administration, and its identity store. */
export function accessReadings(ground: Ground): readonly Reading[] {
  return [...ssoReadings(ground), ...storeReadings(ground)];
}

function ssoReadings({ member, access }: Ground): readonly Reading[] {
  const reading = (name: string, input: object, answer: object, refused: Reading['refused']): Reading => ({
    operation: `sso:${name}`,
    input: { InstanceArn, ...input },
    answer,
    refused: { ...refused, input: { InstanceArn, ...refused.input } },
  });
  const target = { TargetId: member, TargetType: 'AWS_ACCOUNT', PrincipalType: 'USER', PrincipalId: access.userId };
  return [
    {
      operation: 'sso:ListInstances',
      input: {},
      answer: { Instances: [{ InstanceArn, IdentityStoreId, Status: 'ACTIVE', CreatedDate: time }] },
      refused: { input: {}, error: 'AccessDeniedException', status: 400, accessKeyId: member },
    },
    reading(
      'CreatePermissionSet',
      { Name: 'Billing', Description: 'looks at invoices' },
      { PermissionSet: { Name: 'Billing', CreatedDate: time, SessionDuration: 'PT1H' } },
      { input: { Name: 'Billing' }, ...taken },
    ),
    reading(
      'DescribePermissionSet',
      { PermissionSetArn: ADMINISTRATOR },
      { PermissionSet: { Name: 'AdministratorAccess', PermissionSetArn: ADMINISTRATOR } },
      { input: { PermissionSetArn: UNKNOWN }, ...absent },
    ),
    reading(
      'ListPermissionSets',
      { MaxResults: 1 },
      { PermissionSets: [ADMINISTRATOR], NextToken: expect.any(String) as unknown },
      { input: { MaxResults: 101 }, ...invalid },
    ),
    reading(
      'CreateAccountAssignment',
      { ...target, PermissionSetArn: permissionSet('b000000000000002') },
      { AccountAssignmentCreationStatus: { Status: 'IN_PROGRESS', RequestId: uuid, CreatedDate: time } },
      { input: { ...target, PermissionSetArn: UNKNOWN }, ...absent },
    ),
    reading(
      'DescribeAccountAssignmentCreationStatus',
      { AccountAssignmentCreationRequestId: access.creationRequestId },
      { AccountAssignmentCreationStatus: { Status: 'SUCCEEDED', TargetId: member, PermissionSetArn: ADMINISTRATOR } },
      { input: { AccountAssignmentCreationRequestId: NOBODY }, ...absent },
    ),
    reading(
      'DescribeAccountAssignmentDeletionStatus',
      { AccountAssignmentDeletionRequestId: access.deletionRequestId },
      { AccountAssignmentDeletionStatus: { Status: 'SUCCEEDED', TargetId: member } },
      { input: { AccountAssignmentDeletionRequestId: access.creationRequestId }, ...absent },
    ),
    reading(
      'ListAccountAssignments',
      { AccountId: member, PermissionSetArn: ADMINISTRATOR },
      {
        AccountAssignments: [
          { AccountId: member, PrincipalType: 'USER', PrincipalId: access.userId, PermissionSetArn: ADMINISTRATOR },
        ],
      },
      { input: { AccountId: member, PermissionSetArn: UNKNOWN }, ...absent },
    ),
    reading(
      'ListAccountAssignmentsForPrincipal',
      { PrincipalType: 'USER', PrincipalId: access.userId, Filter: { AccountId: member } },
      { AccountAssignments: [{ PermissionSetArn: ADMINISTRATOR }] },
      { input: { PrincipalType: 'USER', PrincipalId: 'jane' }, ...invalid },
    ),
    reading(
      'DeleteAccountAssignment',
      { ...target, PermissionSetArn: ADMINISTRATOR },
      { AccountAssignmentDeletionStatus: { Status: 'IN_PROGRESS', RequestId: uuid } },
      { input: { ...target, PrincipalId: NOBODY, PermissionSetArn: ADMINISTRATOR }, ...absent },
    ),
    reading(
      'DeletePermissionSet',
      { PermissionSetArn: permissionSet('b000000000000002') },
      {},
      { input: { PermissionSetArn: permissionSet('b000000000000002') }, ...absent },
    ),
  ];
}

function storeReadings({ access }: Ground): readonly Reading[] {
  const { userId, groupId, membershipId } = access;
  const named = (AttributePath: string, AttributeValue: string) => ({
    AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
  });
  const reading = (name: string, input: object, answer: object, refused: Reading['refused']): Reading => ({
    operation: `identitystore:${name}`,
    input: { IdentityStoreId, ...input },
    answer,
    refused: { ...refused, input: { IdentityStoreId, ...refused.input } },
  });
  const user = { UserName: 'new', DisplayName: 'New', Name: { GivenName: 'N', FamilyName: 'Ew' } };
  const membership = { GroupId: groupId, MemberId: { UserId: userId } };
  return [
    reading('CreateUser', user, { UserId: uuid, IdentityStoreId }, { input: user, ...taken }),
    reading(
      'DescribeUser',
      { UserId: userId },
      { UserName: 'Jane@corp.example', Name: { FamilyName: 'Doe' }, Emails: [{ Value: 'jane@corp.example' }] },
      { input: { UserId: NOBODY }, ...absent },
    ),
    reading(
      'ListUsers',
      { MaxResults: 1 },
      { Users: [{ UserId: userId }], NextToken: expect.any(String) as unknown },
      { input: { MaxResults: 101 }, ...invalid },
    ),
    reading(
      'GetUserId',
      named('userName', 'jane@corp.example'),
      { UserId: userId },
      {
        input: named('userName', 'nobody'),
        ...absent,
      },
    ),
    reading(
      'CreateGroup',
      { DisplayName: 'mst-new', Description: 'of a tenant' },
      { GroupId: uuid, IdentityStoreId },
      { input: { DisplayName: 'MST-new' }, ...taken },
    ),
    reading(
      'DescribeGroup',
      { GroupId: groupId },
      { DisplayName: 'AWSControlTowerAdmins' },
      {
        input: { GroupId: NOBODY },
        ...absent,
      },
    ),
    reading(
      'ListGroups',
      { MaxResults: 1 },
      { Groups: [{ GroupId: groupId }] },
      {
        input: { NextToken: 'none' },
        ...invalid,
      },
    ),
    reading(
      'GetGroupId',
      named('displayName', 'AWSControlTowerAdmins'),
      { GroupId: groupId },
      {
        input: named('description', 'of a tenant'),
        ...invalid,
      },
    ),
    reading('CreateGroupMembership', membership, { MembershipId: uuid }, { input: membership, ...taken }),
    reading(
      'ListGroupMemberships',
      { GroupId: groupId },
      { GroupMemberships: [{ MembershipId: membershipId, GroupId: groupId }, { MemberId: { UserId: userId } }] },
      { input: { GroupId: NOBODY }, ...absent },
    ),
    reading(
      'ListGroupMembershipsForMember',
      { MemberId: { UserId: userId } },
      { GroupMemberships: [{ GroupId: groupId }] },
      { input: { MemberId: { UserId: NOBODY } }, ...absent },
    ),
    reading(
      'DeleteGroupMembership',
      { MembershipId: membershipId },
      {},
      {
        input: { MembershipId: membershipId },
        ...absent,
      },
    ),
    reading('DeleteGroup', { GroupId: groupId }, {}, { input: { GroupId: groupId }, ...absent }),
    reading('DeleteUser', { UserId: userId }, {}, { input: { UserId: userId }, ...absent }),
  ];
}
