import { exampleOrganization } from '../organization/example-organization';
import type { OrganizationSeed } from '../organization/organization-seed';
import { accountsToImport } from './accounts-to-import';
import { simulatedUsers } from './simulated-directory';
import type { SimulatedTenant } from './simulated-tenants';
import type { SimulationFixture } from './simulation-fixture';

/** The example organization, with the accounts that tenants import, and in its directory the people of the tenants. */
export function simulatedOrganization(
  seed: number,
  tenants: readonly SimulatedTenant[],
  { configuration }: SimulationFixture,
): OrganizationSeed {
  const { accounts, ...rest } = exampleOrganization();
  const old = accountsToImport(tenants, configuration.platform.accountAccessRole);
  const example = { ...rest, accounts: [...accounts, ...old] };
  if (example.identityCenter === undefined) return example;
  const users = [...example.identityCenter.users, ...simulatedUsers(seed, tenants)];
  return { ...example, identityCenter: { ...example.identityCenter, users } };
}
