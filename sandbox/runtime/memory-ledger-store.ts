import * as z from 'zod';

import { parsedJson } from '../../functions/domain/base/json';
import {
  InvalidCursorError,
  type ItemKey,
  type ItemWrite,
  type LedgerStore,
  type Listing,
  type ListingPage,
  type ListingQuery,
  MAX_ITEMS,
  type PartitionQuery,
  type StoredItem,
  VersionConflictError,
} from '../../functions/ports/ledger-store';

interface Entry {
  readonly item: StoredItem;
  readonly listing: Listing | undefined;
  readonly size: number;
}

/** By partition, and by sort key within. */
type Table = Map<string, Map<string, Entry>>;

/**
 * The ledger's table in memory: for simulation and tests. Content is copied in, as a database does, and nobody can
 * change what comes out.
 */
export function memoryLedgerStore(): LedgerStore {
  const table: Table = new Map();
  return {
    read: (keys) => {
      if (hasDuplicates(keys)) return Promise.reject(new DuplicateKeyError());
      const entries = keys.map((key) => entryOf(table, key));
      if (keys.length > 1 && isTooMuch(entries.map((entry) => entry?.size ?? 0)))
        return Promise.reject(new TooMuchError());
      return Promise.resolve(entries.map((entry) => entry?.item));
    },
    commit: (writes) => {
      if (hasDuplicates(writes.map(({ key }) => key))) return Promise.reject(new DuplicateKeyError());
      if (isTooMuch(writes.map(sizeOf))) return Promise.reject(new TooMuchError());
      const conflicts = writes.filter(({ key, expectedVersion }) => versionOf(table, key) !== expectedVersion);
      if (conflicts.length > 0) return Promise.reject(new VersionConflictError(conflicts.map(({ key }) => key)));
      for (const write of writes) apply(table, write);
      return Promise.resolve();
    },
    readPartition: (query) => Promise.resolve(partitionOf(table, query)),
    list: (query) =>
      Promise.resolve().then(() =>
        list(
          [...table.values()].flatMap((entries) => [...entries.values()]),
          query,
        ),
      ),
  };
}

/** DynamoDB's transactions refuse it, so this store does. */
class DuplicateKeyError extends Error {
  override readonly name = 'DuplicateKeyError';

  constructor() {
    super('A transaction may name an item only once.');
  }
}

/** DynamoDB refuses it by a ValidationException. */
class TooMuchError extends Error {
  override readonly name = 'TooMuchError';

  constructor() {
    super('A transaction takes 100 items and 4 MB, and an item 400 KB.');
  }
}

/**
 * @evidence documented amazondynamodb/developerguide/Constraints: an item has at most 400 KB, names and values of its
 *   attributes in UTF-8 together
 */
function isTooMuch(sizes: readonly number[]): boolean {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return sizes.length > MAX_ITEMS || all > 4 * 1024 * 1024 || sizes.some((size) => size > 400 * 1024);
}

/** As the adapter lays it out: numbers are small, and counted as texts. */
const sizeOf = ({ key, expectedVersion, data, listing, expiresAt }: ItemWrite): number =>
  Object.entries({ ...key, version: expectedVersion, data: JSON.stringify(data), ...listing, expiresAt })
    .filter(([, value]) => value !== undefined)
    .reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(String(value)), 0);

const hasDuplicates = (keys: readonly ItemKey[]): boolean => new Set(keys.map(idOf)).size < keys.length;

const idOf = ({ partition, sort }: ItemKey): string => JSON.stringify([partition, sort]);

const entryOf = (table: Table, { partition, sort }: ItemKey): Entry | undefined => table.get(partition)?.get(sort);

const versionOf = (table: Table, key: ItemKey): number => entryOf(table, key)?.item.version ?? 0;

function apply(table: Table, write: ItemWrite): void {
  const { key, expectedVersion, data, listing, expiresAt } = write;
  const entries = table.get(key.partition) ?? new Map<string, Entry>();
  table.set(key.partition, entries);
  if (data === null) entries.delete(key.sort);
  else {
    // JSON is what a database keeps: undefined fields are gone, dates are not dates any more.
    const content: unknown = JSON.parse(JSON.stringify(data));
    const beside = { ...(listing && { listing: { ...listing } }), ...(expiresAt !== undefined && { expiresAt }) };
    const item = frozen({ key: { ...key }, version: expectedVersion + 1, data: content, ...beside });
    entries.set(key.sort, { item, listing, size: sizeOf(write) });
  }
}

/** To hand out a copy each time would take longer than all decisions about it. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}

function partitionOf(table: Table, { partition, prefix, limit, after = '' }: PartitionQuery): readonly StoredItem[] {
  return [...(table.get(partition)?.values() ?? [])]
    .map(({ item }) => item)
    .filter(({ key }) => key.sort.startsWith(prefix) && key.sort > after)
    .sort((one, other) => (one.key.sort < other.key.sort ? -1 : 1))
    .slice(0, limit);
}

function list(entries: readonly Entry[], { label, limit, cursor }: ListingQuery): ListingPage {
  const listed = entries
    .filter(({ listing }) => listing !== undefined && (label === undefined || listing.label === label))
    .sort((one, other) => (orderOf(one) < orderOf(other) ? 1 : -1));
  const start = cursor === undefined ? 0 : positionAfter(listed, cursor, label);
  const page = listed.slice(start, start + limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    cursor: last !== undefined && start + limit < listed.length ? cursorOf(last, label) : null,
  };
}

const orderOf = ({ item, listing }: Entry): string => `${listing?.at ?? ''}#${idOf(item.key)}`;

/** A cursor belongs to its list: the label is part of it. */
const cursorOf = (entry: Entry, label: string | undefined): string =>
  Buffer.from(JSON.stringify([label ?? null, orderOf(entry)])).toString('base64url');

const CursorSchema = z.tuple([z.string().nullable(), z.string()]);

function positionAfter(listed: readonly Entry[], cursor: string, label: string | undefined): number {
  const parsed = CursorSchema.safeParse(parsedJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data[0] !== (label ?? null)) {
    throw new InvalidCursorError('The cursor is not one that this list has given out.');
  }
  const [, order] = parsed.data;
  const position = listed.findIndex((entry) => orderOf(entry) < order);
  return position === -1 ? listed.length : position;
}
