import {
  FILTER_NAMES,
  type ItemKey,
  type ItemWrite,
  type LedgerStore,
  type StoredItem,
} from '../../functions/ports/ledger-store';
import { memoryLedgerStore } from '../runtime/memory-ledger-store';

/** Each stands in an index besides, once for each of its filters. */
const AT_ONCE = 10;

/** A ledger in memory, whose items are carried to another one when a story has ended. */
export class CarriedLedger {
  readonly #keys = new Map<string, ItemKey>();
  readonly #memory = memoryLedgerStore();

  readonly store: LedgerStore = {
    ...this.#memory,
    commit: async (writes) => {
      await this.#memory.commit(writes);
      for (const { key } of writes) this.#keys.set(`${key.partition} ${key.sort}`, key);
    },
  };

  /** @throws VersionConflictError where the other one has such an item already */
  async carryTo(target: LedgerStore): Promise<void> {
    const keys = [...this.#keys.values()];
    for (let from = 0; from < keys.length; from += AT_ONCE) {
      const items = await this.#memory.read(keys.slice(from, from + AT_ONCE));
      const writes = items.flatMap((item) => (item === undefined ? [] : [writeOf(item)]));
      if (writes.length > 0) await target.commit(writes);
    }
  }
}

const isObject = (data: unknown): data is object => typeof data === 'object' && data !== null;

function writeOf({ key, data, listing, expiresAt, filters }: StoredItem): ItemWrite {
  if (!isObject(data)) throw new TypeError(`The item ${key.partition} ${key.sort} has no content.`);
  return {
    key,
    expectedVersion: 0,
    data,
    ...(listing === undefined ? {} : { listing }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(filters === undefined ? {} : { filters, refiled: FILTER_NAMES.filter((name) => filters[name] !== undefined) }),
  };
}
