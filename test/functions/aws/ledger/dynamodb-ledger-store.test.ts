import { dynamodbLedgerStore } from '../../../../functions/aws/ledger/dynamodb-ledger-store';
import { type ItemWrite, VersionConflictError } from '../../../../functions/ports/ledger-store';
import { awsError, type CannedAnswer, CannedRequestHandler } from '../../../fakes/canned-request-handler';

const key = { partition: 'TENANT#1', sort: 'TENANT' };
const other = { partition: 'TENANT#1', sort: 'RUN' };
const busy = awsError('TransactionCanceledException', { CancellationReasons: [{ Code: 'TransactionConflict' }] });
const item = {
  body: {
    Responses: [
      {
        Item: {
          partition: { S: 'TENANT#1' },
          sort: { S: 'TENANT' },
          version: { N: '3' },
          data: { S: '{"is":"there"}' },
        },
      },
    ],
  },
};

/** How long was waited, with the longest of all draws. */
let pauses: number[] = [];

const storeBehind = ({ settings }: CannedRequestHandler) =>
  dynamodbLedgerStore(settings, 'ledger', {
    wait: (milliseconds) => Promise.resolve(void pauses.push(milliseconds)),
    random: () => 1,
  });

/* What MiniStack does not show; the rest of the store is tested against it. */

