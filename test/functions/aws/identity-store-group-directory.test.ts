import { identityStoreGroupDirectory } from '../../../functions/aws/identity-store-group-directory';
import { TransientError } from '../../../functions/domain/errors';
import { expectRejected } from '../../fakes/expect-rejected';
import { OrganizationWorld } from './organization-world';

const identityStore = {
  region: 'eu-central-1',
  identityStoreId: 'd-1234567890',
  instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
};

const permissions = { management: ['identitystore:*'] };

const directoryIn = (world: OrganizationWorld, changes: Partial<typeof identityStore> = {}) =>
  identityStoreGroupDirectory(world.caller({ permissions }), { ...identityStore, ...changes });

/** A group of ours with two members. */
async function groupOfTwo() {
  const world = new OrganizationWorld();
  const directory = directoryIn(world);
  const users = await directory.findUsers(['jane@corp.example', 'omar@corp.example']);
  const groupId = await directory.createGroup({ name: 'mst-shop-admin', mark: 'ours' });
  await directory.addMembers(groupId, [...users.values()]);
  return { world, directory, groupId, users };
}

describe('groups in the identity store', () => {
  it('finds people by userName whatever the case, and leaves out whom it does not know', async () => {
    const found = await directoryIn(new OrganizationWorld()).findUsers(['jane@CORP.example', 'nobody@corp.example']);
    expect([...found.keys()]).toEqual(['jane@CORP.example']);
  });

  it('makes a group, finds it by its name and knows its mark', async () => {
    const { directory, groupId } = await groupOfTwo();
    expect(await directory.findGroup('MST-shop-admin')).toBe(groupId);
    expect(await directory.markOf(groupId)).toBe('ours');
    expect(await directory.findGroup('mst-other')).toBeUndefined();
  });

  it('comes back later to a group whose name was taken meanwhile', async () => {
    const { directory } = await groupOfTwo();
    await expect(directory.createGroup({ name: 'mst-shop-admin', mark: 'ours' })).rejects.toThrow(TransientError);
  });

  it('lists members, takes them out, and bears that they are in or out already', async () => {
    const { directory, groupId, users } = await groupOfTwo();
    const [jane = ''] = users.values();
    await directory.addMembers(groupId, [jane]);
    const members = (await directory.listMembers(groupId)) ?? [];
    expect(members.map(({ userId }) => userId)).toEqual([...users.values()]);
    await directory.removeMembers(groupId, members);
    await directory.removeMembers(groupId, members);
    expect(await directory.listMembers(groupId)).toEqual([]);
  });

  it('says that a group is gone, and bears that it is', async () => {
    const { directory, groupId } = await groupOfTwo();
    await directory.deleteGroup(groupId);
    await directory.deleteGroup(groupId);
    expect(await directory.listMembers(groupId)).toBeUndefined();
    expect(await directory.markOf(groupId)).toBeNull();
  });

  it.each([
    ['another store', { identityStoreId: 'd-0000000000' }, 'd-0000000000 in eu-central-1'],
    ['another region', { region: 'eu-west-1' }, 'd-1234567890 in eu-west-1'],
  ])('never takes %s for people and groups that are gone', async (_, changes, named) => {
    const { world, groupId } = await groupOfTwo();
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
