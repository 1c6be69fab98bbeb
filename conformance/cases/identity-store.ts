import { answers, asMember, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { absent, count, excludes, includes, matches, text } from '../pattern';

const STORE = { IdentityStoreId: '{{store}}' };
const user = (name = '{{unique}}', more = {}) => ({
  ...STORE,
  UserName: name,
  DisplayName: 'Con Formance',
  Name: { GivenName: 'Con', FamilyName: 'Formance' },
  ...more,
});
const userMade = (save = 'user', name = '{{unique}}', more = {}): Step =>
  answers('CreateUser', user(name, more), {}, { save });
const groupMade = (save = 'group', DisplayName = '{{unique}}', more = {}): Step =>
  answers('CreateGroup', { ...STORE, DisplayName, ...more }, {}, { save });
const ofUser = (save = 'user') => ({ ...STORE, UserId: `{{${save}.UserId}}` });
const ofGroup = (save = 'group') => ({ ...STORE, GroupId: `{{${save}.GroupId}}` });
const userGone = (save = 'user'): Step => answers('DeleteUser', ofUser(save));
const groupGone = (save = 'group'): Step => answers('DeleteGroup', ofGroup(save));
const member = (save = 'user') => ({ MemberId: { UserId: `{{${save}.UserId}}` } });
const joined = (save = 'membership'): Step =>
  answers(
    'CreateGroupMembership',
    { ...ofGroup(), ...member() },
    { MembershipId: text, IdentityStoreId: '{{store}}' },
    { save },
  );
const by = (AttributePath: string, AttributeValue: string) => ({
  ...STORE,
  AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
});
const EVERYONE_GONE = [userGone(), groupGone()];

const refusedUser = (what: string, more: object): ConformanceCase => ({
  name: `a user is refused for ${what}, and none is made`,
  evidence: 'IdentityStore API_CreateUser: ValidationException',
  steps: [
    refuses('GetUserId', by('userName', '{{unique}}'), 'ResourceNotFoundException'),
    refuses('CreateUser', { ...user(), ...more }, 'ValidationException'),
    refuses('GetUserId', by('userName', '{{unique}}'), 'ResourceNotFoundException'),
  ],
});

const refusedGroup = (what: string, DisplayName: string): ConformanceCase => ({
  name: `a group is refused for ${what}`,
  evidence: 'IdentityStore API_CreateGroup: ValidationException',
  steps: [refuses('CreateGroup', { ...STORE, DisplayName }, 'ValidationException')],
});

const unknown = (call: string, more = {}): ConformanceCase => ({
  name: `${call} needs what is there`,
  evidence: `IdentityStore API_${call}: ResourceNotFoundException`,
  steps: [refuses(call, { ...STORE, ...more }, 'ResourceNotFoundException')],
});

const otherStore = (call: string, more = {}): ConformanceCase => ({
  name: `${call} needs a store that is there`,
  evidence: `IdentityStore API_${call}: ResourceNotFoundException, IDENTITY_STORE; singlesignon userguide regions`,
  steps: [
    refuses(call, { IdentityStoreId: 'd-0000000000', ...more }, ['ResourceNotFoundException', 'AccessDeniedException']),
    refuses(call, { ...STORE, ...more }, ['ResourceNotFoundException', 'AccessDeniedException'], {
      region: '{{otherRegion}}',
    }),
  ],
});

export const identityStore: CaseGroup = {
  service: 'identitystore',
  cases: [
    {
      name: 'a user is made, described, listed and found by name',
      evidence: 'IdentityStore API_CreateUser, API_DescribeUser, API_GetUserId',
      steps: [
        answers(
          'CreateUser',
          user(),
          { UserId: matches(/^(?:[0-9a-f]{10}-)?[0-9a-f-]{36}$/u), IdentityStoreId: '{{store}}' },
          { save: 'user' },
        ),
        answers('DescribeUser', ofUser(), {
          UserId: '{{user.UserId}}',
          UserName: '{{unique}}',
          DisplayName: 'Con Formance',
          Name: { GivenName: 'Con', FamilyName: 'Formance' },
          IdentityStoreId: '{{store}}',
        }),
        answers('GetUserId', by('userName', '{{unique}}'), { UserId: '{{user.UserId}}', IdentityStoreId: '{{store}}' }),
      ],
      cleanup: [userGone()],
    },
    {
      name: 'a user has an e-mail address, and is found by it',
      evidence: 'IdentityStore API_UniqueAttribute: emails.value',
      steps: [
        userMade('user', '{{unique}}', { Emails: [{ Value: '{{unique}}@example.com', Type: 'work', Primary: true }] }),
        answers('DescribeUser', ofUser(), { Emails: includes({ Value: '{{unique}}@example.com' }) }),
        answers('GetUserId', by('emails.value', '{{unique}}@example.com'), { UserId: '{{user.UserId}}' }),
      ],
      cleanup: [userGone()],
    },
    {
      name: 'a user name is that of one user',
      evidence: 'IdentityStore API_CreateUser: ConflictException, UNIQUENESS_CONSTRAINT_VIOLATION',
      steps: [
        userMade(),
        refuses('CreateUser', user(), 'ConflictException'),
        answers('GetUserId', by('userName', '{{unique}}'), { UserId: '{{user.UserId}}' }),
      ],
      cleanup: [userGone()],
    },
    {
      name: 'an e-mail address is that of one user',
      evidence: 'singlesignon userguide troubleshooting; IdentityStore API_CreateUser: ConflictException',
      steps: [
        userMade('user', '{{unique}}', { Emails: [{ Value: '{{unique}}@example.com' }] }),
        refuses(
          'CreateUser',
          user('{{unique}}-other', { Emails: [{ Value: '{{unique}}@example.com' }] }),
          'ConflictException',
        ),
        answers('GetUserId', by('emails.value', '{{unique}}@example.com'), { UserId: '{{user.UserId}}' }),
      ],
      cleanup: [userGone()],
    },
    {
      name: 'user names are compared without their case',
      evidence: 'IdentityStore API_CreateUser: ConflictException; no page says whether case counts',
      steps: [
        userMade('user', '{{unique}}-Name'),
        refuses('CreateUser', user('{{unique}}-NAME'), 'ConflictException'),
        answers('GetUserId', by('userName', '{{unique}}-name'), { UserId: '{{user.UserId}}' }),
      ],
      cleanup: [userGone()],
    },
    {
      name: 'a user that is deleted is gone, and the name free',
      evidence: 'IdentityStore API_DeleteUser',
      steps: [
        userMade('former'),
        userGone('former'),
        refuses('DescribeUser', ofUser('former'), 'ResourceNotFoundException'),
        refuses('DeleteUser', ofUser('former'), 'ResourceNotFoundException'),
        userMade(),
      ],
      cleanup: [userGone()],
    },
    {
      name: 'a group is made, described and found by name',
      evidence: 'IdentityStore API_CreateGroup, API_DescribeGroup, API_GetGroupId',
      steps: [
        groupMade('group', '{{unique}}', { Description: 'for a test' }),
        answers('DescribeGroup', ofGroup(), {
          GroupId: '{{group.GroupId}}',
          DisplayName: '{{unique}}',
          Description: 'for a test',
          IdentityStoreId: '{{store}}',
        }),
        answers('GetGroupId', by('displayName', '{{unique}}'), { GroupId: '{{group.GroupId}}' }),
      ],
      cleanup: [groupGone()],
    },
    {
      name: 'a group without a description has none',
      evidence: 'IdentityStore API_DescribeGroup',
      steps: [
        groupMade(),
        answers('DescribeGroup', ofGroup(), { Description: absent }),
        answers('ListGroupMemberships', ofGroup(), { GroupMemberships: count(0) }),
      ],
      cleanup: [groupGone()],
    },
    {
      name: 'a group name is that of one group',
      evidence: 'IdentityStore API_CreateGroup: ConflictException',
      steps: [
        groupMade(),
        refuses('CreateGroup', { ...STORE, DisplayName: '{{unique}}' }, 'ConflictException'),
        answers('GetGroupId', by('displayName', '{{unique}}'), { GroupId: '{{group.GroupId}}' }),
      ],
      cleanup: [groupGone()],
    },
    {
      name: 'group names are compared without their case',
      evidence: 'IdentityStore API_CreateGroup: ConflictException; no page says whether case counts',
      steps: [
        groupMade('group', '{{unique}}-Name'),
        refuses('CreateGroup', { ...STORE, DisplayName: '{{unique}}-NAME' }, 'ConflictException'),
        answers('GetGroupId', by('displayName', '{{unique}}-name'), { GroupId: '{{group.GroupId}}' }),
      ],
      cleanup: [groupGone()],
    },
    {
      name: 'a group that is deleted is gone',
      evidence: 'IdentityStore API_DeleteGroup',
      steps: [
        groupMade(),
        groupGone(),
        refuses('DescribeGroup', ofGroup(), 'ResourceNotFoundException'),
        refuses('GetGroupId', by('displayName', '{{unique}}'), 'ResourceNotFoundException'),
      ],
    },
    {
      name: 'a group and a user may have one name',
      evidence: 'IdentityStore API_CreateGroup, API_CreateUser',
      steps: [
        groupMade(),
        userMade(),
        answers('GetGroupId', by('displayName', '{{unique}}'), { GroupId: '{{group.GroupId}}' }),
        answers('GetUserId', by('userName', '{{unique}}'), { UserId: '{{user.UserId}}' }),
      ],
      cleanup: EVERYONE_GONE,
    },
    {
      name: 'a user joins a group, and both tell so',
      evidence: 'IdentityStore API_CreateGroupMembership, API_ListGroupMemberships, API_ListGroupMembershipsForMember',
      steps: [
        groupMade(),
        userMade(),
        joined(),
        answers('ListGroupMemberships', ofGroup(), {
          GroupMemberships: [
            {
              MembershipId: '{{membership.MembershipId}}',
              GroupId: '{{group.GroupId}}',
              MemberId: { UserId: '{{user.UserId}}' },
            },
          ],
        }),
        answers(
          'ListGroupMembershipsForMember',
          { ...STORE, ...member() },
          { GroupMemberships: [{ MembershipId: '{{membership.MembershipId}}', GroupId: '{{group.GroupId}}' }] },
        ),
      ],
      cleanup: EVERYONE_GONE,
    },
    {
      name: 'a user is in a group once',
      evidence: 'IdentityStore API_CreateGroupMembership: ConflictException',
      steps: [
        groupMade(),
        userMade(),
        joined(),
        refuses('CreateGroupMembership', { ...ofGroup(), ...member() }, 'ConflictException'),
        answers('ListGroupMemberships', ofGroup(), { GroupMemberships: count(1) }),
      ],
      cleanup: EVERYONE_GONE,
    },
    {
      name: 'memberships are of users and groups that are there',
      evidence:
        'IdentityStore API_CreateGroupMembership, API_ListGroupMemberships, API_ListGroupMembershipsForMember: ' +
        'ResourceNotFoundException',
      steps: [
        groupMade(),
        userMade(),
        refuses(
          'CreateGroupMembership',
          { ...ofGroup(), MemberId: { UserId: '{{noUuid}}' } },
          'ResourceNotFoundException',
        ),
        refuses('CreateGroupMembership', { ...STORE, ...member(), GroupId: '{{noUuid}}' }, 'ResourceNotFoundException'),
        refuses('ListGroupMemberships', { ...STORE, GroupId: '{{noUuid}}' }, 'ResourceNotFoundException'),
        refuses(
          'ListGroupMembershipsForMember',
          { ...STORE, MemberId: { UserId: '{{noUuid}}' } },
          'ResourceNotFoundException',
        ),
        refuses('DeleteGroupMembership', { ...STORE, MembershipId: '{{noUuid}}' }, 'ResourceNotFoundException'),
        answers('ListGroupMemberships', ofGroup(), { GroupMemberships: count(0) }),
      ],
      cleanup: EVERYONE_GONE,
    },
    {
      name: 'a user leaves a group',
      evidence: 'IdentityStore API_DeleteGroupMembership',
      steps: [
        groupMade(),
        userMade(),
        joined(),
        answers('DeleteGroupMembership', { ...STORE, MembershipId: '{{membership.MembershipId}}' }),
        answers('ListGroupMemberships', ofGroup(), { GroupMemberships: count(0) }),
        refuses(
          'DeleteGroupMembership',
          { ...STORE, MembershipId: '{{membership.MembershipId}}' },
          'ResourceNotFoundException',
        ),
      ],
      cleanup: EVERYONE_GONE,
    },
    {
      name: 'a user that leaves and comes back has another membership',
      evidence: 'IdentityStore API_CreateGroupMembership',
      steps: [
        groupMade(),
        userMade(),
        joined('first'),
        answers('DeleteGroupMembership', { ...STORE, MembershipId: '{{first.MembershipId}}' }),
        joined('second'),
        answers('ListGroupMemberships', ofGroup(), { GroupMemberships: [{ MembershipId: '{{second.MembershipId}}' }] }),
      ],
      cleanup: EVERYONE_GONE,
    },
    {
      name: 'the memberships of a group that is deleted are gone',
      evidence: 'IdentityStore API_DeleteGroup',
      steps: [
        groupMade(),
        userMade(),
        joined(),
        groupGone(),
        answers('ListGroupMembershipsForMember', { ...STORE, ...member() }, { GroupMemberships: count(0) }),
      ],
      cleanup: [userGone()],
    },
    {
      name: 'the memberships of a user that is deleted are gone',
      evidence: 'IdentityStore API_DeleteUser',
      steps: [
        groupMade(),
        userMade(),
        joined(),
        userGone(),
        answers('ListGroupMemberships', ofGroup(), { GroupMemberships: count(0) }),
      ],
      cleanup: [groupGone()],
    },
    {
      name: 'groups come page by page',
      evidence: 'IdentityStore API_ListGroups: MaxResults, NextToken',
      steps: [
        groupMade('group', '{{unique}}-a'),
        groupMade('other', '{{unique}}-b'),
        answers('ListGroups', { ...STORE, MaxResults: 1 }, { Groups: count(1), NextToken: text }, { save: 'page' }),
        answers(
          'ListGroups',
          { ...STORE, MaxResults: 1, NextToken: '{{page.NextToken}}' },
          { Groups: excludes({ GroupId: '{{page.Groups.0.GroupId}}' }) },
        ),
      ],
      cleanup: [groupGone(), groupGone('other')],
    },
    {
      name: 'members come page by page',
      evidence: 'IdentityStore API_ListGroupMemberships: MaxResults, NextToken',
      steps: [
        groupMade(),
        userMade(),
        userMade('other', '{{unique}}-b'),
        joined(),
        answers('CreateGroupMembership', { ...ofGroup(), ...member('other') }),
        answers(
          'ListGroupMemberships',
          { ...ofGroup(), MaxResults: 1 },
          { GroupMemberships: count(1), NextToken: text },
        ),
      ],
      cleanup: [...EVERYONE_GONE, userGone('other')],
    },
    refusedUser('a name of 129 characters', { UserName: 'u'.repeat(129) }),
    refusedUser('an empty name', { UserName: '' }),
    refusedUser('a name with a blank', { UserName: 'two words' }),
    refusedUser('an empty given name', { Name: { GivenName: '', FamilyName: 'Formance' } }),
    refusedUser('a reserved name', { UserName: 'Administrator' }),
    refusedUser('another reserved name', { UserName: 'AWSAdministrators' }),
    refusedGroup('an empty name', ''),
    refusedGroup('a name of 1,025 characters', 'g'.repeat(1025)),
    refusedGroup('a reserved name', 'AWSAdministrators'),
    refusedGroup('another reserved name', 'Administrator'),
    unknown('DescribeUser', { UserId: '{{noUuid}}' }),
    unknown('DeleteUser', { UserId: '{{noUuid}}' }),
    unknown('DescribeGroup', { GroupId: '{{noUuid}}' }),
    unknown('DeleteGroup', { GroupId: '{{noUuid}}' }),
    unknown('ListGroupMemberships', { GroupId: '{{noUuid}}' }),
    unknown('DeleteGroupMembership', { MembershipId: '{{noUuid}}' }),
    unknown('CreateGroupMembership', { GroupId: '{{noUuid}}', MemberId: { UserId: '{{noUuid}}' } }),
    unknown('GetUserId', by('userName', '{{unique}}-nobody')),
    unknown('GetGroupId', by('displayName', '{{unique}}-nothing')),
    {
      name: 'only what is unique finds a user or a group',
      evidence: 'IdentityStore API_GetUserId, API_GetGroupId: AttributePath',
      steps: [
        refuses('GetGroupId', by('description', 'for a test'), 'ValidationException'),
        refuses('GetUserId', by('displayName', 'Con Formance'), 'ValidationException'),
      ],
    },
    otherStore('ListGroups'),
    otherStore('ListUsers'),
    otherStore('CreateGroup', { DisplayName: '{{unique}}' }),
    {
      name: 'a member may not read the store',
      evidence: 'singlesignon userguide delegated-admin',
      steps: asMember([
        refuses('ListUsers', STORE, ['AccessDeniedException', 'ResourceNotFoundException']),
        refuses('CreateGroup', { ...STORE, DisplayName: '{{unique}}' }, [
          'AccessDeniedException',
          'ResourceNotFoundException',
        ]),
      ]),
    },
    {
      name: 'a page has 100 items at most',
      evidence: 'IdentityStore API_ListUsers: MaxResults',
      steps: [
        answers('ListUsers', { ...STORE, MaxResults: 100 }),
        refuses('ListUsers', { ...STORE, MaxResults: 101 }, 'ValidationException'),
        refuses('ListGroups', { ...STORE, NextToken: 'nothing' }, 'ValidationException'),
      ],
    },
  ],
};
