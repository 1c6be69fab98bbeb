import type { Account, OrganizationState } from './organization-state';

/**
 * One of the organization that is known to be there: accounts stay, though they are closed.
 *
 * @throws Error where the model has lost it
 */
export function accountOf({ accounts }: Pick<OrganizationState, 'accounts'>, id: string): Account {
  const account = accounts.get(id);
  if (account === undefined) throw new Error(`The model has no account ${id}.`);
  return account;
}
