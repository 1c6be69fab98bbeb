import type { ItemWrite, LedgerStore } from '../../../functions/ports/ledger-store';

/** What DynamoDB counts: 4 KB read, 1 KB written. */
export interface LedgerUnits {
  reads: number;
  writes: number;
}

const READ_BYTES = 4096;
const WRITE_BYTES = 1024;

/** DynamoDB counts reads and writes in a transaction twice. */
const IN_TRANSACTION = 2;

/**
 * An index is written once if the item stays, and a second time if its position in the list changes: it nearly always
 * does. An entry of a filter is in one index, a listed item in two.
 */
const IN_INDEX = 2;

/** The ledger, with what a table in on-demand mode would count. */
export function meteredLedger(store: LedgerStore, units: LedgerUnits): LedgerStore {
  const read = (data: unknown, times: number): void => {
    units.reads += times * Math.max(1, Math.ceil(bytesOf(data) / READ_BYTES));
  };
  return {
    read: async (keys) => {
      const items = await store.read(keys);
      for (const item of items) read(item?.data, items.length === 1 ? 1 : IN_TRANSACTION);
      return items;
    },
    readPartition: async (query) => {
      const items = await store.readPartition(query);
      read(
        items.map(({ data }) => data),
        1,
      );
      return items;
    },
    list: async (query) => {
      const page = await store.list(query);
      read(
        page.items.map(({ data }) => data),
        0.5,
      );
      return page;
    },
    // A condition that does not hold is charged like a write that is done.
    commit: (writes) => {
      for (const write of writes) units.writes += unitsOf(write);
      return store.commit(writes);
    },
  };
}

function unitsOf({ data, listing, refiled = [] }: ItemWrite): number {
  const units = Math.max(1, Math.ceil(bytesOf(data) / WRITE_BYTES));
  const entries = refiled.length * (IN_TRANSACTION + IN_INDEX);
  return units * (IN_TRANSACTION + (listing === undefined ? 0 : 2 * IN_INDEX)) + entries;
}

/** Keys, version and listing take some more than the content. */
const bytesOf = (data: unknown): number => Buffer.byteLength(JSON.stringify(data ?? null)) + 200;