describe('the ledger store in DynamoDB', () => {
  beforeEach(() => {
    pauses = [];
  });

  it('reads again when a transaction writes the same items at that moment', async () => {
    const handler = new CannedRequestHandler(busy, busy, item);
    const store = storeBehind(handler);
    expect(await store.read([key, other])).toEqual([{ key, version: 3, data: { is: 'there' } }, undefined]);
    expect(handler.requests).toHaveLength(3);
    expect(pauses).toEqual([20, 40]);
  });

  it('gives up for now when that does not end', async () => {
    const store = storeBehind(new CannedRequestHandler(busy));
    await expect(store.read([key, other])).rejects.toMatchObject({ name: 'TransientError' });
    expect(pauses).toEqual([20, 40, 80, 160, 200, 200, 200]);
  });

  it('reads a single item as it is now, without the price of a transaction', async () => {
    const Item = item.body.Responses[0]?.Item;
    const handler = new CannedRequestHandler({ body: { Item } }, { body: {} });
    const store = storeBehind(handler);
    expect(await store.read([key])).toEqual([{ key, version: 3, data: { is: 'there' } }]);
    expect(await store.read([key])).toEqual([undefined]);
    expect(handler.requests[0]?.body).toMatchObject({ ConsistentRead: true });
  });

  it('tells a write that came too fast from one that met another writer', async () => {
    const commit = (answer: CannedAnswer) =>
      storeBehind(new CannedRequestHandler(answer)).commit([{ key, expectedVersion: 0, data: {} }]);
    await expect(commit(busy)).rejects.toBeInstanceOf(VersionConflictError);
    const fast = awsError('TransactionCanceledException', { CancellationReasons: [{ Code: 'ThrottlingError' }] });
    await expect(commit(fast)).rejects.toMatchObject({ name: 'TransientError' });
    const large = awsError('TransactionCanceledException', { CancellationReasons: [{ Code: 'ValidationError' }] });
    await expect(commit(large)).rejects.toMatchObject({ name: 'RejectedError' });
  });

  describe('puts a single item without the price of a transaction', () => {
    const write: ItemWrite = { key, expectedVersion: 3, data: { is: 'changed' } };
    const Item = { partition: { S: 'TENANT#1' }, sort: { S: 'TENANT' }, version: { N: '4' } };
    const written = { ...Item, data: { S: '{"is":"changed"}' } };
    const met = (there: object) => awsError('ConditionalCheckFailedException', { Item: there });
    const lost: CannedAnswer = { status: 500, body: { __type: 'InternalServerError' } };

    it('and over nothing but what the writer has read', async () => {
      const handler = new CannedRequestHandler({ body: {} });
      await storeBehind(handler).commit([write]);
      expect(handler.requests).toMatchObject([
        {
          target: 'DynamoDB_20120810.PutItem',
          body: {
            TableName: 'ledger',
            Item: written,
            ConditionExpression: 'version = :expected',
            ExpressionAttributeValues: { ':expected': { N: '3' } },
          },
        },
      ]);
    });

    it.each([met(written), met({ ...Item, data: { S: '{"is":"else"}' } }), awsError('TransactionConflictException')])(
      'or tells that another one has come before: %j',
      async (answer) => {
        const commit = storeBehind(new CannedRequestHandler(answer)).commit([write]);
        await expect(commit).rejects.toBeInstanceOf(VersionConflictError);
      },
    );

    it('and finds its own write where the answer to it was lost', async () => {
      const handler = new CannedRequestHandler(lost, met(written));
      await storeBehind(handler).commit([write]);
      expect(handler.requests).toHaveLength(2);
      const other = new CannedRequestHandler(lost, met({ ...Item, data: { S: '{"is":"else"}' } }));
      await expect(storeBehind(other).commit([write])).rejects.toBeInstanceOf(VersionConflictError);
    });

    it('but deletes it in one', async () => {
      const handler = new CannedRequestHandler({ body: {} });
      await storeBehind(handler).commit([{ key, expectedVersion: 3, data: null }]);
      expect(handler.requests).toMatchObject([{ target: 'DynamoDB_20120810.TransactWriteItems' }]);
    });
  });

  it('writes over nothing but what the writer has read', async () => {
    const handler = new CannedRequestHandler({ body: {} });
    await storeBehind(handler).commit([
      { key, expectedVersion: 0, data: { is: 'new' }, listing: { label: 'RUNNING', at: '2026-11-24' }, expiresAt: 9 },
      { key: other, expectedVersion: 3, data: { is: 'changed' } },
      { key: { partition: 'CLAIM#1', sort: 'CLAIM' }, expectedVersion: 7, data: null },
    ]);
    const isVersion = (version: string) => ({
      ConditionExpression: 'version = :expected',
      ExpressionAttributeValues: { ':expected': { N: version } },
    });
    const keyOf = (partition: string, sort: string) => ({ partition: { S: partition }, sort: { S: sort } });
    expect(handler.requests[0]?.body).toMatchObject({
      TransactItems: [
        {
          Put: {
            TableName: 'ledger',
            Item: {
              ...keyOf('TENANT#1', 'TENANT'),
              version: { N: '1' },
              data: { S: '{"is":"new"}' },
              label: { S: 'RUNNING' },
              listedAt: { S: '2026-11-24' },
              everyLabel: { S: 'ALL' },
              expiresAt: { N: '9' },
            },
            ConditionExpression: 'attribute_not_exists(version)',
          },
        },
        {
          Put: {
            Item: { ...keyOf('TENANT#1', 'RUN'), version: { N: '4' }, data: { S: '{"is":"changed"}' } },
            ...isVersion('3'),
          },
        },
        { Delete: { TableName: 'ledger', Key: keyOf('CLAIM#1', 'CLAIM'), ...isVersion('7') } },
      ],
    });
  });

  describe('writes entries of filters with their item', () => {
    const filters = { workspace: { value: 'retail', at: '2026-11-24' } };
    const Key = { partition: { S: 'TENANT#1' }, sort: { S: 'FILTER#workspace#TENANT' } };

    /** What the transaction of one write does besides writing the item. */
    const besides = async (write: Omit<ItemWrite, 'key' | 'expectedVersion'>): Promise<readonly unknown[]> => {
      const handler = new CannedRequestHandler({ body: {} });
      await storeBehind(handler).commit([{ key, expectedVersion: 3, ...write }]);
      const [sent] = handler.requests;
      const { TransactItems = [] } = (sent?.body ?? {}) as { readonly TransactItems?: readonly unknown[] };
      return TransactItems.slice(1);
    };

    it.each([{ expiresAt: 1_800_000_000 }, {}])('which live as long as it does: %j', async (life) => {
      const expiresAt = 'expiresAt' in life ? { expiresAt: { N: '1800000000' } } : {};
      const Item = { ...Key, filter: { S: 'workspace#retail' }, filteredAt: { S: '2026-11-24' }, ...expiresAt };
      expect(await besides({ data: {}, filters, refiled: ['workspace'], ...life })).toEqual([
        { Put: { TableName: 'ledger', Item } },
      ]);
    });

    it('and deletes those of filters that it stands under no more, or of an item that goes', async () => {
      const gone = { Delete: { TableName: 'ledger', Key } };
      expect(await besides({ data: {}, filters: {}, refiled: ['workspace'], expiresAt: 9 })).toEqual([gone]);
      expect(await besides({ data: null, filters, refiled: ['workspace'] })).toEqual([gone]);
      expect(await besides({ data: {}, filters, refiled: [] })).toEqual([]);
    });
  });

  const stored = (sort: string) => ({
    partition: { S: 'LANE#1' },
    sort: { S: sort },
    version: { N: '1' },
    data: { S: '{}' },
  });

  it('reads page after page of a partition as it is now, until there are as many items as were asked for', async () => {
    const page = (...sorts: readonly string[]) => ({
      body: { Items: sorts.map(stored), LastEvaluatedKey: { partition: { S: 'LANE#1' }, sort: { S: sorts.at(-1) } } },
    });
    const handler = new CannedRequestHandler(page('WAITER#1'), page('WAITER#2', 'WAITER#3', 'WAITER#4'), page('X'));
    const query = { partition: 'LANE#1', prefix: 'WAITER#', limit: 3, after: 'WAITER#0' };
    const items = await storeBehind(handler).readPartition(query);
    expect(items.map((one) => one.key.sort)).toEqual(['WAITER#1', 'WAITER#2', 'WAITER#3']);
    expect(handler.requests.map(({ body }) => body)).toMatchObject(
      ['WAITER#0', 'WAITER#1'].map((after) => ({
        ConsistentRead: true,
        Limit: 3,
        ExpressionAttributeValues: { ':partition': { S: 'LANE#1' }, ':prefix': { S: 'WAITER#' } },
        ExclusiveStartKey: { partition: { S: 'LANE#1' }, sort: { S: after } },
      })),
    );
    expect(handler.requests).toHaveLength(2);
  });

  it('lists the newest first, and goes on where the page before has ended', async () => {
    const LastEvaluatedKey = {
      partition: { S: 'TENANT#1' },
      sort: { S: 'TENANT' },
      listedAt: { S: '2026-11-24' },
      label: { S: 'FAILED' },
    };
    const handler = new CannedRequestHandler({ body: { Items: [stored('A')], LastEvaluatedKey } }, { body: {} });
    const store = storeBehind(handler);
    const { cursor } = await store.list({ label: 'FAILED', limit: 1 });
    expect(await store.list({ label: 'FAILED', limit: 1, cursor: cursor ?? '' })).toEqual({ items: [], cursor: null });
    const query = { ScanIndexForward: false, Limit: 1, ExpressionAttributeValues: { ':label': { S: 'FAILED' } } };
    expect(handler.requests.map(({ body }) => body)).toMatchObject([
      query,
      { ...query, ExclusiveStartKey: LastEvaluatedKey },
    ]);
  });
});
