import { identityStoreGroupDirectory } from '../../../../functions/aws/identity-center/identity-store-group-directory';
import { expectRejected } from '../../../fakes/expect-rejected';
import { groupDirectorySuite } from './group-directory-suite';
import { awsError, type CannedAnswer } from '../../../fakes/canned-request-handler';
import { cannedCaller, OrganizationWorld } from '../organization-world';

const identityStore = {
  region: 'eu-central-1',
  identityStoreId: 'd-1234567890',
  instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
};

const permissions = { management: ['identitystore:*'] };

const directoryIn = (world: OrganizationWorld, changes: Partial<typeof identityStore> = {}) =>
  identityStoreGroupDirectory(world.caller({ permissions }), { ...identityStore, ...changes });

describe('groups in the identity store, by the Identity Store API', () => {
  it.each(Object.entries(groupDirectorySuite))('%s', async (_, tries) => {
    const world = new OrganizationWorld();
    const again = () => directoryIn(world);
    await expect(tries({ directory: again(), organization: world.organization, again })).resolves.toBeUndefined();
  });
});

describe('an identity store that is not there', () => {
  it.each([
    ['another store', { identityStoreId: 'd-0000000000' }, 'd-0000000000 in eu-central-1'],
    ['another region', { region: 'eu-west-1' }, 'd-1234567890 in eu-west-1'],
  ])('is never taken for people and groups that are gone: %s', async (_, changes, named) => {
    const world = new OrganizationWorld();
    const groupId = await directoryIn(world).createGroup({ name: 'mst-shop-admin', mark: 'ours' });
    const lost = directoryIn(world, changes);
    for (const call of [
      () => lost.findUsers(['jane@corp.example']),
      () => lost.findGroup('mst-shop-admin'),
      () => lost.listMembers(groupId),
      () => lost.deleteGroup(groupId),
    ]) {
      await expectRejected(call(), `There is no identity store ${named}`, 'identityStoreId and region');
    }
  });
});

const gone = (ResourceType: string) => awsError('ResourceNotFoundException', { ResourceType });
const answer = (body: object): CannedAnswer => ({ body });

/** The identity store with the answers of a test. */
function answering(...answers: readonly CannedAnswer[]) {
  const { handler, session } = cannedCaller(...answers);
  return {
    directory: identityStoreGroupDirectory(session, identityStore),
    asked: () => handler.requests.map(({ target, body }) => [target.split('.')[1], body]),
  };
}

const by = (AttributePath: string, AttributeValue: string) => ({
  IdentityStoreId: 'd-1234567890',
  AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
});

describe('what is asked of an identity store', () => {
  it('is each person and group by the one attribute that names it', async () => {
    const { directory, asked } = answering(
      answer({}),
      gone('USER'),
      answer({ UserId: 'u-1' }),
      answer({ GroupId: 'g' }),
    );
    expect([...(await directory.findUsers(['silent', 'gone', 'jane']))]).toEqual([['jane', 'u-1']]);
    expect(await directory.findGroup('mst-shop')).toBe('g');
    expect(asked()).toEqual([
      ['GetUserId', by('userName', 'silent')],
      ['GetUserId', by('userName', 'gone')],
      ['GetUserId', by('userName', 'jane')],
      ['GetGroupId', by('displayName', 'mst-shop')],
    ]);
  });

  it('are the members of a group, to the end of the list', async () => {
    const { directory, asked } = answering(
      answer({ NextToken: 'two' }),
      answer({ GroupMemberships: [{ MembershipId: 'm-1', MemberId: { UserId: 'u-1' } }, {}] }),
    );
    expect(await directory.listMembers('g')).toEqual([
      { userId: 'u-1', membershipId: 'm-1' },
      { userId: '', membershipId: '' },
    ]);
    expect(asked()[1]).toEqual([
      'ListGroupMemberships',
      { IdentityStoreId: 'd-1234567890', GroupId: 'g', NextToken: 'two' },
    ]);
  });

  it('is one change after the other, each of what is not so already', async () => {
    const taken = awsError('ConflictException', { Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' });
    const { directory, asked } = answering(taken, answer({}), gone('GROUP_MEMBERSHIP'), answer({}));
    await directory.addMembers('g', ['u-1', 'u-2']);
    await directory.removeMembers(
      'g',
      ['m-1', 'm-2'].map((membershipId) => ({ userId: 'u', membershipId })),
    );
    const IdentityStoreId = 'd-1234567890';
    expect(asked()).toEqual([
      ['CreateGroupMembership', { IdentityStoreId, GroupId: 'g', MemberId: { UserId: 'u-1' } }],
      ['CreateGroupMembership', { IdentityStoreId, GroupId: 'g', MemberId: { UserId: 'u-2' } }],
      ['DeleteGroupMembership', { IdentityStoreId, MembershipId: 'm-1' }],
      ['DeleteGroupMembership', { IdentityStoreId, MembershipId: 'm-2' }],
    ]);
  });

  it('is a new group with its mark, which a silent answer is not', async () => {
    const { directory, asked } = answering(answer({ GroupId: 'g' }), answer({}));
    expect(await directory.createGroup({ name: 'mst-shop', mark: 'ours' })).toBe('g');
    expect(asked()).toEqual([
      ['CreateGroup', { IdentityStoreId: 'd-1234567890', DisplayName: 'mst-shop', Description: 'ours' }],
    ]);
    await expect(directory.createGroup({ name: 'mst-shop', mark: 'ours' })).rejects.toThrow('without a group id');
    expect(await directory.markOf('g')).toBeNull();
  });

  it.each<readonly [string, string, (directory: ReturnType<typeof directoryIn>) => Promise<unknown>]>([
    ['GROUP', 'look up users', (directory) => directory.findUsers(['jane'])],
    ['USER', 'look up the group mst-shop', (directory) => directory.findGroup('mst-shop')],
    ['USER', 'describe the group g', (directory) => directory.markOf('g')],
    ['USER', 'delete the group g', (directory) => directory.deleteGroup('g')],
    ['USER', 'list the members of group g', (directory) => directory.listMembers('g')],
    ['GROUP', 'add members to group g', (directory) => directory.addMembers('g', ['u'])],
    [
      'GROUP',
      'remove members from group g',
      (directory) => directory.removeMembers('g', [{ userId: 'u', membershipId: 'm' }]),
    ],
    ['USER', 'create the group mst-shop', (directory) => directory.createGroup({ name: 'mst-shop', mark: '' })],
  ])('is never at its end because a %s is gone that it was not about: %s', async (kind, doing, call) => {
    await expectRejected(call(answering(gone(kind)).directory), `refused to ${doing}`, 'AWS does not have what');
  });

  it('comes again where somebody else has made a change at the same time', async () => {
    const { directory } = answering(awsError('ConflictException', { Reason: 'CONCURRENT_MODIFICATION' }));
    await expect(directory.addMembers('g', ['u-1'])).rejects.toMatchObject({ name: 'TransientError' });
  });

  it('is nothing where none is configured', async () => {
    const { handler, session } = cannedCaller(answer({ GroupId: 'g' }));
    await identityStoreGroupDirectory(session, null).findGroup('mst-shop');
    expect(handler.requests.map(({ body }) => body)).toMatchObject([{ IdentityStoreId: '' }]);
  });
});
