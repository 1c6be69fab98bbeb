import type { AccountTags, OrganizationTree } from '../../ports/organizations';

/** The tree as it is, with the account where the dry run has moved it. */
export function dryRunTree(
  tree: OrganizationTree,
): OrganizationTree & { readonly place: (childId: string, to: string) => void } {
  const moved = new Map<string, string>();
  return {
    describeOrganizationalUnit: (id) => tree.describeOrganizationalUnit(id),
    parentOf: (childId) => {
      const parent = moved.get(childId);
      return parent === undefined ? tree.parentOf(childId) : Promise.resolve(parent);
    },
    rootAbove: (unitId) => tree.rootAbove(unitId),
    isBelow: (unitId, ancestorId) => tree.isBelow(unitId, ancestorId),
    place: (childId, to) => void moved.set(childId, to),
    moveAccount: ({ accountId, to }) => Promise.resolve(void moved.set(accountId, to)),
  };
}

/** The tags as they are, with what the dry run has put and removed. */
export function dryRunTags(tags: Pick<AccountTags, 'list'>): AccountTags {
  const put = new Map<string, string>();
  const removed = new Set<string>();
  return {
    list: async (accountId) => {
      const actual = Object.entries(await tags.list(accountId)).filter(([key]) => !removed.has(key));
      return { ...Object.fromEntries(actual), ...Object.fromEntries(put) };
    },
    put: (_, wanted) => {
      for (const [key, value] of Object.entries(wanted)) put.set(key, value);
      return Promise.resolve();
    },
    remove: (_, keys) => {
      for (const key of keys) removed.add(key);
      return Promise.resolve();
    },
  };
}
