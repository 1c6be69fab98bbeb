import { createHash } from 'node:crypto';

import * as z from 'zod/mini';

import { RejectedError, TransientError } from '../../domain/base/errors';
import type { GroupDirectory, Member } from '../../ports/identity-center';
import type { AddedMembers } from '../../ports/identity-center';
import { type ScimEndpoint, callScim } from './scim-client';

interface Directory {
  readonly scim: ScimEndpoint;
  readonly addedMembers: AddedMembers;
}

/**
 * Groups in the identity store of IAM Identity Center, by SCIM, as AWS documents its own ("IAM Identity Center SCIM
 * Implementation"): filters compare with `eq` alone, a call changes up to 100 members, and members are never listed. So
 * whom we have put there is remembered, and each of them is asked about; somebody whom other people have put there by
 * hand cannot be seen. A group's `externalId` carries the mark.
 */
export function scimGroupDirectory(scim: ScimEndpoint, addedMembers: AddedMembers): GroupDirectory {
  const directory: Directory = { scim, addedMembers };
  return {
    findUsers: (userNames) => findUsers(directory, userNames),
    findGroup: (name) => findOne(directory, `look up the group ${name}`, 'Groups', equal('displayName', name)),
    markOf: (groupId) => markOf(directory, groupId),
    createGroup: (group) => createGroup(directory, group),
    deleteGroup: (groupId) => deleteGroup(directory, groupId),
    listMembers: (groupId) => listMembers(directory, groupId),
    addMembers: (groupId, userIds) => addMembers(directory, groupId, userIds),
    removeMembers: (groupId, members) => removeMembers(directory, groupId, members),
  };
}

async function findUsers(directory: Directory, userNames: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const userName of userNames) {
    const id = await findOne(directory, 'look up users', 'Users', equal('userName', userName));
    if (id !== undefined) found.set(userName, id);
  }
  return found;
}

const ListSchema = z.object({ Resources: z._default(z.array(z.object({ id: z.string() })), []) });

async function findOne(
  { scim }: Directory,
  doing: string,
  endpoint: 'Groups' | 'Users',
  filter: string,
): Promise<string | undefined> {
  const path = `/${endpoint}?${new URLSearchParams({ filter }).toString()}`;
  const answer = await callScim(scim, { doing, method: 'GET', path });
  return answer === 'absent' ? undefined : ListSchema.parse(answer.content).Resources[0]?.id;
}

const equal = (attribute: string, value: string): string => `${attribute} eq ${JSON.stringify(value)}`;

const GroupSchema = z.object({ id: z.string(), externalId: z.nullish(z.string()) });

async function lookAt(
  { scim }: Directory,
  groupId: string,
): Promise<Readonly<z.infer<typeof GroupSchema>> | undefined> {
  const doing = `describe the group ${groupId}`;
  const answer = await callScim(scim, { doing, method: 'GET', path: pathOf(groupId) });
  return answer === 'absent' ? undefined : GroupSchema.parse(answer.content);
}

const pathOf = (groupId: string): string => `/Groups/${encodeURIComponent(groupId)}`;

async function markOf(directory: Directory, groupId: string): Promise<string | null> {
  return (await lookAt(directory, groupId))?.externalId?.split(' ')[0] ?? null;
}

/** An external id belongs to one group, a mark to all of a tenant: a part that tells groups apart follows. */
const externalIdOf = (name: string, mark: string): string =>
  `${mark} ${createHash('sha256').update(name).digest('hex').slice(0, 16)}`;

/** A conflict comes back as TransientError: the next look finds the group of that name. */
async function createGroup(
  { scim }: Directory,
  { name, mark }: { readonly name: string; readonly mark: string },
): Promise<string> {
  const doing = `create the group ${name}`;
  const body = { schemas: [GROUP], displayName: name, externalId: externalIdOf(name, mark) };
  const answer = await callScim(scim, { doing, method: 'POST', path: '/Groups', body });
  if (answer === 'absent') throw new TransientError(`The SCIM endpoint could not ${doing}.`);
  return GroupSchema.parse(answer.content).id;
}

const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';

async function deleteGroup({ scim, addedMembers }: Directory, groupId: string): Promise<void> {
  await callScim(scim, { doing: `delete the group ${groupId}`, method: 'DELETE', path: pathOf(groupId) });
  if (addedMembers.membersOf(groupId).length > 0) await addedMembers.record(groupId, []);
}

async function listMembers(directory: Directory, groupId: string): Promise<readonly Member[] | undefined> {
  if ((await lookAt(directory, groupId)) === undefined) return undefined;
  const members: Member[] = [];
  for (const userId of directory.addedMembers.membersOf(groupId)) {
    const filter = `${equal('id', groupId)} and ${equal('members', userId)}`;
    const found = await findOne(directory, `look up members of group ${groupId}`, 'Groups', filter);
    if (found !== undefined) members.push({ userId, membershipId: userId });
  }
  return members;
}

/** Remembered first: killed in between, the next run asks about them and finds that they are not there yet. */
async function addMembers(directory: Directory, groupId: string, userIds: readonly string[]): Promise<void> {
  const before = directory.addedMembers.membersOf(groupId);
  const after = [...new Set([...before, ...userIds])].toSorted();
  if (after.length > before.length) await directory.addedMembers.record(groupId, after);
  if (await change(directory, groupId, 'add', userIds)) return;
  throw new RejectedError(
    `The group ${groupId}, or somebody who is to be put into it, has gone from IAM Identity Center just now.`,
    'Replay this run: it makes a new group, and looks people up again.',
  );
}

/** Forgotten last: killed in between, the next run finds that they have gone. */
async function removeMembers(directory: Directory, groupId: string, members: readonly Member[]): Promise<void> {
  const gone = members.map(({ userId }) => userId);
  const done = await change(directory, groupId, 'remove', gone);
  if (!done && (await lookAt(directory, groupId)) !== undefined) {
    throw new TransientError(`Somebody whom we were taking out of group ${groupId} has gone just now.`);
  }
  const left = directory.addedMembers.membersOf(groupId).filter((userId) => !gone.includes(userId));
  await directory.addedMembers.record(groupId, left);
}

const MAX_CHANGES = 100;

/** @returns false when the group, or one of the people, is not there */
async function change(
  { scim }: Directory,
  groupId: string,
  op: 'add' | 'remove',
  userIds: readonly string[],
): Promise<boolean> {
  for (let start = 0; start < userIds.length; start += MAX_CHANGES) {
    const value = userIds.slice(start, start + MAX_CHANGES).map((userId) => ({ value: userId }));
    const body = { schemas: [PATCH], Operations: [{ op, path: 'members', value }] };
    const doing = `${op} members of group ${groupId}`;
    if ((await callScim(scim, { doing, method: 'PATCH', path: pathOf(groupId), body })) === 'absent') return false;
  }
  return true;
}

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
