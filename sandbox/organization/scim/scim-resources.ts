import SCIMMY from 'scimmy';
import * as z from 'zod';

import { drawUuid } from '../draw';
import type { OrganizationState } from '../organization-state';
import { comparable, type DirectoryGroup, type IdentityCenter } from '../services/sso-admin/identity-center';

/** What each call is answered from. */
export interface ScimContext {
  readonly state: OrganizationState;
  readonly method: string;
}

const isSameName = (one: string, other: string): boolean => comparable(one) === comparable(other);

const failure = (status: number, message: string): Error => new SCIMMY.Types.Error(status, '', message);

/** The library has one set of resources for the whole process; whose identity store is meant comes with each call. */
export function declareScimResources(): void {
  SCIMMY.Resources.declare(SCIMMY.Resources.User.egress(readUsers));
  SCIMMY.Resources.declare(SCIMMY.Resources.Group.egress(readGroups).ingress(writeGroup).degress(deleteGroup));
}

interface UserShape {
  readonly id: string;
  readonly userName: string;
  readonly displayName: string;
}

interface GroupShape {
  readonly id: string;
  readonly displayName: string;
  readonly externalId?: string;
  readonly members: { readonly value: string }[];
}

interface Resource {
  readonly id?: string | undefined;
  readonly filter?: unknown;
}

function storeIn({ state }: ScimContext): IdentityCenter {
  // @evidence documented singlesignon/latest/developerguide/creategroup: UnauthorizedException, 401, for a tenant that
  //   is not known
  if (state.identityCenter === null) throw failure(401, 'UnauthorizedException');
  return state.identityCenter;
}

/** The comparisons of a filter, by attribute in lower case; they are joined by `and`. */
function comparisons(filter: unknown): ReadonlyMap<string, string> {
  const [first = {}] = FilterSchema.parse(filter ?? []);
  return new Map(Object.entries(first).map(([attribute, [, value]]) => [attribute.toLowerCase(), value]));
}

/** As the library reads `id eq "…" and members eq "…"`: comparisons by attribute. */
const FilterSchema = z.array(z.record(z.string(), z.tuple([z.literal('eq'), z.string()])));

function readUsers(resource: Resource, context: ScimContext): UserShape[] | UserShape {
  const users = [...storeIn(context).users.values()].map(({ id, userName, displayName }) => ({
    id,
    userName,
    displayName,
  }));
  if (resource.id !== undefined) return found(users.find(({ id }) => id === resource.id));
  const asked = comparisons(resource.filter);
  const userName = asked.get('username');
  return users.filter((user) => userName === undefined || isSameName(user.userName, userName)).slice(0, 100);
}

function readGroups(resource: Resource, context: ScimContext): GroupShape[] | GroupShape {
  const store = storeIn(context);
  if (resource.id !== undefined) {
    const group = found(store.groups.get(resource.id));
    // AWS never returns members; the library needs them to carry out a PATCH.
    return shape(group, context.method === 'PATCH' ? membersOf(store, group.id) : []);
  }
  const asked = comparisons(resource.filter);
  const member = asked.get('members');
  if (member !== undefined) found(store.users.get(member));
  return [...store.groups.values()]
    .filter(({ displayName }) => isSameName(displayName, asked.get('displayname') ?? displayName))
    .filter(({ id }) => id === (asked.get('id') ?? id))
    .filter(({ id }) => member === undefined || membersOf(store, id).includes(member))
    .slice(0, 100)
    .map((group) => shape(group, []));
}

function found<Thing>(thing: Thing | undefined): Thing {
  // @evidence documented singlesignon/latest/developerguide/getgroup: ResourceNotFoundException, 404, for a group that
  //   does not exist
  if (thing === undefined) throw failure(404, 'ResourceNotFoundException');
  return thing;
}

const membersOf = ({ memberships }: IdentityCenter, groupId: string): readonly string[] =>
  memberships.having('groupId', groupId).map(({ userId }) => userId);

const shape = ({ id, displayName, externalId }: DirectoryGroup, members: readonly string[]): GroupShape => ({
  id,
  displayName,
  ...(externalId === null ? {} : { externalId }),
  members: members.map((value) => ({ value })),
});

interface ScimGroup {
  readonly displayName: string;
  readonly externalId?: string | undefined;
  readonly members?: readonly { readonly value: string }[] | undefined;
}

function writeGroup(resource: Resource, instance: ScimGroup, context: ScimContext): GroupShape {
  const store = storeIn(context);
  return resource.id === undefined
    ? createGroup(store, instance, context)
    : changeGroup(store, found(store.groups.get(resource.id)), instance, context);
}

function createGroup(store: IdentityCenter, instance: ScimGroup, { state }: ScimContext): GroupShape {
  const { displayName, externalId = null } = instance;
  const isTaken = [...store.groups.values()].some(
    (one) => isSameName(one.displayName, displayName) || (externalId !== null && one.externalId === externalId),
  );
  // @evidence documented singlesignon/latest/developerguide/creategroup: ConflictException, 409, for a group that
  //   exists
  if (isTaken) throw failure(409, 'ConflictException');
  const group = { id: drawUuid(state.random), displayName, description: null, externalId, createdAt: 0 };
  store.groups.set(group.id, group);
  return shape(group, []);
}

function changeGroup(
  store: IdentityCenter,
  group: DirectoryGroup,
  { displayName, members = [] }: ScimGroup,
  { state }: ScimContext,
): GroupShape {
  const wanted = members.map(({ value }) => value);
  wanted.forEach((userId) => found(store.users.get(userId)));
  store.groups.set(group.id, { ...group, displayName });
  const present = membersOf(store, group.id);
  for (const { id, groupId, userId } of [...store.memberships.values()]) {
    if (groupId === group.id && !wanted.includes(userId)) store.memberships.delete(id);
  }
  for (const userId of wanted.filter((one) => !present.includes(one))) {
    const id = drawUuid(state.random);
    store.memberships.set(id, { id, groupId: group.id, userId });
  }
  return shape(group, []);
}

function deleteGroup(resource: Resource, context: ScimContext): void {
  const store = storeIn(context);
  const { id } = found(store.groups.get(resource.id ?? ''));
  store.groups.delete(id);
  for (const membership of [...store.memberships.values()]) {
    if (membership.groupId === id) store.memberships.delete(membership.id);
  }
}
