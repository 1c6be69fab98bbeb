import { NOTHING_CLOSED } from '../domain/closing-share';
import { ACCOUNT_CLOSING } from '../domain/lanes';
import type { ClosingMemory } from '../ports/closing-memory';
import type { LedgerStore } from '../ports/ledger-store';
import { snapshotsOf } from './decide';
import { laneKey } from './keys';
import { laneOf } from './lanes/lane-items';

/** The lane of closings counts them. */
export const ledgerClosingMemory = (store: LedgerStore): ClosingMemory => ({
  closingShare: async () => {
    const [item] = await snapshotsOf(store, [laneKey(ACCOUNT_CLOSING.name)]);
    return laneOf(item).closingShare ?? NOTHING_CLOSED;
  },
});
