import * as z from 'zod/mini';

import { TransientError } from '../../domain/base/errors';
import {
  FILTER_NAMES,
  type FilterName,
  type Filters,
  type ItemKey,
  type ItemWrite,
  type LedgerStore,
  MAX_ITEMS,
  type StoredItem,
  VersionConflictError,
} from '../../ports/ledger-store';

/** An item as it was read: `data` is undefined, and `version` 0, where there is none. */
export interface Snapshot {
  readonly key: ItemKey;
  readonly version: number;
  readonly data: unknown;
  /** Under which filters it stands; absent: none, or a release that knows none has written it. */
  readonly filters?: Filters;
}

export interface Decision<Result> {
  readonly writes: readonly ItemWrite[];
  readonly result: Result;
}

/** More conflicts in a row than this on one tenant's items means that something is wrong, not that it is busy. */
const MAX_ATTEMPTS = 12;

/**
 * The one way to change the ledger: read items, decide purely, write all or nothing - and decide again on fresh items
 * when another writer came first, after a pause.
 *
 * @throws TransientError when others keep coming first; whatever `decision` throws
 */
export async function decide<Result>(
  store: LedgerStore,
  keys: readonly ItemKey[],
  decision: (...snapshots: readonly Snapshot[]) => Decision<Result>,
): Promise<Result> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const { writes, result } = decision(...(await snapshotsOf(store, keys)));
    if (writes.length === 0 || (await commit(store, writes))) return result;
    if (attempt < MAX_ATTEMPTS) await store.backOff?.(attempt);
  }
  throw new TransientError(`The ledger items of ${keys.map((key) => key.partition).join(', ')} keep changing.`);
}

export async function snapshotsOf(store: LedgerStore, keys: readonly ItemKey[]): Promise<readonly Snapshot[]> {
  const items = await store.read(keys);
  return keys.map((key, index) => {
    const item = items[index];
    const { version = 0, data, filters } = item ?? {};
    return { key, version, data, ...(filters && { filters }) };
  });
}

/** The same of as many items as there are, where it does not matter that they are read one part after the other. */
export async function snapshotsInParts(store: LedgerStore, keys: readonly ItemKey[]): Promise<readonly Snapshot[]> {
  const snapshots: Snapshot[] = [];
  for (const part of inParts(keys, MAX_ITEMS)) snapshots.push(...(await snapshotsOf(store, part)));
  return snapshots;
}

/** One after the other, each with at most so many. */
export const inParts = <Item>(items: readonly Item[], most: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, part) => items.slice(part * most, (part + 1) * most));

async function commit(store: LedgerStore, writes: readonly ItemWrite[]): Promise<boolean> {
  try {
    await store.commit(writes);
    return true;
  } catch (error) {
    if (error instanceof VersionConflictError) return false;
    throw error;
  }
}

/** What this release does not know of what was read: noted beside it, so that no content has a field for it. */
const unknownWords = new WeakMap<object, readonly UnknownWord[]>();

/** The content of an item, or undefined where there is none. */
export const contentOf = <Content>(
  schema: z.core.$ZodType<Content>,
  snapshot: Snapshot | undefined,
): Content | undefined => (snapshot?.data === undefined ? undefined : contentOfStored(schema, snapshot));

/**
 * Fields and words of a newer release are in it as they are (`readRecord`); `replace` keeps those, and refuses to write
 * over these.
 */
export function contentOfStored<Content>(
  schema: z.core.$ZodType<Content>,
  { data }: Pick<StoredItem, 'data'>,
): Content {
  const read = readRecord(schema, data);
  if (read.unknownWords.length > 0 && isObject(data)) unknownWords.set(data, read.unknownWords);
  return read.content;
}

/**
 * The same for items that come again and again unchanged: an object is read as what it was read before. Stores hand out
 * what nobody changes.
 */
export function contentReader<Content>(
  schema: z.core.$ZodType<Content>,
): (snapshot: Snapshot | undefined) => Content | undefined {
  const known = new WeakMap<object, Content>();
  return (snapshot) => {
    const data = snapshot?.data;
    if (!isObject(data)) return contentOf(schema, snapshot);
    const content = known.get(data) ?? contentOf(schema, snapshot);
    if (content !== undefined) known.set(data, content);
    return content;
  };
}

/**
 * @throws TransientError when one of these items, which were read by `contentOf`, says something that only a newer
 * release understands
 */
export function refuseUnknownWords(snapshots: readonly (Snapshot | undefined)[]): void {
  for (const item of snapshots) {
    const [first] = wordsOf(item);
    if (item !== undefined && first !== undefined) throw ofNewerRelease(item, first);
  }
}

/**
 * A write that replaces what was read. Fields that the new content does not have stay: a newer release may have written
 * them. One that is to go is written as undefined.
 *
 * @throws TransientError when it would change a word that this release does not know
 */
export function replace(
  snapshot: Snapshot,
  data: object | null,
  extras: Pick<ItemWrite, 'listing' | 'expiresAt' | 'filters' | 'refiled'> = {},
): ItemWrite {
  const { key, version: expectedVersion, data: before } = snapshot;
  if (data === null) return { key, expectedVersion, data, ...extras };
  const after = isObject(before) ? { ...before, ...data } : data;
  const lost = wordsOf(snapshot).find(({ path, word }) => valueAt(after, path) !== word);
  if (lost !== undefined) throw ofNewerRelease(snapshot, lost);
  return { key, expectedVersion, data: after, ...extras };
}

