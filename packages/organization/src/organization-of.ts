import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import type { OrganizationSeed } from '../../../sandbox/organization/organization-seed';

/** What there is before the first call. */
export type Landscape = 'landing-zone' | 'bare';

/** @returns an organization in which no role waits for account-vending */
export function organizationOf(landscape: Landscape): OrganizationSeed {
  const example: OrganizationSeed = { ...exampleOrganization(), serviceRoles: [], functions: [], stackSets: [] };
  if (landscape === 'landing-zone') return example;
  const {
    accountFactory: _factory,
    identityCenter: _identityCenter,
    controlTower: _tower,
    costs: _costs,
    ...bare
  } = example;
  const accounts = example.accounts.filter(({ id }) => id === example.managementAccountId);
  return { ...bare, accounts, organizationalUnits: [] };
}
