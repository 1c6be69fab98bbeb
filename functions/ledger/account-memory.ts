import type { AccountMemory } from '../ports/account-memory';
import type { LedgerStore } from '../ports/ledger-store';
import { recordAccount, recordCreation } from './record-account';

/** The account memory of one tenant. */
export function ledgerAccountMemory(store: LedgerStore, tenantUuid: string): AccountMemory {
  return {
    recordCreation: (before, after) => recordCreation(store, tenantUuid, before, after),
    recordAccount: (account) => recordAccount(store, tenantUuid, account),
  };
}
