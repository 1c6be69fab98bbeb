import { memoryLedgerStore } from '../../sandbox/runtime/memory-ledger-store';
import type { ItemKey, ItemWrite, LedgerStore } from '../../functions/ports/ledger-store';
import { NEWER_FIELD } from './records-of';

/** A table in which a newer release has written a field of its own into every item, as soon as it was there. */
export class NewerLedger implements LedgerStore {
  readonly #store = memoryLedgerStore();
  readonly #keys = new Map<string, ItemKey>();
  /** Items that were written again, and without the field. */
  readonly lost = new Set<string>();
  /** How often items were written again. */
  rewritten = 0;

  readonly read: LedgerStore['read'] = (keys) => this.#store.read(keys);
  readonly readPartition: LedgerStore['readPartition'] = (query) => this.#store.readPartition(query);
  readonly list: LedgerStore['list'] = (query) => this.#store.list(query);

  async commit(writes: readonly ItemWrite[]): Promise<void> {
    await this.#store.commit(
      writes.map((write) =>
        write.data === null || write.expectedVersion > 0
          ? write
          : { ...write, data: { ...write.data, [NEWER_FIELD]: write.key.sort } },
      ),
    );
    for (const { key, data, expectedVersion } of writes) {
      this.#keys.set(`${key.partition} ${key.sort}`, key);
      if (data === null || expectedVersion === 0) continue;
      this.rewritten += 1;
      if (!(NEWER_FIELD in data)) this.lost.add(kindOf(key));
    }
  }

  /** All items, as a scan of the table shows them. */
  async scan(): Promise<readonly { readonly kind: string; readonly data: unknown }[]> {
    const items = await Promise.all([...this.#keys.values()].map((key) => this.#store.read([key])));
    return items.flat().flatMap((item) => (item === undefined ? [] : [{ kind: kindOf(item.key), data: item.data }]));
  }
}

/** What the keys of a kind have in common. */
const kindOf = ({ partition, sort }: ItemKey): string =>
  [partition, sort].map((key) => key.split('#')[0] ?? '').join(' ');
