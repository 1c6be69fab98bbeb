import type { AccessMemory } from '../../ports/access-memory';
import type { LedgerStore } from '../../ports/ledger-store';
import { recordProgress } from './record-progress';

/** The access memory of one tenant. */
export function ledgerAccessMemory(store: LedgerStore, tenantUuid: string): AccessMemory {
  return {
    recordGroups: (before, after) =>
      recordProgress(store, tenantUuid, 'groups', { before: [...before], after: [...after] }),
    recordAssignment: (before, after) => recordProgress(store, tenantUuid, 'assignment', { before, after }),
    recordSamlAccess: (before, after) => recordProgress(store, tenantUuid, 'samlAccess', { before, after }),
  };
}
