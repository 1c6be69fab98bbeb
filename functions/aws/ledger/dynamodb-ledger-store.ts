import { isDeepStrictEqual } from 'node:util';

import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  paginateQuery,
  PutItemCommand,
  QueryCommand,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';

import { TransientError } from '../../domain/base/errors';
import { parsedJson } from '../../domain/base/json';
import {
  FILTER_NAMES,
  type FilterName,
  InvalidCursorError,
  type ItemKey,
  type ItemWrite,
  type LedgerStore,
  type ListingPage,
  type ListingQuery,
  type PartitionQuery,
  type StoredItem,
  VersionConflictError,
  EVERY_LABEL,
  INDEX_BY_FILTER,
  INDEX_BY_LABEL,
  INDEX_OF_ALL,
} from '../../ports/ledger-store';
import { calling, isConditionFailed } from '../base/aws-error';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';

type Item = Record<string, AttributeValue>;

/** DynamoDB refuses to read items that a transaction is writing at that very moment; it takes milliseconds. */
const MAX_READS = 8;

/** How long to wait for others: up to a time that doubles, so that of many who come at once fewer meet each time. */
const FIRST_PAUSE_MILLISECONDS = 20;
const LONGEST_PAUSE_MILLISECONDS = 200;

export interface RetryTiming {
  readonly wait: (milliseconds: number) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** A writer of the ledger that nobody else competes with needs no patience. */
const ALONE: RetryTiming = { wait: () => Promise.resolve(), random: () => 0 };

/** The ledger's table in DynamoDB. Its attributes are described in `ports/ledger-store.ts`. */
export function dynamodbLedgerStore(
  settings: AwsSettings,
  tableName: string,
  { wait, random }: RetryTiming = ALONE,
): LedgerStore {
  const client = new DynamoDBClient(ownClientSettings(settings));
  const backOff = (attempt: number): Promise<void> =>
    wait(random() * Math.min(LONGEST_PAUSE_MILLISECONDS, FIRST_PAUSE_MILLISECONDS * 2 ** (attempt - 1)));
  return {
    backOff,
    read: (keys) => calling('read the ledger', () => read(client, tableName, keys, backOff)),
    commit: (writes) => calling('write the ledger', () => commit(client, tableName, writes)),
    readPartition: (query) => calling('read the ledger', () => readPartition(client, tableName, query)),
    list: (query) => calling('list vendings', () => list(client, tableName, query)),
  };
}

async function read(
  client: DynamoDBClient,
  tableName: string,
  keys: readonly ItemKey[],
  backOff: (attempt: number) => Promise<void>,
): Promise<readonly (StoredItem | undefined)[]> {
  const [only] = keys;
  if (only === undefined) return [];
  if (keys.length === 1) return [await readOne(client, tableName, only)];
  const TransactItems = keys.map((key) => ({ Get: { TableName: tableName, Key: keyAttributes(key) } }));
  for (let attempt = 1; attempt <= MAX_READS; attempt += 1) {
    try {
      const { Responses = [] } = await client.send(new TransactGetItemsCommand({ TransactItems }));
      return keys.map((_, index) => storedItem(Responses[index]?.Item));
    } catch (error) {
      if (!isConditionFailed(error)) throw error;
    }
    if (attempt < MAX_READS) await backOff(attempt);
  }
  throw new TransientError('The ledger could not be read: others keep writing the same items.');
}

/** A transaction over one item tells no more than a plain read, at twice the price. */
async function readOne(client: DynamoDBClient, TableName: string, key: ItemKey): Promise<StoredItem | undefined> {
  const { Item } = await client.send(new GetItemCommand({ TableName, Key: keyAttributes(key), ConsistentRead: true }));
  return storedItem(Item);
}

async function commit(client: DynamoDBClient, tableName: string, writes: readonly ItemWrite[]): Promise<void> {
  const TransactItems = writes.flatMap((write) => [transactItem(tableName, write), ...entryItems(tableName, write)]);
  const only = TransactItems.length === 1 ? TransactItems[0]?.Put : undefined;
  try {
    if (only === undefined) await client.send(new TransactWriteItemsCommand({ TransactItems }));
    else await client.send(new PutItemCommand({ ...only, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
  } catch (error) {
    if (only !== undefined && isOwnWrite(error, only)) return;
    throw isConditionFailed(error) ? new VersionConflictError(writes.map(({ key }) => key)) : error;
  }
}

/**
 * A transaction carries a token, by which DynamoDB knows a repeated call. A write of one item costs half as much, and
 * has none: when the SDK has repeated it after a lost answer, what stands in its way may be what it has written itself.
 */
const isOwnWrite = (error: unknown, { Item }: Pick<NonNullable<TransactWriteItem['Put']>, 'Item'>): boolean =>
  error instanceof ConditionalCheckFailedException &&
  (error.$metadata.attempts ?? 1) > 1 &&
  isDeepStrictEqual(error.Item, Item);

function transactItem(tableName: string, write: ItemWrite): TransactWriteItem {
  const condition = conditionOf(write.expectedVersion);
  return write.data === null
    ? { Delete: { TableName: tableName, Key: keyAttributes(write.key), ...condition } }
    : { Put: { TableName: tableName, Item: itemOf(write), ...condition } };
}

function conditionOf(
  expectedVersion: number,
): Pick<NonNullable<TransactWriteItem['Put']>, 'ConditionExpression' | 'ExpressionAttributeValues'> {
  return expectedVersion === 0
    ? { ConditionExpression: 'attribute_not_exists(version)' }
    : {
        ConditionExpression: 'version = :expected',
        ExpressionAttributeValues: { ':expected': { N: String(expectedVersion) } },
      };
}

/** Entries are written with their item: the condition on its version counts for them, too. */
function entryItems(
  tableName: string,
  { key, data, filters = {}, refiled = [], expiresAt }: ItemWrite,
): TransactWriteItem[] {
  return refiled.map((name) => {
    const entry = data === null ? undefined : filters[name];
    const Key = { partition: key.partition, sort: entrySort(name, key) };
    if (entry === undefined) return { Delete: { TableName: tableName, Key: marshall(Key) } };
    const filed = { filter: filterValue(name, entry.value), filteredAt: entry.at };
    return { Put: { TableName: tableName, Item: marshall({ ...Key, ...filed, ...(expiresAt && { expiresAt }) }) } };
  });
}

const ENTRY = /^FILTER#[^#]+#/u;

const entrySort = (name: FilterName, { sort }: ItemKey): string => `FILTER#${name}#${sort}`;

const filterValue = (name: FilterName, value: string): string => `${name}#${value}`;

/** The content is JSON text: DynamoDB's own types know neither every number of JSON nor its depth. */
function itemOf({ key, expectedVersion, data, listing, expiresAt, filters }: ItemWrite): Item {
  return marshall({
    ...key,
    version: expectedVersion + 1,
    data: JSON.stringify(data),
    ...(listing === undefined ? {} : { label: listing.label, listedAt: listing.at, everyLabel: EVERY_LABEL }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(filters === undefined ? {} : { filters: JSON.stringify(filters) }),
  });
}

function keyAttributes({ partition, sort }: ItemKey): Item {
  return { partition: { S: partition }, sort: { S: sort } };
}

const FiltersSchema = z.partialRecord(z.enum(FILTER_NAMES), z.object({ value: z.string(), at: z.string() }));

function storedItem(item: Item | undefined): StoredItem | undefined {
  if (item === undefined) return undefined;
  const { partition, sort, version, data, label, listedAt, expiresAt, filters } = unmarshall(item);
  return {
    key: { partition: String(partition), sort: String(sort) },
    version: Number(version),
    data: JSON.parse(String(data)),
    ...(label === undefined ? {} : { listing: { label: String(label), at: String(listedAt) } }),
    ...(expiresAt === undefined ? {} : { expiresAt: Number(expiresAt) }),
    ...(filters === undefined ? {} : { filters: FiltersSchema.parse(JSON.parse(String(filters))) }),
  };
}

/** In pages: a query stops at a megabyte, however many items are wanted. */
async function readPartition(
  client: DynamoDBClient,
  tableName: string,
  { partition, prefix, limit, after, descending = false }: PartitionQuery,
): Promise<readonly StoredItem[]> {
  const pages = paginateQuery(
    {
      client,
      pageSize: limit,
      ...(after === undefined ? {} : { startingToken: keyAttributes({ partition, sort: after }) }),
    },
    {
      TableName: tableName,
      ConsistentRead: true,
      ScanIndexForward: !descending,
      KeyConditionExpression: '#partition = :partition AND begins_with(#sort, :prefix)',
      ExpressionAttributeNames: { '#partition': 'partition', '#sort': 'sort' },
      ExpressionAttributeValues: { ':partition': { S: partition }, ':prefix': { S: prefix } },
    },
  );
  const items: StoredItem[] = [];
  for await (const { Items = [] } of pages) {
    items.push(...Items.flatMap((item) => storedItem(item) ?? []));
    if (items.length >= limit) break;
  }
  return items.slice(0, limit);
}

async function list(client: DynamoDBClient, tableName: string, query: ListingQuery): Promise<ListingPage> {
  const index = indexOf(query);
  const start = query.cursor === undefined ? undefined : startKey(query.cursor, index);
  const { Items = [], LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: tableName,
      IndexName: index.name,
      KeyConditionExpression: query.since === undefined ? '#label = :label' : '#label = :label AND #at >= :since',
      ExpressionAttributeNames: { '#label': index.attribute, ...(query.since !== undefined && { '#at': index.order }) },
      ExpressionAttributeValues: marshall({
        ':label': index.value,
        ...(query.since !== undefined && { ':since': query.since }),
      }),
      ScanIndexForward: false,
      Limit: query.limit,
      ...(start === undefined ? {} : { ExclusiveStartKey: start }),
    }),
  );
  const items = index.name === INDEX_BY_FILTER ? await itemsOfEntries(client, tableName, Items) : Items.map(storedItem);
  return {
    items: items.filter((item) => item !== undefined),
    cursor: LastEvaluatedKey === undefined ? null : cursorOf(LastEvaluatedKey),
  };
}

/** Each by itself: a transaction would fail where somebody writes one of them just now. */
const itemsOfEntries = (
  client: DynamoDBClient,
  tableName: string,
  entries: readonly Item[],
): Promise<readonly (StoredItem | undefined)[]> =>
  Promise.all(
    entries.map((entry) => {
      const { partition, sort } = unmarshall(entry);
      return readOne(client, tableName, { partition: String(partition), sort: String(sort).replace(ENTRY, '') });
    }),
  );

function indexOf({ label, filter }: ListingQuery): Index {
  if (filter !== undefined) {
    const value = filterValue(filter.name, filter.value);
    return { name: INDEX_BY_FILTER, attribute: 'filter', order: 'filteredAt', value };
  }
  return label === undefined
    ? { name: INDEX_OF_ALL, attribute: 'everyLabel', order: 'listedAt', value: EVERY_LABEL }
    : { name: INDEX_BY_LABEL, attribute: 'label', order: 'listedAt', value: label };
}

interface Index {
  readonly name: string;
  readonly attribute: string;
  /** The attribute that its items are ordered by. */
  readonly order: string;
  readonly value: string;
}

/** Keys are strings only, so the cursor is their names and values. */
function cursorOf(key: Item): string {
  return Buffer.from(JSON.stringify(unmarshall(key))).toString('base64url');
}

/**
 * @throws InvalidCursorError when it is no key of this index, or one of another list: DynamoDB would refuse it in its
 * own words
 */
function startKey(cursor: string, { attribute, order, value }: Index): Item {
  const schema = z.strictObject({
    partition: z.string(),
    sort: z.string(),
    [order]: z.string(),
    [attribute]: z.literal(value),
  });
  const key = schema.safeParse(parsedJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!key.success) throw new InvalidCursorError('The cursor is not one that this list has given out.');
  return marshall(key.data);
}
