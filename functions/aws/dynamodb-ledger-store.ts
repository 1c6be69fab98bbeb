import {
  type AttributeValue,
  DynamoDBClient,
  QueryCommand,
  type QueryCommandInput,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

import {
  InvalidCursorError,
  type ItemKey,
  type ItemWrite,
  type LedgerStore,
  type ListingPage,
  type ListingQuery,
  type StoredItem,
  VersionConflictError,
} from '../ports/ledger-store';
import { calling, isConditionFailed } from './aws-error';
import type { AwsSettings } from './aws-settings';
import { EVERY_LABEL, INDEX_BY_LABEL, INDEX_OF_ALL } from './ledger-table';

type Item = Record<string, AttributeValue>;

/** The ledger's table in DynamoDB. Its attributes are described in `ledger-table.ts`. */
export function dynamodbLedgerStore(settings: AwsSettings, tableName: string): LedgerStore {
  const client = new DynamoDBClient({ ...settings });
  return {
    read: (keys) => calling('read the ledger', () => read(client, tableName, keys)),
    commit: (writes) => calling('write the ledger', () => commit(client, tableName, writes)),
    list: (query) => calling('list vendings', () => list(client, tableName, query)),
  };
}

async function read(
  client: DynamoDBClient,
  tableName: string,
  keys: readonly ItemKey[],
): Promise<readonly (StoredItem | undefined)[]> {
  if (keys.length === 0) return [];
  const TransactItems = keys.map((key) => ({ Get: { TableName: tableName, Key: keyAttributes(key) } }));
  const { Responses = [] } = await client.send(new TransactGetItemsCommand({ TransactItems }));
  return keys.map((_, index) => storedItem(Responses[index]?.Item));
}

async function commit(client: DynamoDBClient, tableName: string, writes: readonly ItemWrite[]): Promise<void> {
  const TransactItems = writes.map((write) => transactItem(tableName, write));
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
  } catch (error) {
    throw isConditionFailed(error) ? new VersionConflictError(writes.map(({ key }) => key)) : error;
  }
}

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

function itemOf({ key, expectedVersion, data, listing, expiresAt }: ItemWrite): Item {
  const item = {
    ...key,
    version: expectedVersion + 1,
    data,
    ...(listing === undefined ? {} : { label: listing.label, listedAt: listing.at, everyLabel: EVERY_LABEL }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  };
  return marshall(item, { removeUndefinedValues: true });
}

function keyAttributes({ partition, sort }: ItemKey): Item {
  return { partition: { S: partition }, sort: { S: sort } };
}

function storedItem(item: Item | undefined): StoredItem | undefined {
  if (item === undefined) return undefined;
  const { partition, sort, version, data } = unmarshall(item);
  return { key: { partition: String(partition), sort: String(sort) }, version: Number(version), data };
}

async function list(client: DynamoDBClient, tableName: string, query: ListingQuery): Promise<ListingPage> {
  const start = startKey(query.cursor);
  const input: QueryCommandInput = {
    TableName: tableName,
    ...(query.label === undefined
      ? indexCondition(INDEX_OF_ALL, 'everyLabel', EVERY_LABEL)
      : indexCondition(INDEX_BY_LABEL, 'label', query.label)),
    ScanIndexForward: false,
    Limit: query.limit,
    ...(start === undefined ? {} : { ExclusiveStartKey: start }),
  };
  const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand(input));
  return {
    items: Items.flatMap((item) => storedItem(item) ?? []),
    cursor: LastEvaluatedKey === undefined ? null : cursorOf(LastEvaluatedKey),
  };
}

function indexCondition(
  IndexName: string,
  attribute: string,
  value: string,
): Pick<
  QueryCommandInput,
  'IndexName' | 'KeyConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
> {
  return {
    IndexName,
    KeyConditionExpression: '#label = :label',
    ExpressionAttributeNames: { '#label': attribute },
    ExpressionAttributeValues: { ':label': { S: value } },
  };
}

/** Keys are strings only, so the cursor is their names and values. */
function cursorOf(key: Item): string {
  return Buffer.from(JSON.stringify(unmarshall(key))).toString('base64url');
}

function startKey(cursor: string | undefined): Item | undefined {
  if (cursor === undefined) return undefined;
  const key = parsedCursor(cursor);
  if (typeof key !== 'object' || key === null || !Object.values(key).every((part) => typeof part === 'string')) {
    throw new InvalidCursorError('The cursor is not one that this API has given out.');
  }
  return marshall(key);
}

function parsedCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
