import { memoryLedgerStore } from '../../sandbox/runtime/memory-ledger-store';
import type { ItemWrite, LedgerStore } from '../../functions/ports/ledger-store';

/** The ledger's table in memory, which remembers what was written, and lets something happen before a write. */
export class RecordingLedgerStore implements LedgerStore {
  readonly #store = memoryLedgerStore();
  /** Every write that succeeded, oldest first. */
  readonly writes: ItemWrite[] = [];
  /** Is called once, before the next commit: another writer comes first, or the process ends there. */
  beforeNextCommit: (() => Promise<void>) | undefined;

  read(keys: Parameters<LedgerStore['read']>[0]): ReturnType<LedgerStore['read']> {
    return this.#store.read(keys);
  }

  async commit(writes: readonly ItemWrite[]): Promise<void> {
    const happens = this.beforeNextCommit;
    this.beforeNextCommit = undefined;
    await happens?.();
    await this.#store.commit(writes);
    this.writes.push(...writes);
  }

  readPartition(query: Parameters<LedgerStore['readPartition']>[0]): ReturnType<LedgerStore['readPartition']> {
    return this.#store.readPartition(query);
  }

  list(query: Parameters<LedgerStore['list']>[0]): ReturnType<LedgerStore['list']> {
    return this.#store.list(query);
  }

  /** The newest write of the item that has this sort key, or of the claim with this name. */
  lastWriteOf(name: string): ItemWrite | undefined {
    return this.writes.findLast(({ key }) => key.sort === name || key.partition === name);
  }
}
