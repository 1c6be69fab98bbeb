import {
  InvalidCursorError,
  type ItemKey,
  type ItemWrite,
  type LedgerStore,
  type Listing,
  type ListingPage,
  type ListingQuery,
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
    read: (keys) => Promise.resolve(keys.map((key) => copyOf(entries.get(idOf(key))?.item))),
    commit: (writes) => {
      const conflicts = writes.filter((write) => versionOf(entries, write.key) !== write.expectedVersion);
      if (conflicts.length > 0) return Promise.reject(new VersionConflictError(conflicts.map(({ key }) => key)));
      for (const write of writes) apply(entries, write);
      return Promise.resolve();
    },
    list: (query) => Promise.resolve().then(() => list([...entries.values()], query)),
  };
}

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

function list(entries: readonly Entry[], { label, limit, cursor }: ListingQuery): ListingPage {
  const listed = entries
    .filter(({ listing }) => listing !== undefined && (label === undefined || listing.label === label))
    .sort((one, other) => (orderOf(one) < orderOf(other) ? 1 : -1));
  const start = cursor === undefined ? 0 : positionAfter(listed, cursor);
  const page = listed.slice(start, start + limit);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => structuredClone(item)),
    cursor: last !== undefined && start + limit < listed.length ? cursorOf(last) : null,
  };
}

const orderOf = ({ item, listing }: Entry): string => `${listing?.at ?? ''}#${idOf(item.key)}`;

const cursorOf = (entry: Entry): string => Buffer.from(orderOf(entry)).toString('base64url');

function positionAfter(listed: readonly Entry[], cursor: string): number {
  const order = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!order.includes('#')) throw new InvalidCursorError('The cursor is not one that this API has given out.');
  const position = listed.findIndex((entry) => orderOf(entry) < order);
  return position === -1 ? listed.length : position;
}
