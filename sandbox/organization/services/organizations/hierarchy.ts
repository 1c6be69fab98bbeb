import type { Account, OrganizationState, Unit } from '../../organization-state';

/** Ids from the root down to the account, both included. */
export function pathFromRoot(state: OrganizationState, accountId: string): readonly string[] {
  const account = state.accounts.get(accountId);
  return account === undefined ? [] : [...ancestry(state, account.parentId), accountId];
}

/** Ids from the root down to this root or OU, itself included. */
export function ancestry(state: OrganizationState, parentId: string): readonly string[] {
  const unit = state.units.get(parentId);
  return unit === undefined ? [parentId] : [...ancestry(state, unit.parentId), parentId];
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
