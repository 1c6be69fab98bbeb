import type { DesiredState } from './desired-state';
import { echoed, shown, type Fault } from './fault';

/** What the contract describes and this version cannot do yet. Refused and said so, rather than half done. */
export function notYetSupported(tenant: PartsOfTenant): readonly Fault[] {
  const faults: Fault[] = [];
  const { platformTenantId, lifecycleState } = tenant;
  if (platformTenantId !== undefined && platformTenantId !== null) {
    const message = `is ${shown(platformTenantId)}, but importing existing accounts is not supported yet. Leave it null to have a new account made.`;
    faults.push({ field: 'tenant.spec.platformTenantId', message, value: echoed(platformTenantId), limit: 'null' });
  }
  if (lifecycleState !== undefined && lifecycleState !== 'ACTIVE') {
    const message = `is '${lifecycleState}', but deprovisioning is not supported yet; only 'ACTIVE' is. Close the account by hand.`;
    faults.push({ field: 'tenant.status.lifecycle.state', message, value: lifecycleState, limit: 'ACTIVE' });
  }
  return faults;
}

interface PartsOfTenant {
  readonly platformTenantId?: DesiredState['tenant']['spec']['platformTenantId'];
  readonly lifecycleState?: DesiredState['tenant']['status']['lifecycle']['state'] | undefined;
}
