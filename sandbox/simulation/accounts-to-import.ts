import type { AccountSeed } from '../organization/organization-seed';
import { newestOf, type SimulatedTenant } from './simulated-tenants';

/** The example's unit from which its configuration allows imports. */
const UNIT = 'ou-ab12-legacy01';

/** The accounts that tenants name: they were there before anything, and have the access role. */
export const accountsToImport = (tenants: readonly SimulatedTenant[], accessRole: string): readonly AccountSeed[] =>
  tenants.flatMap((tenant) => {
    const id = newestOf(tenant).desiredState.tenant.spec.platformTenantId ?? null;
    if (id === null) return [];
    return [
      {
        id,
        name: `legacy-${tenant.number}`,
        email: `legacy+${tenant.number}@corp.example`,
        parentId: UNIT,
        accessRole,
      },
    ];
  });
