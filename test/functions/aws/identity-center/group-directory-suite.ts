import { TransientError } from '../../../../functions/domain/base/errors';
import type { GroupDirectory, Member } from '../../../../functions/ports/identity-center';
import type { Organization } from '../../../../sandbox/organization/organization';

/** A directory with jane@corp.example and omar@corp.example, and what is really in it. */
export interface DirectoryUnderTest {
  readonly directory: GroupDirectory;
  readonly organization: Organization;
  /** As a later run finds it: another process, with what the ledger remembers. */
  readonly again: () => GroupDirectory;
}

const NAME = 'mst-shop-admin';

/** One of our groups with two members. */
async function groupOfTwo(world: DirectoryUnderTest) {
  const found = await world.directory.findUsers(['jane@corp.example', 'omar@corp.example']);
  const groupId = await world.directory.createGroup({ name: NAME, mark: 'ours' });
  await world.directory.addMembers(groupId, [...found.values()]);
  return { ...world, groupId, users: [...found.values()] };
}

const membersIn = ({ state }: Organization, groupId: string): readonly string[] =>
  [...(state.identityCenter?.memberships.values() ?? [])]
    .filter((one) => one.groupId === groupId)
    .map(({ userId }) => userId)
    .toSorted();

const idsOf = (members: readonly Member[] | undefined): readonly string[] | undefined =>
  members?.map(({ userId }) => userId).toSorted();

const only = (userId: string, members: readonly Member[] | undefined): readonly Member[] =>
  (members ?? []).filter((member) => member.userId === userId);

/** As an administrator does it, by hand. */
function takeOut({ state }: Organization, userId: string): void {
  const { memberships } = state.identityCenter ?? {};
  for (const membership of [...(memberships?.values() ?? [])]) {
    if (membership.userId === userId) memberships?.delete(membership.id);
  }
}

/** What every adapter of the port keeps to, whatever interface of AWS it speaks. Each entry gets a world of its own. */
export const groupDirectorySuite: Readonly<Record<string, (world: DirectoryUnderTest) => Promise<void>>> = {
  'finds people by userName whatever the case, and leaves out whom it does not know': async (world) => {
    const { directory } = world;
    const found = await directory.findUsers(['jane@CORP.example', 'nobody@corp.example']);
    expect([...found.keys()]).toEqual(['jane@CORP.example']);
  },

  'makes a group, finds it by its name and knows its mark': async (world) => {
    const { directory, groupId } = await groupOfTwo(world);
    expect(await directory.findGroup(NAME.toUpperCase())).toBe(groupId);
    expect(await directory.markOf(groupId)).toBe('ours');
    expect(await directory.findGroup('mst-other')).toBeUndefined();
  },

  'marks several groups alike': async (world) => {
    const { directory } = await groupOfTwo(world);
    const other = await directory.createGroup({ name: 'mst-shop-reader', mark: 'ours' });
    expect(await directory.markOf(other)).toBe('ours');
  },

  'finds no mark on a group that somebody else has made': async (world) => {
    const { directory, organization } = world;
    const group = { id: 'g-1', displayName: NAME, description: null, externalId: null, createdAt: 0 };
    organization.state.identityCenter?.groups.set(group.id, group);
    expect(await directory.findGroup(NAME)).toBe('g-1');
  },

  'comes back later to a group whose name was taken meanwhile': async (world) => {
    const { directory } = await groupOfTwo(world);
    await expect(directory.createGroup({ name: NAME, mark: 'ours' })).rejects.toThrow(TransientError);
  },

  'lists the members of a group, also in a later run': async (world) => {
    const { groupId, users, organization, again } = await groupOfTwo(world);
    const members = await again().listMembers(groupId);
    expect(idsOf(members)).toEqual(users.toSorted());
    expect(membersIn(organization, groupId)).toEqual(users.toSorted());
  },

  'takes members out and leaves the others, and bears that they are in or out already': async (world) => {
    const { directory, groupId, users, organization, again } = await groupOfTwo(world);
    const [jane = '', omar = ''] = users;
    await directory.addMembers(groupId, [jane]);
    const members = only(jane, await directory.listMembers(groupId));
    await directory.removeMembers(groupId, members);
    await directory.removeMembers(groupId, members);
    expect(membersIn(organization, groupId)).toEqual([omar]);
    expect(idsOf(await again().listMembers(groupId))).toEqual([omar]);
  },

  'sees that somebody else has taken a member out': async (world) => {
    const { groupId, users, organization, again } = await groupOfTwo(world);
    const [jane = '', omar = ''] = users;
    takeOut(organization, jane);
    expect(idsOf(await again().listMembers(groupId))).toEqual([omar]);
  },

  'sees that somebody has left the company': async (world) => {
    const { groupId, users, organization, again } = await groupOfTwo(world);
    const [jane = '', omar = ''] = users;
    organization.state.identityCenter?.users.delete(jane);
    takeOut(organization, jane);
    expect(idsOf(await again().listMembers(groupId))).toEqual([omar]);
  },

  'says that a group is gone, and bears that it is': async (world) => {
    const { directory, groupId, again } = await groupOfTwo(world);
    const members = (await directory.listMembers(groupId)) ?? [];
    await directory.deleteGroup(groupId);
    await directory.deleteGroup(groupId);
    await directory.removeMembers(groupId, members);
    expect(await again().listMembers(groupId)).toBeUndefined();
    expect(await again().markOf(groupId)).toBeNull();
    expect(await again().findGroup(NAME)).toBeUndefined();
  },

  'rejects members for a group that is gone': async (world) => {
    const { directory, groupId, users } = await groupOfTwo(world);
    await directory.deleteGroup(groupId);
    await expect(directory.addMembers(groupId, users)).rejects.toMatchObject({ name: 'RejectedError' });
  },
};
