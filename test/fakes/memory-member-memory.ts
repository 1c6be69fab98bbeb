import type { MemberMemory } from '../../functions/ports/member-memory';

/** What the ledger keeps, without a ledger. */
export function memoryMemberMemory(remembered = new Map<string, readonly string[]>()): MemberMemory & {
  readonly remembered: ReadonlyMap<string, readonly string[]>;
} {
  return {
    remembered,
    membersOf: (groupId) => remembered.get(groupId) ?? [],
    record: (groupId, userIds) => {
      remembered.set(groupId, userIds);
      return Promise.resolve();
    },
  };
}
