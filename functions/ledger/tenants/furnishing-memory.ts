import type { FurnishingMemory } from '../../ports/furnishing-memory';
import type { LedgerStore } from '../../ports/ledger-store';
import { recordAsking, recordProgress } from './record-progress';

/** The furnishing memory of one tenant. */
export function ledgerFurnishingMemory(store: LedgerStore, tenantUuid: string): FurnishingMemory {
  return {
    recordEnrollment: (before, after) => recordProgress(store, tenantUuid, 'enrollment', { before, after }),
    recordEnrollmentIntent: (before, after, lane) => {
      const turn = { lane, onceAt: null };
      return recordAsking(store, tenantUuid, 'enrollment', { before, after, turn });
    },
    recordStackInstances: (before, after) =>
      recordProgress(store, tenantUuid, 'stackInstances', { before: [...before], after: [...after] }),
    recordStackInstancesIntent: async (before, intent, lane) => {
      const change = { before: [...before], after: [...intent] };
      if (lane !== null) {
        const turn = { lane, onceAt: null };
        return recordAsking(store, tenantUuid, 'stackInstances', { ...change, turn });
      }
      await recordProgress(store, tenantUuid, 'stackInstances', change);
      return true;
    },
  };
}
