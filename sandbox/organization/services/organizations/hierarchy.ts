import type { Account, OrganizationState, Unit } from '../../organization-state';

/** Ids from the root down to this root, OU or account, itself included. */
export function ancestry(state: OrganizationState, id: string): readonly string[] {
  const child = state.units.get(id) ?? state.accounts.get(id);
  return child === undefined ? [id] : [...ancestry(state, child.parentId), id];
}

/** As in `Account.Paths` and `OrganizationalUnit.Path`: `o-…/r-…/ou-…/`, ending in a slash. */
export function pathText(state: OrganizationState, ids: readonly string[]): string {
  return `${[state.seed.organizationId, ...ids].join('/')}/`;
}

export function isParent(state: OrganizationState, id: string): boolean {
  return id === state.seed.rootId || state.units.has(id);
}

export function unitsUnder(state: OrganizationState, parentId: string): readonly Unit[] {
  return [...state.units.values()].filter((unit) => unit.parentId === parentId);
}

/** Those that listings show by now; a young account may still be missing. */
export function listedAccounts(state: OrganizationState, now: number): readonly Account[] {
  return [...state.accounts.values()].filter((account) => account.listedFrom <= now);
}
