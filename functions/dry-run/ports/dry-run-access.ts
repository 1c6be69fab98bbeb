import { FACTORY_PERMISSION_SET } from '../../domain/access/factory-user';
import type { AccountAssignments, Assignment, GroupDirectory, Member } from '../../ports/identity-center';

/**
 * Two steps of a run read the same: the second one of a dry run is answered from the first. Organizations and Identity
 * Center answer few calls a second, and a night asks about all tenants.
 */
export function once<Given extends readonly string[], Answer>(
  read: (...given: Given) => Promise<Answer>,
): (...given: Given) => Promise<Answer> {
  const known = new Map<string, Promise<Answer>>();
  return (...given) => {
    const key = JSON.stringify(given);
    const answer = known.get(key) ?? read(...given);
    known.set(key, answer);
    return answer;
  };
}

const NOBODY: ReadonlyMap<string, string> = new Map();

/**
 * The directory as it is, with what the dry run has made of it. A new group is empty, and its id one that no
 * directory draws.
 */
export function dryRunDirectory(directory: GroupDirectory): GroupDirectory {
  const users = new Map<string, string | undefined>();
  const findGroup = once((name: string) => directory.findGroup(name));
  const listMembers = once((groupId: string) => directory.listMembers(groupId));
  const made = new Map<string, string>();
  const gone = new Set<string>();
  const joined = new Map<string, Member[]>();
  const left = new Set<string>();
  return {
    findUsers: async (userNames) => {
      const asked = userNames.filter((name) => !users.has(name));
      const found = asked.length === 0 ? NOBODY : await directory.findUsers(asked);
      for (const name of asked) users.set(name, found.get(name));
      return new Map(
        userNames.flatMap((name): [string, string][] => {
          const userId = users.get(name);
          return userId === undefined ? [] : [[name, userId]];
        }),
      );
    },
    findGroup: async (name) => {
      const own = [...made].find(([, other]) => other.toLowerCase() === name.toLowerCase())?.[0];
      const found = own ?? (await findGroup(name));
      return found === undefined || gone.has(found) ? undefined : found;
    },
    markOf: (groupId) => (made.has(groupId) ? Promise.resolve(null) : directory.markOf(groupId)),
    createGroup: ({ name }) => {
      const id = `new ${name}`;
      made.set(id, name);
      return Promise.resolve(id);
    },
    deleteGroup: (groupId) => Promise.resolve(void gone.add(groupId)),
    listMembers: async (groupId) => {
      if (gone.has(groupId)) return undefined;
      const there = made.has(groupId) ? [] : await listMembers(groupId);
      return there === undefined
        ? undefined
        : [...there, ...(joined.get(groupId) ?? [])].filter(({ userId }) => !left.has(`${groupId} ${userId}`));
    },
    addMembers: (groupId, userIds) => {
      const members = userIds.map((userId) => ({ userId, membershipId: 'new' }));
      joined.set(groupId, [...(joined.get(groupId) ?? []), ...members]);
      return Promise.resolve();
    },
    removeMembers: (groupId, members) => {
      for (const { userId } of members) left.add(`${groupId} ${userId}`);
      return Promise.resolve();
    },
  };
}

/** What the Account Factory would have given its user by then; which ids these have is not known. */
const OF_FACTORY = { userId: 'user', permissionSetArn: FACTORY_PERMISSION_SET };

interface DryRunAssignments extends AccountAssignments {
  /** The Account Factory has worked on the account. */
  enrolled(): void;
}

/** Assignments as they are, with what the dry run has given and taken; every request has ended well at once. */
export function dryRunAssignments(assignments: AccountAssignments): DryRunAssignments {
  let isEnrolled = false;
  const listOfGroup = once((accountId: string, groupId: string) => assignments.listOfGroup(accountId, groupId));
  const given = new Set<string>();
  const taken = new Set<string>();
  const keyOf = ({ groupId, permissionSetArn }: Omit<Assignment, 'accountId'>): string =>
    `${groupId} ${permissionSetArn}`;
  return {
    listOfGroup: async (accountId, groupId) => {
      const actual = groupId.startsWith('new ') ? [] : await listOfGroup(accountId, groupId);
      const own = [...given].filter((key) => key.startsWith(`${groupId} `)).map((key) => key.slice(groupId.length + 1));
      return [...actual, ...own].filter((permissionSetArn) => !taken.has(keyOf({ groupId, permissionSetArn })));
    },
    accountsOfGroup: (groupId) => assignments.accountsOfGroup(groupId),
    enrolled: () => {
      isEnrolled = true;
    },
    ofFactoryUser: async (accountId, user) => {
      const actual = await assignments.ofFactoryUser(accountId, user);
      const own = isEnrolled && actual.length === 0 ? [{ accountId, ...OF_FACTORY }] : [];
      return [...actual, ...own].filter(
        ({ userId: groupId, permissionSetArn }) => !taken.has(keyOf({ groupId, permissionSetArn })),
      );
    },
    create: (assignment) => {
      given.add(keyOf(assignment));
      return Promise.resolve({ requestId: 'dry-run' });
    },
    delete: (assignment) => {
      taken.add(keyOf(assignment));
      return Promise.resolve({ requestId: 'dry-run' });
    },
    describe: () => Promise.resolve({ state: 'SUCCEEDED', reason: null }),
  };
}
