import type { DesiredState } from './desired-state';
import { echoed, shown, type Fault } from './fault';

/** What the contract describes and cannot be planned: imports, which this version cannot do yet, and tenants that are to go. */
export function notYetSupported(tenant: PartsOfTenant): readonly Fault[] {
  const faults: Fault[] = [];
  const { platformTenantId, lifecycleState } = tenant;
  if (platformTenantId !== undefined && platformTenantId !== null) {
    const message = `is ${shown(platformTenantId)}, but importing existing accounts is not supported yet. Leave it null to have a new account made.`;
    faults.push({ field: 'tenant.spec.platformTenantId', message, value: echoed(platformTenantId), limit: 'null' });
  }
  if (lifecycleState !== undefined && lifecycleState !== 'ACTIVE') {
    const message = `is '${lifecycleState}': a deletion has no plan, since nothing is vended any more. Only 'ACTIVE' tenants are planned.`;
    faults.push({ field: 'tenant.status.lifecycle.state', message, value: lifecycleState, limit: 'ACTIVE' });
  }
  return faults;
}

interface PartsOfTenant {
  readonly platformTenantId?: DesiredState['tenant']['spec']['platformTenantId'];
  readonly lifecycleState?: DesiredState['tenant']['status']['lifecycle']['state'] | undefined;
}
