/**
 * What one read and one transaction take.
 *
 * @evidence documented amazondynamodb/developerguide/transaction-apis: a transaction has at most 100 items and 4 MB, to
 *   read and to write
 */
export const MAX_ITEMS = 100;

/**
 * The table behind the ledger: items with a version, written together or not at all. All rules of the ledger are
 * written once, over this port (`functions/ledger`); its two implementations, DynamoDB and memory, know none of them
 * and pass one suite.
 */
export interface LedgerStore {
  /**
   * Reads items as they are now (strongly consistent, one call, at most `MAX_ITEMS`). An absent item is `undefined`,
   * in the place of its key.
   */
  read(keys: readonly ItemKey[]): Promise<readonly (StoredItem | undefined)[]>;

  /**
   * Writes all items or none. Each write names the version it expects (0 = the item must be absent), so a change made
   * meanwhile by another writer is never overwritten. At most `MAX_ITEMS`.
   *
   * @throws VersionConflictError when an item is no longer at its expected version: read again and decide again.
   */
  commit(writes: readonly ItemWrite[]): Promise<void>;

  /**
   * The first items of one partition whose sort key begins with `prefix`, ascending, as they are now (strongly
   * consistent).
   */
  readPartition(query: PartitionQuery): Promise<readonly StoredItem[]>;

  /**
   * Lets others finish who change the same items, before the same is tried again. Absent where nothing takes any time.
   *
   * @param attempt how many have met others by now
   */
  readonly backOff?: (attempt: number) => Promise<void>;

  /**
   * One page of the items that carry this listing, or stand under this filter, newest first. `cursor` is opaque: what
   * the last page returned. A page may have fewer items than its limit, and another after it.
   */
  list(query: ListingQuery): Promise<ListingPage>;
}

export interface ItemKey {
  readonly partition: string;
  readonly sort: string;
}

export interface StoredItem {
  readonly key: ItemKey;
  /** Rises by one with every write. */
  readonly version: number;
  readonly data: unknown;
  /** As they were written with it; for a writer that writes the same item again and changes neither. */
  readonly listing?: Listing;
  readonly expiresAt?: number;
  /** Absent: it stands under no filter, or was written by a release that knows none. */
  readonly filters?: Filters;
}

export interface ItemWrite {
  readonly key: ItemKey;
  /** The version that was read; 0 when the item was absent. */
  readonly expectedVersion: number;
  /** The new content, or `null` to delete the item. Plain JSON. */
  readonly data: object | null;
  /** Makes the item part of a list of all items with this label, ordered by `at`. */
  readonly listing?: Listing;
  /** When the item may be deleted (seconds since 1970), for what is personal and no longer used. */
  readonly expiresAt?: number;
  /** All filters under which the item can be found from now on. */
  readonly filters?: Filters;
  /**
   * Those whose entries in the index are written with the item, or are deleted where `filters` does not have them. The
   * other entries stay as they are.
   */
  readonly refiled?: readonly FilterName[];
}

/** By what lists can be narrowed, besides their label. An item has one value of each, or none. */
export const FILTER_NAMES = ['workspace', 'project', 'landingZone', 'error', 'email'] as const;

export type FilterName = (typeof FILTER_NAMES)[number];

export type Filters = Readonly<Partial<Record<FilterName, FilterEntry>>>;

export interface FilterEntry {
  readonly value: string;
  /** ISO 8601 instant: since when it has this value. Lists are ordered by it; it does not move while they are read. */
  readonly at: string;
}

export interface PartitionQuery {
  readonly partition: string;
  /** The prefix of the sort keys; not empty. */
  readonly prefix: string;
  readonly limit: number;
  /** Only what comes after this sort key, in the order of the query. */
  readonly after?: string;
  /** The last ones first. */
  readonly descending?: boolean;
}

export interface Listing {
  readonly label: string;
  /** ISO 8601 instant; lists are ordered by it. */
  readonly at: string;
}

export interface ListingQuery {
  /** Only items with this label; all labels when absent. */
  readonly label?: string;
  /** Only items that stand under this filter; then there is no label. */
  readonly filter?: { readonly name: FilterName; readonly value: string };
  /** Only what was listed, or has stood under the filter, since then. */
  readonly since?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface ListingPage {
  readonly items: readonly StoredItem[];
  readonly cursor: string | null;
}

/** Another writer came first. Not a failure: the caller reads again. */
export class VersionConflictError extends Error {
  override readonly name = 'VersionConflictError';

  constructor(keys: readonly ItemKey[]) {
    super(`Changed meanwhile: ${keys.map(({ partition, sort }) => `${partition}/${sort}`).join(', ')}`);
  }
}

/** The cursor of a list request was not made by this ledger. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
}

/*
 * The shape of the ledger's table, shared with `infra`:
 *
 * | attribute | is |
 * |---|---|
 * | `partition`, `sort` | the key |
 * | `version` | rises by one with every write; every write is conditional on it |
 * | `data` | the record (`functions/domain/records/ledger-records.ts`), as JSON text |
 * | `label`, `listedAt`, `everyLabel` | only on items that are listed: the two indexes |
 * | `filters` | under which filters the item stands, and since when, as JSON text; a release that knows none drops it |
 * | `filter`, `filteredAt` | only on entries of the filter index: `workspace#retail` |
 * | `expiresAt` | time to live, seconds since 1970 |
 *
 * An item that stands under filters has an entry for each beside it, in its own partition, whose sort key names the
 * filter and the item: `FILTER#workspace#TENANT`. Its key says where the item is, so the index holds keys alone.
 */

/** Lists items of one label (a status), newest first. */
export const INDEX_BY_LABEL = 'byLabel';

/** Lists all listed items, newest first. */
export const INDEX_OF_ALL = 'ofAll';

/** The one partition of the index of all. Written a few times per vending: far below what a partition carries. */
export const EVERY_LABEL = 'ALL';

/** Lists the items of one filter, newest first. Sparse: entries of filters alone are in it. */
export const INDEX_BY_FILTER = 'byFilter';
