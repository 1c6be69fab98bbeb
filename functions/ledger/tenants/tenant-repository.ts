import type { LedgerStore } from '../../ports/ledger-store';
import type { TenantRepository } from '../../ports/tenant-repository';
import { claimClosure, recordClosingAllowance, releaseClosure } from './claim-closure';
import { recordAccount } from './record-account';
import { claimOperation, updateTenant } from './update-tenant';

/** The repository of one tenant. */
export function ledgerTenantRepository(store: LedgerStore, tenantUuid: string): TenantRepository {
  return {
    update: (field, change) => updateTenant(store, tenantUuid, field, change),
    claim: (field, change) => claimOperation(store, tenantUuid, field, change),
    recordAccount: (account) => recordAccount(store, tenantUuid, account),
    claimClosure: (change) => claimClosure(store, tenantUuid, change),
    releaseClosure: (change) => releaseClosure(store, tenantUuid, change),
    recordClosingAllowance: (closings, countedAt) => recordClosingAllowance(store, { closings, countedAt }),
  };
}
