import { answers, type CaseGroup, type ConformanceCase, refuses, type Step } from '../case';
import { absent, count, type Pattern, text } from '../pattern';

const STORE = { IdentityStoreId: '{{store}}' };
const user = (UserName: string, more = {}) => ({
  ...STORE,
  UserName,
  DisplayName: 'Con Formance',
  Name: { GivenName: 'Con', FamilyName: 'Formance' },
  ...more,
});
const userMade = (save: string, name: string, more = {}): Step =>
  answers('CreateUser', user(name, more), { UserId: text }, { save });
const groupMade = (save: string, DisplayName: string, more = {}): Step =>
  answers('CreateGroup', { ...STORE, DisplayName, ...more }, { GroupId: text }, { save });
const userGone = (save: string): Step => answers('DeleteUser', { ...STORE, UserId: `{{${save}.UserId}}` });
const groupGone = (save: string): Step => answers('DeleteGroup', { ...STORE, GroupId: `{{${save}.GroupId}}` });
const inGroup = (group: string, person: string) => ({
  ...STORE,
  GroupId: `{{${group}.GroupId}}`,
  MemberId: { UserId: `{{${person}.UserId}}` },
});
const joined = (group: string, person: string, save: string): Step =>
  answers('CreateGroupMembership', inGroup(group, person), { MembershipId: text }, { save });
const by = (AttributePath: string, AttributeValue: string) => ({
  ...STORE,
  AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
});
const MISSING = 'ResourceNotFoundException';
const notFound = (call: string, input: object, ResourceType: string): Step =>
  refuses(call, { ...STORE, ...input }, MISSING, { members: { ResourceType } });
