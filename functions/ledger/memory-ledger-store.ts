import * as z from 'zod';

import { parsedJson } from '../domain/parsed-json';
import {
  InvalidCursorError,
  type ItemKey,
  type ItemWrite,
  type LedgerStore,
  type Listing,
  type ListingPage,
  type ListingQuery,
  type PartitionQuery,
  type StoredItem,
  VersionConflictError,
} from '../ports/ledger-store';

interface Entry {
  readonly item: StoredItem;
  readonly listing: Listing | undefined;
}

/** The ledger's table in memory: for simulation and tests. Content is copied in and out, as a database does. */
export function memoryLedgerStore(): LedgerStore {
  const entries = new Map<string, Entry>();
  return {
    read: (keys) => {
      if (hasDuplicates(keys)) return Promise.reject(new DuplicateKeyError());
      return Promise.resolve(keys.map((key) => copyOf(entries.get(idOf(key))?.item)));
    },
    commit: (writes) => {
      if (hasDuplicates(writes.map(({ key }) => key))) return Promise.reject(new DuplicateKeyError());
      const conflicts = writes.filter((write) => versionOf(entries, write.key) !== write.expectedVersion);
      if (conflicts.length > 0) return Promise.reject(new VersionConflictError(conflicts.map(({ key }) => key)));
      for (const write of writes) apply(entries, write);
      return Promise.resolve();
    },
    readPartition: (query) => Promise.resolve(partitionOf([...entries.values()], query)),
    list: (query) => Promise.resolve().then(() => list([...entries.values()], query)),
  };
}

/** DynamoDB's transactions refuse it, so this store does. */
class DuplicateKeyError extends Error {
  override readonly name = 'DuplicateKeyError';

  constructor() {
    super('A transaction may name an item only once.');
  }
}

const hasDuplicates = (keys: readonly ItemKey[]): boolean => new Set(keys.map(idOf)).size < keys.length;

const idOf = ({ partition, sort }: ItemKey): string => JSON.stringify([partition, sort]);

const versionOf = (entries: ReadonlyMap<string, Entry>, key: ItemKey): number =>
  entries.get(idOf(key))?.item.version ?? 0;

function copyOf(item: StoredItem | undefined): StoredItem | undefined {
  return item === undefined ? undefined : structuredClone(item);
}

function apply(entries: Map<string, Entry>, { key, expectedVersion, data, listing }: ItemWrite): void {
  if (data === null) entries.delete(idOf(key));
  else {
    // JSON is what a database keeps: undefined fields are gone, dates are not dates any more.
    const content: unknown = JSON.parse(JSON.stringify(data));
    entries.set(idOf(key), { item: { key, version: expectedVersion + 1, data: content }, listing });
  }
}

function partitionOf(entries: readonly Entry[], { partition, prefix, limit }: PartitionQuery): readonly StoredItem[] {
  return entries
    .map(({ item }) => item)
    .filter(({ key }) => key.partition === partition && key.sort.startsWith(prefix))
    .sort((one, other) => (one.key.sort < other.key.sort ? -1 : 1))
    .slice(0, limit)
    .map((item) => structuredClone(item));
}

function list(entries: readonly Entry[], { label, limit, cursor }: ListingQuery): ListingPage {
  const listed = entries
    .filter(({ listing }) => listing !== undefined && (label === undefined || listing.label === label))
    .sort((one, other) => (orderOf(one) < orderOf(other) ? 1 : -1));
  const start = cursor === undefined ? 0 : positionAfter(listed, cursor, label);
  const page = listed.slice(start, start + limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => structuredClone(item)),
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
