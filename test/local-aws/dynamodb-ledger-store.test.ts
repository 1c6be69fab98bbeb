import { CreateTableCommand, DescribeTableCommand, DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

import { dynamodbLedgerStore } from '../../functions/aws/ledger/dynamodb-ledger-store';
import { INDEX_BY_FILTER, INDEX_BY_LABEL, INDEX_OF_ALL } from '../../functions/ports/ledger-store';
import { type RunningMiniStack, startMiniStack } from '../../sandbox/runtime/ministack/ministack';
import { ledgerStoreSuite } from '../functions/aws/ledger/ledger-store-suite';
import { clientFor } from './throw-away-stack';

describe('the ledger store in DynamoDB', () => {
  let ministack: RunningMiniStack;
  let dynamodb: DynamoDBClient;
  let tables = 0;

  beforeAll(async () => {
    ministack = await startMiniStack({ region: 'eu-central-1', waitScale: 0.01, endpoints: {} });
    dynamodb = new DynamoDBClient(clientFor(ministack));
  });
  afterAll(async () => {
    await ministack.stop();
  });

  /** A new table, as the CDK app makes it. */
  const makeTable = async (): Promise<string> => {
    tables += 1;
    const TableName = `ledger-${tables}`;
    const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' as const });
    const index = (IndexName: string, attribute: string) => ({
      IndexName,
      KeySchema: keySchema(attribute, 'listedAt'),
      Projection: { ProjectionType: 'ALL' as const },
    });
    await dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: ATTRIBUTES.map(text),
        KeySchema: keySchema('partition', 'sort'),
        GlobalSecondaryIndexes: [index(INDEX_BY_LABEL, 'label'), index(INDEX_OF_ALL, 'everyLabel'), byFilter],
      }),
    );
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table?.TableStatus).toBe('ACTIVE');
    return TableName;
  };

  const byFilter = {
    IndexName: INDEX_BY_FILTER,
    KeySchema: [
      { AttributeName: 'filter', KeyType: 'HASH' as const },
      { AttributeName: 'filteredAt', KeyType: 'RANGE' as const },
    ],
    Projection: { ProjectionType: 'KEYS_ONLY' as const },
  };

  const keySchema = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];

  const storeOf = (table: string) => dynamodbLedgerStore(clientFor(ministack), table);

  it.each(Object.entries(ledgerStoreSuite))('%s', async (_, expectKept) => {
    await expectKept(storeOf(await makeTable()));
  });

  it('writes the time to live where the table looks for it, and takes it away with the next write without one', async () => {
    const table = await makeTable();
    const store = storeOf(table);
    const key = { partition: 'TENANT#1', sort: 'PLAN' };
    const read = async () => {
      const Key = { partition: { S: key.partition }, sort: { S: key.sort } };
      return (await dynamodb.send(new GetItemCommand({ TableName: table, Key }))).Item;
    };
    await store.commit([{ key, expectedVersion: 0, data: {}, expiresAt: 1_800_000_000 }]);
    expect(await read()).toMatchObject({ expiresAt: { N: '1800000000' } });
    await store.commit([{ key, expectedVersion: 1, data: {} }]);
    expect(await read()).not.toHaveProperty('expiresAt');
  });
});

const ATTRIBUTES = ['partition', 'sort', 'label', 'everyLabel', 'listedAt', 'filter', 'filteredAt'];
