import type { Account, OrganizationState } from '../../organization-state';

const IDENTITY_CENTER = 'sso.amazonaws.com';

/**
 * @evidence documented organizations/APIReference/API_ListDelegatedAdministrators: without a service principal it lists
 *   those of all services, with one those of that service
 */
export function delegatedAdministrators({ seed, accounts }: OrganizationState, service?: string): readonly Account[] {
  const all = [
    ...(seed.delegatedAdministrators ?? []).map((id) => ({ id, of: 'other services' })),
    { id: seed.identityCenter?.delegatedAdministratorId ?? '', of: IDENTITY_CENTER },
  ];
  const found = all.filter(({ of }) => service === undefined || service === of).map(({ id }) => id);
  return [...new Set(found)].flatMap((id) => accounts.get(id) ?? []);
}
