import type { DesiredState } from '../desired-state/desired-state';
import type { Fault } from '../base/fault';
import { type ImportConfiguration, importFaults } from './import-faults';
import type { KnownAccounts } from '../records/known-accounts';
import { creationFaults } from '../configuration/creation-faults';

/**
 * What a tenant may not say of itself: an account that cannot be its own, or that it is to go, for which there is no
 * plan.
 */
export function tenantFaults(
  { platformTenantId, lifecycleState }: PartsOfTenant,
  platform: ImportConfiguration,
  known: KnownAccounts,
): readonly Fault[] {
  const faults: Fault[] = [];
  if (platformTenantId !== undefined && platformTenantId !== null) {
    faults.push(...importFaults(platformTenantId, platform, known));
  }
  if (lifecycleState === 'ACTIVE') faults.push(...creationFaults(platformTenantId, platform));
  if (lifecycleState !== undefined && lifecycleState !== 'ACTIVE') {
    const message = `is '${lifecycleState}': a deletion has no plan, since nothing is vended any more. Only 'ACTIVE' tenants are planned; a dry run by the API tells what becomes of the account.`;
    faults.push({ field: 'tenant.status.lifecycle.state', message, value: lifecycleState, limit: 'ACTIVE' });
  }
  return faults;
}

interface PartsOfTenant {
  readonly platformTenantId?: DesiredState['tenant']['spec']['platformTenantId'];
  readonly lifecycleState?: DesiredState['tenant']['status']['lifecycle']['state'] | undefined;
}
