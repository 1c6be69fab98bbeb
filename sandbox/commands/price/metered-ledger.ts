import type { ItemKey, ItemWrite, LedgerStore, Listing } from '../../../functions/ports/ledger-store';

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
 * A listed item is in two indexes with all that it has. Each is written with it, and once more if its place in the list
 * changes, since it is deleted at the one before.
 *
 * @evidence documented amazondynamodb/developerguide/GSI: one write where an item comes, goes, or changes what is
 *   projected; two where the value of an indexed key changes
 */
const INDEXES = 2;

/** An entry of a filter is in one index, and its place nearly always changes. */
const OF_ENTRY = IN_TRANSACTION + 2;

/** The ledger, with what a table in on-demand mode would count. */
export function meteredLedger(store: LedgerStore, units: LedgerUnits): LedgerStore {
  const listed = new Map<string, Listing | undefined>();
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
    commit: async (writes) => {
      const times = isAlone(writes) ? 1 : IN_TRANSACTION;
      for (const write of writes) units.writes += unitsOf(write, listed.get(idOf(write.key)), times);
      await store.commit(writes);
      for (const { key, listing } of writes) listed.set(idOf(key), listing);
    },
  };
}

/** One item that is put, without entries of filters beside it, needs no transaction. */
const isAlone = ([only, ...others]: readonly ItemWrite[]): boolean =>
  others.length === 0 && only?.data !== null && (only?.refiled ?? []).length === 0;

function unitsOf({ data, listing, refiled = [] }: ItemWrite, before: Listing | undefined, times: number): number {
  const units = Math.max(1, Math.ceil(bytesOf(data) / WRITE_BYTES));
  const places = new Set([before, listing].flatMap((one) => (one === undefined ? [] : [`${one.label}#${one.at}`])));
  return units * (times + INDEXES * places.size) + refiled.length * OF_ENTRY;
}

const idOf = ({ partition, sort }: ItemKey): string => JSON.stringify([partition, sort]);

/** Keys, version and listing take some more than the content. */
const bytesOf = (data: unknown): number => Buffer.byteLength(JSON.stringify(data ?? null)) + 200;
