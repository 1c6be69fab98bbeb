import { TransientError } from '../domain/errors';
import { type ItemKey, type ItemWrite, type LedgerStore, VersionConflictError } from '../ports/ledger-store';

/** An item as it was read: `data` is undefined, and `version` 0, where there is none. */
export interface Snapshot {
  readonly key: ItemKey;
  readonly version: number;
  readonly data: unknown;
}

export interface Decision<Result> {
  readonly writes: readonly ItemWrite[];
  readonly result: Result;
}

/** More conflicts in a row than this on one tenant's items means that something is wrong, not that it is busy. */
const MOST_ATTEMPTS = 12;

/**
 * The one way to change the ledger: read items, decide purely, write all or nothing - and decide again on fresh items when
 * another writer came first.
 *
 * @throws TransientError when others keep coming first; whatever `decision` throws
 */
export async function decide<Result>(
  store: LedgerStore,
  keys: readonly ItemKey[],
  decision: (...snapshots: readonly Snapshot[]) => Decision<Result>,
): Promise<Result> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const { writes, result } = decision(...(await snapshotsOf(store, keys)));
    if (writes.length === 0 || (await committed(store, writes))) return result;
  }
  throw new TransientError(`The ledger items of ${keys.map((key) => key.partition).join(', ')} keep changing.`);
}

export async function snapshotsOf(store: LedgerStore, keys: readonly ItemKey[]): Promise<readonly Snapshot[]> {
  const items = await store.read(keys);
  return keys.map((key, index) => {
    const item = items[index];
    return { key, version: item?.version ?? 0, data: item?.data };
  });
}

async function committed(store: LedgerStore, writes: readonly ItemWrite[]): Promise<boolean> {
  try {
    await store.commit(writes);
    return true;
  } catch (error) {
    if (error instanceof VersionConflictError) return false;
    throw error;
  }
}

/** A schema, as far as items are read by it. */
interface Reader<Content> {
  parse(data: unknown): Content;
}

/** The content of an item, or undefined where there is none. */
export function contentOf<Content>(schema: Reader<Content>, snapshot: Snapshot | undefined): Content | undefined {
  return snapshot?.data === undefined ? undefined : schema.parse(snapshot.data);
}

/**
 * The same for items that come again and again unchanged: an object is read as what it was read before. Stores hand out what nobody changes.
 */
export function contentReader<Content>(
  schema: Reader<Content>,
): (snapshot: Snapshot | undefined) => Content | undefined {
  const known = new WeakMap<object, Content>();
  return (snapshot) => {
    const data = snapshot?.data;
    if (typeof data !== 'object' || data === null) return contentOf(schema, snapshot);
    const content = known.get(data) ?? schema.parse(data);
    known.set(data, content);
    return content;
  };
}

/** A write that replaces what was read. */
export function replace(
  snapshot: Snapshot,
  data: object | null,
  extras: Pick<ItemWrite, 'listing' | 'expiresAt'> = {},
): ItemWrite {
  return { key: snapshot.key, expectedVersion: snapshot.version, data, ...extras };
}
