import type { FurnishingMemory } from '../ports/furnishing-memory';
import type { LedgerStore } from '../ports/ledger-store';
import { recordProgress } from './record-progress';

/** The furnishing memory of one tenant. */
export function ledgerFurnishingMemory(store: LedgerStore, tenantUuid: string): FurnishingMemory {
  return {
    recordEnrollment: (before, after) => recordProgress(store, tenantUuid, 'enrollment', { before, after }),
    recordStackInstances: (before, after) =>
      recordProgress(store, tenantUuid, 'stackInstances', { before: [...before], after: [...after] }),
  };
}
