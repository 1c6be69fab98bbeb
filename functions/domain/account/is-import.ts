import { RejectedError } from '../base/errors';
import { pinnedCreation } from '../records/account-records';
import type { TenantRecord } from '../records/ledger-records';
import type { VendingPlan } from '../plan/plan';

/**
 * Whether the run is to import an account: the desired state names one, and the tenant has none. Senders name the
 * account of a tenant in every desired state once they know it, so the one that the tenant has is nothing new.
 *
 * @throws RejectedError when the tenant has another account, or is about to get one
 */
export function isImport(
  { existingAccountId }: Pick<VendingPlan, 'existingAccountId'>,
  tenant: Pick<TenantRecord, 'account' | 'creation'>,
): boolean {
  if (existingAccountId === null) return false;
  const { account } = tenant;
  if (account !== null) {
    if (account.id !== existingAccountId) throw hasAnother(existingAccountId, account.id);
    return false;
  }
  const asked = pinnedCreation(tenant);
  if (asked === null) return true;
  if (asked.madeAccountId !== existingAccountId) throw isBeingMade(existingAccountId, asked.accountName);
  return false;
}

function hasAnother(wanted: string, actual: string): RejectedError {
  return new RejectedError(
    `tenant.spec.platformTenantId is ${wanted}, but this tenant has account ${actual}; a tenant keeps its account.`,
    `Send the desired state with ${actual} or null there and a higher replicationSequence. To use ${wanted}, import it for a tenant of its own.`,
  );
}

function isBeingMade(wanted: string, accountName: string): RejectedError {
  return new RejectedError(
    `tenant.spec.platformTenantId is ${wanted}, but AWS was asked for an account for this tenant ("${accountName}") and may have made it.`,
    'Send the desired state with null there and a higher replicationSequence, which finds that account; to import the other one, use a new tenant.',
  );
}
