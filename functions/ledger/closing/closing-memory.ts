import { NOTHING_CLOSED } from '../../domain/queue/closing-share';
import { ACCOUNT_CLOSING } from '../../domain/queue/lanes';
import type { ClosingMemory } from '../../ports/closing-memory';
import type { LedgerStore } from '../../ports/ledger-store';
import { snapshotsOf } from '../base/decide';
import { laneKey } from '../base/keys';
import { laneOf } from '../queue/lane-items';

/** The lane of closings counts them. */
export const ledgerClosingMemory = (store: LedgerStore): ClosingMemory => ({
  closingShare: async () => {
    const [item] = await snapshotsOf(store, [laneKey(ACCOUNT_CLOSING.name)]);
    return laneOf(item).closingShare ?? NOTHING_CLOSED;
  },
});
