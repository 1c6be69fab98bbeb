import { accountOfRole } from './account-of-role';
import type { DesiredState } from './desired-state';
import { echoed, shown, type Fault } from './fault';
import type { PlatformConfiguration } from './platform-configuration';

/** What a tenant may not say of itself: an account that cannot be its own, or that it is to go, for which there is no plan. */
export function tenantFaults(
  { platformTenantId, lifecycleState }: PartsOfTenant,
  platform: ServiceAccounts,
): readonly Fault[] {
  const faults: Fault[] = [];
  if (platformTenantId !== undefined && platformTenantId !== null) {
    faults.push(...importFaults(platformTenantId, platform));
  }
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

type ServiceAccounts = Pick<PlatformConfiguration, 'accessConfig' | 'automationAccountRole'>;

const REMEDY = 'Name an account of the organization that is to be imported, or leave it null to have a new one made.';

/** Whether the account is in the organization, and whose it is, AWS and the ledger tell; this much is told by its id alone. */
function importFaults(accountId: string, platform: ServiceAccounts): readonly Fault[] {
  const field = 'tenant.spec.platformTenantId';
  const value = echoed(accountId);
  if (!/^\d{12}$/.test(accountId)) {
    const message = `is ${shown(accountId)}, which is no id of an AWS account: that has 12 digits. ${REMEDY}`;
    return [{ field, message, value, limit: '12 digits' }];
  }
  const ours = [
    ['management', platform.accessConfig.organizationRootAccountRole],
    ['automation', platform.automationAccountRole],
  ] as const;
  return ours
    .filter(([, role]) => accountOfRole(role) === accountId)
    .map(([kind]) => ({
      field,
      message: `is ${shown(accountId)}, the ${kind} account, which cannot be a tenant's. ${REMEDY}`,
      value,
    }));
}
