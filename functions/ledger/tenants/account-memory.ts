import { ACCOUNT_CREATION } from '../../domain/queue/lanes';
import type { AccountMemory } from '../../ports/account-memory';
import type { LedgerStore } from '../../ports/ledger-store';
import { recordAccount } from './record-account';
import { recordAsking, recordProgress } from './record-progress';

/** The account memory of one tenant. */
export function ledgerAccountMemory(store: LedgerStore, tenantUuid: string): AccountMemory {
  return {
    recordCreation: (before, after) => recordProgress(store, tenantUuid, 'creation', { before, after }),
    recordIntent: (before, after) => {
      const turn = { lane: ACCOUNT_CREATION.name, onceAt: after.intendedAt };
      return recordAsking(store, tenantUuid, 'creation', { before, after, turn });
    },
    recordAccount: (account) => recordAccount(store, tenantUuid, account),
    recordAliasReleased: (before, after) => recordProgress(store, tenantUuid, 'aliasReleased', { before, after }),
    recordSeal: (before, after) => recordProgress(store, tenantUuid, 'seal', { before, after }),
  };
}
