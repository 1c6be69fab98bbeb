import type { PlannedGroup } from './owned-groups';

/** Compares members: who is one and should not be, and who should be one and is not. */
export function memberDifferences<Member extends { readonly userId: string }>(
  actual: readonly Member[],
  wanted: ReadonlySet<string>,
): { readonly add: readonly string[]; readonly remove: readonly Member[] } {
  const present = new Set(actual.map(({ userId }) => userId));
  return {
    add: [...wanted].filter((userId) => !present.has(userId)),
    remove: actual.filter(({ userId }) => !wanted.has(userId)),
  };
}

/** Which permission sets a group should have in the account and has not, and the other way round. */
export function assignmentDifferences(
  actual: readonly string[],
  wanted: readonly string[],
): { readonly create: readonly string[]; readonly delete: readonly string[] } {
  return {
    create: wanted.filter((arn) => !actual.includes(arn)),
    delete: actual.filter((arn) => !wanted.includes(arn)),
  };
}

/** The ids of a planned group's members, as far as the directory knows these people. */
export function wantedMembers({ members }: PlannedGroup, users: ReadonlyMap<string, string>): ReadonlySet<string> {
  return new Set(members.flatMap((member) => users.get(member) ?? []));
}

/** Everybody who is planned to be in any group, once. */
export function plannedPeople(groups: readonly PlannedGroup[]): readonly string[] {
  return [...new Set(groups.flatMap(({ members }) => members))].toSorted();
}
