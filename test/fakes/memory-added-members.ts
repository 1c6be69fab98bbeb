import type { AddedMembers } from '../../functions/ports/identity-center';

/** What the ledger keeps, without a ledger. */
export function memoryAddedMembers(remembered = new Map<string, readonly string[]>()): AddedMembers & {
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