const wordsOf = (item: Snapshot | undefined): readonly UnknownWord[] =>
  isObject(item?.data) ? (unknownWords.get(item.data) ?? []) : [];

const isObject = (data: unknown): data is object => typeof data === 'object' && data !== null;

const ofNewerRelease = ({ key }: Snapshot, { path, word }: UnknownWord): TransientError =>
  new TransientError(
    `A newer release has written "${word}" as ${path.join('.')} of ${key.partition}/${key.sort}, which this function does not know. ` +
      'It goes on when this function is of that release, too.',
  );

/** A word of a record that this release does not know, where an enumeration stands: a newer one has written it. */
export interface UnknownWord {
  readonly path: readonly PropertyKey[];
  readonly word: string;
}

export interface ReadRecord<Content> {
  readonly content: Content;
  readonly unknownWords: readonly UnknownWord[];
}

/**
 * Reads what may have been written by a newer release: while functions are updated one after the other, and after a
 * rollback. Fields that the schema does not know stay in the content, at every depth, so a writer that writes it back
 * with a change has not lost them. A word that an enumeration does not know stands in the content as it is; who decides
 * by it has to look at `unknownWords` first.
 *
 * @throws ZodError when it does not fit for another reason
 */
function readRecord<Content>(schema: z.core.$ZodType<Content>, data: unknown): ReadRecord<Content> {
  const result = z.safeParse(schema, data);
  if (result.success) return { content: withUnknownFields(result.data, data), unknownWords: [] };
  const unknownWords = result.error.issues.flatMap((issue) => unknownWord(issue, data) ?? []);
  // Read as if it said a word that is known, and then given the word back that it says. Whatever else is wrong is
  // thrown here.
  const readable = structuredClone(data);
  for (const { path, known } of unknownWords) put(readable, path, known);
  const content = withUnknownFields(z.parse(schema, readable), data);
  for (const { path, word } of unknownWords) put(content, path, word);
  return { content, unknownWords };
}

/**
 * Finds an unknown word of an enumeration; a number, such as the version of a plan, says that the rest is to be read in
 * another way.
 */
function unknownWord(issue: z.core.$ZodIssue, data: unknown): (UnknownWord & { readonly known: string }) | undefined {
  if (issue.code !== 'invalid_value') return undefined;
  const [known] = issue.values;
  const word = valueAt(data, issue.path);
  return typeof known === 'string' && typeof word === 'string' ? { path: issue.path, word, known } : undefined;
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (isContainer(value) ? value[key] : undefined), data);
}

function put(data: unknown, path: readonly PropertyKey[], value: unknown): void {
  const key = path.at(-1);
  const container = valueAt(data, path.slice(0, -1));
  if (key !== undefined && isContainer(container)) container[key] = value;
}

function withUnknownFields<Content>(content: Content, data: unknown): Content {
  addUnknownFields(content, data);
  return content;
}

/**
 * In place: what the schema has read belongs to nobody else yet - but for what it hands on unread, which is complete.
 */
function addUnknownFields(content: unknown, data: unknown): void {
  if (content === data || !isContainer(content) || !isContainer(data)) return;
  for (const [key, value] of Object.entries(data)) {
    if (key in content) addUnknownFields(content[key], value);
    else content[key] = value;
  }
}

/** An object, or an array: a schema reads as many elements as there are. */
const isContainer = (value: unknown): value is Record<PropertyKey, unknown> =>
  typeof value === 'object' && value !== null;

/** The value of an item under each filter; absent or empty: it does not stand under that one. */
export type FilterValues = Readonly<Partial<Record<FilterName, string | null>>>;

/** Values of rejected desired states are whatever came in; DynamoDB takes 2,048 bytes of a key. */
const LONGEST_VALUE = 512;

/**
 * Under which filters an item stands that is written now, and which of their entries change with it. A value that stays
 * keeps its time: a list that is read in pages neither loses nor repeats it.
 *
 * @param before undefined: its entries are not known; each is written, or deleted
 * @param isExpiring each write moves the end of the item, and its entries are to live as long
 */
export function filed(
  before: Filters | undefined,
  values: FilterValues,
  at: string,
  isExpiring = false,
): Required<Pick<ItemWrite, 'filters' | 'refiled'>> {
  const filters: Filters = Object.fromEntries(
    FILTER_NAMES.flatMap((name) => {
      const value = values[name] ?? '';
      if (value === '' || Buffer.byteLength(value) > LONGEST_VALUE) return [];
      const known = before?.[name];
      // An error came when the run ended: each time is another one.
      const stays = known?.value === value && name !== 'error';
      return [[name, { value, at: stays ? known.at : at }]];
    }),
  );
  const isRenewed = (name: FilterName): boolean => isExpiring && filters[name] !== undefined;
  const isRefiled = (name: FilterName): boolean => before === undefined || isNews(name, before, filters);
  return { filters, refiled: FILTER_NAMES.filter((name) => isRefiled(name) || isRenewed(name)) };
}

const isNews = (name: FilterName, before: Filters, after: Filters): boolean =>
  before[name]?.value !== after[name]?.value || before[name]?.at !== after[name]?.at;