const taken = (call: string, input: object): Step =>
  refuses(call, { ...STORE, ...input }, 'ConflictException', {
    members: { Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' },
  });
const membersOf = (group: string, more: object, output: Pattern, details = {}): Step =>
  answers('ListGroupMemberships', { ...STORE, GroupId: `{{${group}.GroupId}}`, ...more }, output, details);
const groupsOf = (person: string, more: object, output: Pattern, details = {}): Step =>
  answers(
    'ListGroupMembershipsForMember',
    { ...STORE, MemberId: { UserId: `{{${person}.UserId}}` }, ...more },
    output,
    details,
  );

/** The longest that there may be is taken, one more character is not. */
const lengths = (
  what: string,
  call: 'CreateUser' | 'CreateGroup',
  withText: (text: string, name: string) => object,
  most: number,
): ConformanceCase => ({
  name: `${what} has ${most} characters at most`,
  evidence: `IdentityStore API_${call}: length constraints`,
  steps: [
    answers(call, { ...STORE, ...withText('x'.repeat(most), '{{unique}}') }, {}, { save: 'longest' }),
    refuses(call, { ...STORE, ...withText('y'.repeat(most + 1), '{{unique}}-b') }, 'ValidationException'),
    refuses(call, { ...STORE, ...withText('', '{{unique}}-b') }, 'ValidationException'),
  ],
  cleanup: [call === 'CreateUser' ? userGone('longest') : groupGone('longest')],
});

export const identityStoreDetails: CaseGroup = {
  service: 'identitystore',
  cases: [
    {
      name: 'an error says of what kind that is which is not there',
      evidence: 'IdentityStore API_DescribeUser, API_DescribeGroup, API_DeleteGroupMembership: ResourceType',
      steps: [
        userMade('user', '{{unique}}'),
        groupMade('group', '{{unique}}'),
        notFound('DescribeUser', { UserId: '{{noUuid}}' }, 'USER'),
        notFound('DeleteUser', { UserId: '{{noUuid}}' }, 'USER'),
        notFound('GetUserId', by('userName', '{{unique}}-b'), 'USER'),
        notFound('GetUserId', by('emails.value', '{{unique}}@example.com'), 'USER'),
        notFound('DescribeGroup', { GroupId: '{{noUuid}}' }, 'GROUP'),
        notFound('DeleteGroup', { GroupId: '{{noUuid}}' }, 'GROUP'),
        notFound('GetGroupId', by('displayName', '{{unique}}-b'), 'GROUP'),
        notFound('ListGroupMemberships', { GroupId: '{{noUuid}}' }, 'GROUP'),
        notFound('ListGroupMembershipsForMember', { MemberId: { UserId: '{{noUuid}}' } }, 'USER'),
        notFound('CreateGroupMembership', { ...inGroup('group', 'user'), GroupId: '{{noUuid}}' }, 'GROUP'),
        notFound('CreateGroupMembership', { ...inGroup('group', 'user'), MemberId: { UserId: '{{noUuid}}' } }, 'USER'),
        notFound('DeleteGroupMembership', { MembershipId: '{{noUuid}}' }, 'GROUP_MEMBERSHIP'),
      ],
      cleanup: [userGone('user'), groupGone('group')],
    },
    {
      name: 'what is there already violates a claim of uniqueness, and changes nothing',
      evidence: 'IdentityStore API_CreateUser, API_CreateGroup, API_CreateGroupMembership: ConflictException, Reason',
      steps: [
        userMade('user', '{{unique}}', { Emails: [{ Value: '{{unique}}@example.com' }] }),
        groupMade('group', '{{unique}}'),
        joined('group', 'user', 'membership'),
        taken('CreateUser', user('{{unique}}')),
        taken('CreateUser', user('{{unique}}-b', { Emails: [{ Value: '{{unique}}@example.com' }] })),
        taken('CreateGroup', { DisplayName: '{{unique}}' }),
        taken('CreateGroupMembership', inGroup('group', 'user')),
        notFound('GetUserId', by('userName', '{{unique}}-b'), 'USER'),
        membersOf('group', {}, { GroupMemberships: [{ MembershipId: '{{membership.MembershipId}}' }] }),
      ],
      cleanup: [userGone('user'), groupGone('group')],
    },
    {
      name: 'a user is in two groups and leaves one, and the last page names no further one',
      evidence: 'IdentityStore API_ListGroupMembershipsForMember, API_ListGroupMemberships: NextToken',
      steps: [
        userMade('user', '{{unique}}'),
        userMade('second', '{{unique}}-b'),
        groupMade('group', '{{unique}}'),
        groupMade('other', '{{unique}}-b'),
        joined('group', 'user', 'membership'),
        joined('other', 'user', 'further'),
        joined('group', 'second', 'third'),
        groupsOf('user', { MaxResults: 2 }, { GroupMemberships: count(2), NextToken: absent }),
        groupsOf('user', { MaxResults: 1 }, { GroupMemberships: count(1), NextToken: text }, { save: 'page' }),
        groupsOf(
          'user',
          { MaxResults: 1, NextToken: '{{page.NextToken}}' },
          { GroupMemberships: count(1), NextToken: absent },
        ),
        membersOf('group', { MaxResults: 2 }, { GroupMemberships: count(2), NextToken: absent }),
        membersOf('group', { MaxResults: 100 }, { GroupMemberships: count(2), NextToken: absent }),
        answers('DeleteGroupMembership', { ...STORE, MembershipId: '{{membership.MembershipId}}' }),
        groupsOf(
          'user',
          {},
          {
            GroupMemberships: [{ MembershipId: '{{further.MembershipId}}', GroupId: '{{other.GroupId}}' }],
          },
        ),
        membersOf('group', {}, { GroupMemberships: [{ MemberId: { UserId: '{{second.UserId}}' } }] }),
      ],
      cleanup: [userGone('user'), userGone('second'), groupGone('group'), groupGone('other')],
    },
    {
      name: 'a user has one e-mail address or none, and nothing is told of what it does not have',
      evidence: 'IdentityStore API_CreateUser: Emails, fixed number of 1 item',
      steps: [
        userMade('user', '{{unique}}'),
        answers('DescribeUser', { ...STORE, UserId: '{{user.UserId}}' }, { Emails: absent, DisplayName: text }),
        refuses('CreateUser', user('{{unique}}-b', { Emails: [] }), 'ValidationException'),
        refuses(
          'CreateUser',
          user('{{unique}}-b', { Emails: [{ Value: 'a@example.com' }, { Value: 'b@example.com' }] }),
          'ValidationException',
        ),
        groupMade('group', '{{unique}}'),
        answers('DescribeGroup', { ...STORE, GroupId: '{{group.GroupId}}' }, { Description: absent }),
      ],
      cleanup: [userGone('user'), groupGone('group')],
    },
    {
      name: 'an e-mail address is taken, and found, in whatever case it is written',
      evidence: 'IdentityStore API_CreateUser, API_GetUserId: emails.value; no page says whether case counts',
      steps: [
        userMade('user', '{{unique}}', { Emails: [{ Value: '{{unique}}@example.com' }] }),
        taken('CreateUser', user('{{unique}}-b', { Emails: [{ Value: '{{unique}}@EXAMPLE.com' }] })),
        answers('GetUserId', by('emails.value', '{{unique}}@Example.com'), { UserId: '{{user.UserId}}' }),
        userGone('user'),
        userMade('user', '{{unique}}-b', { Emails: [{ Value: '{{unique}}@EXAMPLE.com' }] }),
      ],
      cleanup: [userGone('user')],
    },
    lengths('the name of a user', 'CreateUser', (name) => user(name), 128),
    lengths('what a user is called', 'CreateUser', (DisplayName, name) => user(name, { DisplayName }), 1024),
    lengths(
      'the first name of a user',
      'CreateUser',
      (GivenName, name) => user(name, { Name: { GivenName, FamilyName: 'Formance' } }),
      1024,
    ),
    lengths(
      'the last name of a user',
      'CreateUser',
      (FamilyName, name) => user(name, { Name: { GivenName: 'Con', FamilyName } }),
      1024,
    ),
    lengths('the name of a group', 'CreateGroup', (DisplayName) => ({ DisplayName }), 1024),
    lengths(
      'the description of a group',
      'CreateGroup',
      (Description, DisplayName) => ({ DisplayName, Description }),
      1024,
    ),
    {
      name: 'ids, stores, paths of attributes and pages have their forms',
      evidence: 'IdentityStore API_DescribeUser, API_GetUserId, API_ListUsers: patterns and ranges',
      steps: [
        refuses('DescribeUser', { ...STORE, UserId: 'nobody' }, 'ValidationException'),
        refuses('DescribeGroup', { ...STORE, GroupId: 'nobody' }, 'ValidationException'),
        refuses('ListUsers', { IdentityStoreId: 'store' }, ['ValidationException', 'AccessDeniedException']),
        refuses('GetUserId', by('displayName', '{{unique}}'), 'ValidationException'),
        refuses('GetGroupId', by('description', '{{unique}}'), 'ValidationException'),
        refuses('GetGroupId', by('', '{{unique}}'), 'ValidationException'),
        refuses('GetGroupId', by('displayName', ''), 'ValidationException'),
        refuses('GetGroupId', by('x'.repeat(256), '{{unique}}'), 'ValidationException'),
        ...['ListUsers', 'ListGroups'].flatMap((call) => [
          answers(call, { ...STORE, MaxResults: 100 }),
          answers(call, { ...STORE, MaxResults: 1 }),
          refuses(call, { ...STORE, MaxResults: 101 }, 'ValidationException'),
          refuses(call, { ...STORE, MaxResults: 0 }, 'ValidationException'),
          refuses(call, { ...STORE, NextToken: 'nothing' }, 'ValidationException'),
        ]),
      ],
    },
  ],
};
