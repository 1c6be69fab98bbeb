import type { DesiredState } from '../desired-state/desired-state';
import type { ImportConfiguration } from './import-faults';
import type { VendingPlan } from '../plan/plan';
import { configuredServiceAccounts } from '../configuration/service-accounts';

/**
 * The account that a desired state names, and by what it is judged whether it may be imported. Where it names none,
 * nothing has to be judged.
 */
export function plannedImport(
  platform: ImportConfiguration,
  { platformTenantId }: Pick<DesiredState['tenant']['spec'], 'platformTenantId'>,
): Pick<VendingPlan, 'existingAccountId' | 'import' | 'serviceAccounts'> {
  if (platformTenantId === null || platformTenantId === undefined) {
    return { existingAccountId: null, import: null, serviceAccounts: [] };
  }
  return {
    existingAccountId: platformTenantId,
    import: rulesOf(platform),
    serviceAccounts: [...configuredServiceAccounts(platform)],
  };
}

const rulesOf = ({ import: rules }: ImportConfiguration): VendingPlan['import'] =>
  rules === undefined ? null : { organizationalUnits: [...(rules.organizationalUnits ?? [])], tag: rules.tag ?? null };
