import { exampleOrganization } from '../organization/example-organization';
import type { OrganizationSeed } from '../organization/organization-seed';
import { accountsToImport } from './accounts-to-import';
import { existingGroupOf } from './simulated-configuration';
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
  const groups = [...(example.identityCenter.groups ?? []), ...existingGroups(tenants)];
  return { ...example, identityCenter: { ...example.identityCenter, users, groups } };
}

/** One for each workspace, brought by the identity provider before anything else. */
const existingGroups = (tenants: readonly SimulatedTenant[]): readonly { readonly name: string }[] =>
  [
    ...new Set(
      tenants.flatMap(({ requests }) => requests.map(({ desiredState }) => desiredState.workspace.metadata.name)),
    ),
  ].map((workspace) => ({ name: existingGroupOf(workspace) }));
