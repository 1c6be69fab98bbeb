import * as z from 'zod';

import { parsedJson } from '../../functions/domain/base/json';
import {
  type FilterEntry,
  type FilterName,
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

interface Filed extends FilterEntry {
  readonly key: ItemKey;
}

/** By partition, and by sort key within; and what stands under filters. */
interface Table extends Map<string, Map<string, Entry>> {
  readonly filed: Map<FilterName, Map<string, Filed>>;
}

/**
 * The ledger's table in memory: for simulation and tests. Content is copied in, as a database does, and nobody can
 * change what comes out.
 */
export function memoryLedgerStore(): LedgerStore {
  const table: Table = Object.assign(new Map<string, Map<string, Entry>>(), { filed: new Map() });
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
      const worded = writes.map(inWords);
      if (isTooMuch(worded.flatMap(sizesOf))) return Promise.reject(new TooMuchError());
      const conflicts = writes.filter(({ key, expectedVersion }) => versionOf(table, key) !== expectedVersion);
      if (conflicts.length > 0) return Promise.reject(new VersionConflictError(conflicts.map(({ key }) => key)));
      for (const one of worded) apply(table, one);
      return Promise.resolve();
    },
    readPartition: (query) => Promise.resolve(partitionOf(table, query)),
    list: (query) =>
      Promise.resolve().then(() =>
        query.filter === undefined
          ? list(
              [...table.values()].flatMap((entries) => [...entries.values()]),
              query,
            )
          : listFiled(table, query.filter, query),
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

/** A write with its content as text, which is made once: simulations commit hundreds of thousands. */
interface WordedWrite {
  readonly write: ItemWrite;
  readonly text: string;
  readonly size: number;
}

const inWords = (write: ItemWrite): WordedWrite => {
  const text = JSON.stringify(write.data);
  return { write, text, size: sizeOf(write, text) };
};

/** As the adapter lays it out: numbers are small, and counted as texts. */
const sizeOf = ({ key, expectedVersion, listing, expiresAt, filters }: ItemWrite, data: string): number =>
  Object.entries({
    ...{ ...key, version: expectedVersion, data, ...listing, expiresAt },
    filters: JSON.stringify(filters),
  })
    .filter(([, value]) => value !== undefined)
    .reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(String(value)), 0);

const ENTRY_SIZE = 300;

const sizesOf = ({ write, size }: WordedWrite): readonly number[] => [
  size,
  ...(write.refiled ?? []).map(() => ENTRY_SIZE),
];

const hasDuplicates = (keys: readonly ItemKey[]): boolean => new Set(keys.map(idOf)).size < keys.length;

const idOf = ({ partition, sort }: ItemKey): string => JSON.stringify([partition, sort]);

const entryOf = (table: Table, { partition, sort }: ItemKey): Entry | undefined => table.get(partition)?.get(sort);

const versionOf = (table: Table, key: ItemKey): number => entryOf(table, key)?.item.version ?? 0;

function apply(table: Table, { write, text, size }: WordedWrite): void {
  const { key, expectedVersion, data, listing, expiresAt, filters } = write;
  const entries = table.get(key.partition) ?? new Map<string, Entry>();
  table.set(key.partition, entries);
  if (data === null) entries.delete(key.sort);
  else {
    // JSON is what a database keeps: undefined fields are gone, dates are not dates any more.
    const content: unknown = JSON.parse(text);
    const beside = {
      ...(listing && { listing: { ...listing } }),
      ...(expiresAt !== undefined && { expiresAt }),
      ...(filters && { filters: structuredClone(filters) }),
    };
    const item = frozen({ key: { ...key }, version: expectedVersion + 1, data: content, ...beside });
    entries.set(key.sort, { item, listing, size });
  }
  file(table, write);
}

/** Entries of filters stand beside the items that they lead to, as in DynamoDB. */
function file(table: Table, { key, data, filters = {}, refiled = [] }: ItemWrite): void {
  for (const name of refiled) {
    const entry = data === null ? undefined : filters[name];
    const places = table.filed.get(name) ?? new Map<string, Filed>();
    table.filed.set(name, places);
    if (entry === undefined) places.delete(idOf(key));
    else places.set(idOf(key), { key: { ...key }, ...entry });
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

function partitionOf(table: Table, query: PartitionQuery): readonly StoredItem[] {
  const { partition, prefix, limit, after, descending = false } = query;
  const isAfter = (sort: string): boolean => after === undefined || (descending ? sort < after : sort > after);
  const order = descending ? -1 : 1;
  return [...(table.get(partition)?.values() ?? [])]
    .map(({ item }) => item)
    .filter(({ key }) => key.sort.startsWith(prefix) && isAfter(key.sort))
    .sort((one, other) => (one.key.sort < other.key.sort ? -order : order))
    .slice(0, limit);
}

/** A place without its item is no row, and takes room in the page all the same. */
function listFiled(
  table: Table,
  { name, value }: NonNullable<ListingQuery['filter']>,
  { limit, cursor, since = '' }: ListingQuery,
): ListingPage {
  const label = `${name}#${value}`;
  const places = [...(table.filed.get(name)?.values() ?? [])]
    .filter((filed) => filed.value === value && filed.at >= since)
    .map(({ key, at }) => ({ item: { key }, listing: { label, at } }))
    .sort((one, other) => (orderOf(one) < orderOf(other) ? 1 : -1));
  const start = cursor === undefined ? 0 : positionAfter(places, cursor, label);
  const page = places.slice(start, start + limit);
  const last = page.at(-1);
  return {
    items: page.flatMap(({ item }) => entryOf(table, item.key)?.item ?? []),
    cursor: last !== undefined && start + limit < places.length ? cursorOf(last, label) : null,
  };
}

function list(entries: readonly Entry[], { label, limit, cursor, since = '' }: ListingQuery): ListingPage {
  const listed = entries
    .filter(({ listing }) => listing !== undefined && (label === undefined || listing.label === label))
    .filter(({ listing }) => (listing?.at ?? '') >= since)
    .sort((one, other) => (orderOf(one) < orderOf(other) ? 1 : -1));
  const start = cursor === undefined ? 0 : positionAfter(listed, cursor, label);
  const page = listed.slice(start, start + limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    cursor: last !== undefined && start + limit < listed.length ? cursorOf(last, label) : null,
  };
}

interface Place {
  readonly item: { readonly key: ItemKey };
  readonly listing: Listing | undefined;
}

const orderOf = ({ item, listing }: Place): string => `${listing?.at ?? ''}#${idOf(item.key)}`;

/** A cursor belongs to its list: the label is part of it. */
const cursorOf = (entry: Place, label: string | undefined): string =>
  Buffer.from(JSON.stringify([label ?? null, orderOf(entry)])).toString('base64url');

const CursorSchema = z.tuple([z.string().nullable(), z.string()]);

function positionAfter(listed: readonly Place[], cursor: string, label: string | undefined): number {
  const parsed = CursorSchema.safeParse(parsedJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data[0] !== (label ?? null)) {
    throw new InvalidCursorError('The cursor is not one that this list has given out.');
  }
  const [, order] = parsed.data;
  const position = listed.findIndex((entry) => orderOf(entry) < order);
  return position === -1 ? listed.length : position;
}
