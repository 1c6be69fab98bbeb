import type { ItemWrite, LedgerStore } from '../../functions/ports/ledger-store';

/** The ledger, with somebody who sees every write after it was made. */
export function watchedLedger(store: LedgerStore, onCommit: (writes: readonly ItemWrite[]) => void): LedgerStore {
  return {
    ...store,
    commit: async (writes) => {
      await store.commit(writes);
      onCommit(writes);
    },
  };
}
