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

interface Partition {
  /** By sort key. */
  readonly entries: Map<string, Entry>;
  /** The sort keys in order; null: nobody has asked for them since one came or went. */
  sorts: readonly string[] | null;
}

/** A row of a list. */
interface Row {
  readonly key: ItemKey;
  readonly at: string;
  /** Lists go by this, the greatest first. */
  readonly order: string;
}

/** By partition; what stands under filters; and what is listed. */
interface Table extends Map<string, Partition> {
  readonly filed: Map<FilterName, Map<string, Filed>>;
  /** By label, and by the id of the item within. */
  readonly listed: Map<string, Map<string, Row>>;
  /** The rows of a label in order, as long as none of them has changed; of no label, all. */
  readonly ordered: Map<string | undefined, readonly Row[]>;
}

/**
 * The ledger's table in memory: for simulation and tests. Content is copied in, as a database does, and nobody can
 * change what comes out.
 */
export function memoryLedgerStore(): LedgerStore {
  const table: Table = Object.assign(new Map<string, Partition>(), {
    filed: new Map(),
    listed: new Map(),
    ordered: new Map(),
  });
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
          ? pageOf(table, rowsUnder(table, query.label), query.label, query)
          : pageOf(table, rowsFiled(table, query.filter), `${query.filter.name}#${query.filter.value}`, query),
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
    ...key,
    version: expectedVersion,
    data,
    ...listing,
    expiresAt,
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

const entryOf = (table: Table, { partition, sort }: ItemKey): Entry | undefined =>
  table.get(partition)?.entries.get(sort);

const versionOf = (table: Table, key: ItemKey): number => entryOf(table, key)?.item.version ?? 0;

function apply(table: Table, { write, text, size }: WordedWrite): void {
  const { key, expectedVersion, data, listing, expiresAt, filters } = write;
  const partition = table.get(key.partition) ?? { entries: new Map<string, Entry>(), sorts: null };
  table.set(key.partition, partition);
  const { entries } = partition;
  if (entries.has(key.sort) !== (data !== null)) partition.sorts = null;
  enlist(table, key, entries.get(key.sort)?.listing, data === null ? undefined : listing);
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
  const { partition: name, prefix, limit, after, descending = false } = query;
  const partition = table.get(name);
  if (partition === undefined) return [];
  const sorts = (partition.sorts ??= [...partition.entries.keys()].toSorted());
  const first = countWhile(sorts, (sort) => sort < prefix || (!descending && after !== undefined && sort <= after));
  const isWithin = (sort: string): boolean => sort < prefix || sort.startsWith(prefix);
  const end = countWhile(sorts, (sort) => isWithin(sort) && !(descending && after !== undefined && sort >= after));
  const found = descending
    ? sorts.slice(Math.max(first, end - limit), end).toReversed()
    : sorts.slice(first, Math.min(end, first + limit));
  return found.flatMap((sort) => partition.entries.get(sort)?.item ?? []);
}

/** How many of these come before the first for which it is not so, where it is so for none after that. */
function countWhile<Value>(values: readonly Value[], isSo: (value: Value) => boolean): number {
  let [least, most] = [0, values.length];
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    const value = values[middle];
    if (value !== undefined && isSo(value)) least = middle + 1;
    else most = middle;
  }
  return least;
}

/** Large ledgers are listed page by page, and most of what is written is in no list. */
function enlist(table: Table, key: ItemKey, before: Listing | undefined, after: Listing | undefined): void {
  const id = idOf(key);
  for (const { label } of [before, after].filter((one) => one !== undefined)) {
    table.ordered.delete(label);
    table.ordered.delete(undefined);
    table.listed.get(label)?.delete(id);
  }
  if (after === undefined) return;
  const rows = table.listed.get(after.label) ?? new Map<string, Row>();
  table.listed.set(after.label, rows.set(id, rowOf(key, after.at)));
}

const rowOf = (key: ItemKey, at: string): Row => ({ key: { ...key }, at, order: `${at}#${idOf(key)}` });

function rowsUnder(table: Table, label: string | undefined): readonly Row[] {
  const known = table.ordered.get(label);
  if (known !== undefined) return known;
  const labels = label === undefined ? [...table.listed.keys()] : [label];
  const rows = inOrder(labels.flatMap((one) => [...(table.listed.get(one)?.values() ?? [])]));
  table.ordered.set(label, rows);
  return rows;
}

/** A place without its item is no row, and takes room in the page all the same. */
const rowsFiled = (table: Table, { name, value }: NonNullable<ListingQuery['filter']>): readonly Row[] =>
  inOrder(
    [...(table.filed.get(name)?.values() ?? [])]
      .filter((filed) => filed.value === value)
      .map(({ key, at }) => rowOf(key, at)),
  );

const inOrder = (rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((one, other) => (one.order < other.order ? 1 : -1));

function pageOf(
  table: Table,
  rows: readonly Row[],
  label: string | undefined,
  { limit, cursor, since = '' }: ListingQuery,
): ListingPage {
  const listed = since === '' ? rows : rows.filter(({ at }) => at >= since);
  const start = cursor === undefined ? 0 : positionAfter(listed, cursor, label);
  const page = listed.slice(start, start + limit);
  const last = page.at(-1);
  return {
    items: page.flatMap(({ key }) => entryOf(table, key)?.item ?? []),
    cursor: last !== undefined && start + limit < listed.length ? cursorOf(last, label) : null,
  };
}

/** A cursor belongs to its list: the label is part of it. */
const cursorOf = ({ order }: Row, label: string | undefined): string =>
  Buffer.from(JSON.stringify([label ?? null, order])).toString('base64url');

const CursorSchema = z.tuple([z.string().nullable(), z.string()]);

function positionAfter(listed: readonly Row[], cursor: string, label: string | undefined): number {
  const parsed = CursorSchema.safeParse(parsedJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data[0] !== (label ?? null)) {
    throw new InvalidCursorError('The cursor is not one that this list has given out.');
  }
  const [, last] = parsed.data;
  return countWhile(listed, ({ order }) => order >= last);
}
