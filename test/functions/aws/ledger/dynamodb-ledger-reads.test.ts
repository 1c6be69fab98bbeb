import { dynamodbLedgerStore } from '../../../../functions/aws/ledger/dynamodb-ledger-store';
import * as indexes from '../../../../functions/ports/ledger-store';
import { EVERY_LABEL } from '../../../../functions/ports/ledger-store';
import { awsError, CannedRequestHandler } from '../../../fakes/canned-request-handler';

const key = { partition: 'TENANT#1', sort: 'TENANT' };
const other = { partition: 'TENANT#1', sort: 'RUN' };
const storeBehind = ({ settings }: CannedRequestHandler) => dynamodbLedgerStore(settings, 'ledger');

const stored = (sort: string) => ({
  partition: { S: 'LANE#1' },
  sort: { S: sort },
  version: { N: '1' },
  data: { S: '{}' },
});

describe('what is read of the ledger in DynamoDB', () => {
  const query = { partition: 'LANE#1', prefix: 'WAITER#', limit: 2 };

  it('asks for a partition in the order of its keys, or in the other', async () => {
    const handler = new CannedRequestHandler({ body: { Items: [stored('WAITER#1'), stored('WAITER#2')] } });
    await storeBehind(handler).readPartition(query);
    await storeBehind(handler).readPartition({ ...query, descending: true });
    const asked = {
      TableName: 'ledger',
      ConsistentRead: true,
      Limit: 2,
      KeyConditionExpression: '#partition = :partition AND begins_with(#sort, :prefix)',
      ExpressionAttributeNames: { '#partition': 'partition', '#sort': 'sort' },
      ExpressionAttributeValues: { ':partition': { S: 'LANE#1' }, ':prefix': { S: 'WAITER#' } },
    };
    expect(handler.requests.map(({ body }) => body)).toEqual([
      { ...asked, ScanIndexForward: true },
      { ...asked, ScanIndexForward: false },
    ]);
  });

  it('asks for no further page where it has as many as were asked for, and goes over an empty one', async () => {
    const LastEvaluatedKey = { partition: { S: 'LANE#1' }, sort: { S: 'WAITER#2' } };
    const full = new CannedRequestHandler({
      body: { Items: [stored('WAITER#1'), stored('WAITER#2')], LastEvaluatedKey },
    });
    expect(await storeBehind(full).readPartition(query)).toHaveLength(2);
    expect(full.requests).toHaveLength(1);
    const empty = new CannedRequestHandler({ body: { LastEvaluatedKey } }, { body: { Items: [stored('WAITER#3')] } });
    expect(await storeBehind(empty).readPartition(query)).toHaveLength(1);
  });

  const SINCE = '2026-11-01';

  it.each([
    [{}, 'everyLabel', 'every', 'INDEX_OF_ALL'],
    [{ label: 'FAILED' }, 'label', 'FAILED', 'INDEX_BY_LABEL'],
    [{ filter: { name: 'email', value: 'a@b.c' } }, 'filter', 'email#a@b.c', 'INDEX_BY_FILTER'],
  ] as const)('asks one index for a list: %j', async (listing, attribute, value, index) => {
    const handler = new CannedRequestHandler({ body: {} });
    const store = storeBehind(handler);
    await store.list({ ...listing, limit: 2 });
    await store.list({ ...listing, limit: 2, since: SINCE });
    const label = { S: value === 'every' ? EVERY_LABEL : value };
    const asked = { TableName: 'ledger', IndexName: indexes[index], ScanIndexForward: false, Limit: 2 };
    const order = index === 'INDEX_BY_FILTER' ? 'filteredAt' : 'listedAt';
    expect(handler.requests.map(({ body }) => body)).toEqual([
      {
        ...asked,
        KeyConditionExpression: '#label = :label',
        ExpressionAttributeNames: { '#label': attribute },
        ExpressionAttributeValues: { ':label': label },
      },
      {
        ...asked,
        KeyConditionExpression: '#label = :label AND #at >= :since',
        ExpressionAttributeNames: { '#label': attribute, '#at': order },
        ExpressionAttributeValues: { ':label': label, ':since': { S: SINCE } },
      },
    ]);
  });

  it('reads the items of the entries of a filter, as they are now, and leaves out those that have gone', async () => {
    const entry = (sort: string) => ({ partition: { S: 'TENANT#1' }, sort: { S: `FILTER#email#${sort}` } });
    const handler = new CannedRequestHandler(
      { body: { Items: [entry('TENANT'), entry('RUN#1#2')] } },
      { body: {} },
      { body: { Item: { ...stored('RUN#1#2'), partition: { S: 'TENANT#1' } } } },
    );
    const { items } = await storeBehind(handler).list({ filter: { name: 'email', value: 'a@b.c' }, limit: 2 });
    expect(items.map((one) => one.key)).toEqual([{ partition: 'TENANT#1', sort: 'RUN#1#2' }]);
    expect(handler.requests.slice(1).map(({ body }) => body)).toEqual(
      ['TENANT', 'RUN#1#2'].map((sort) => ({
        TableName: 'ledger',
        ConsistentRead: true,
        Key: { partition: { S: 'TENANT#1' }, sort: { S: sort } },
      })),
    );
  });

  it('gives back all that was written with an item', async () => {
    const more = {
      label: { S: 'FAILED' },
      listedAt: { S: SINCE },
      expiresAt: { N: '9' },
      filters: { S: '{"email":{"value":"a@b.c","at":"2026"}}' },
    };
    const Responses = [{ Item: { ...stored('A'), ...more } }, { Item: stored('B') }, {}];
    const handler = new CannedRequestHandler({ body: { Responses } }, { body: {} });
    const keys = [key, other, { ...other, sort: 'C' }];
    const plain = { version: 1, data: {} };
    expect(await storeBehind(handler).read(keys)).toEqual([
      {
        key: { partition: 'LANE#1', sort: 'A' },
        ...plain,
        listing: { label: 'FAILED', at: SINCE },
        expiresAt: 9,
        filters: { email: { value: 'a@b.c', at: '2026' } },
      },
      { key: { partition: 'LANE#1', sort: 'B' }, ...plain },
      undefined,
    ]);
    expect(handler.requests[0]?.body).toEqual({
      TransactItems: keys.map(({ partition, sort }) => ({
        Get: { TableName: 'ledger', Key: { partition: { S: partition }, sort: { S: sort } } },
      })),
    });
    expect(await storeBehind(handler).read(keys)).toEqual([undefined, undefined, undefined]);
  });

  it('reads nothing where it is asked for nothing', async () => {
    const handler = new CannedRequestHandler({ body: {} });
    expect([await storeBehind(handler).read([]), handler.requests]).toEqual([[], []]);
  });

  const cursorOf = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');

  it.each([
    ['no cursor', 'no cursor'],
    ['one of another label', cursorOf({ partition: 'p', sort: 's', listedAt: SINCE, label: 'VENDED' })],
    ['one of another index', cursorOf({ partition: 'p', sort: 's', listedAt: SINCE, everyLabel: EVERY_LABEL })],
    ['one with more in it', cursorOf({ partition: 'p', sort: 's', listedAt: SINCE, label: 'FAILED', more: '' })],
  ])('takes %s for none that it has given out', async (_, cursor) => {
    const handler = new CannedRequestHandler({ body: {} });
    const list = storeBehind(handler).list({ label: 'FAILED', limit: 1, cursor });
    await expect(list).rejects.toThrow('The cursor is not one that this list has given out.');
    expect(handler.requests).toEqual([]);
  });

  it.each<readonly [string, (store: ReturnType<typeof storeBehind>) => Promise<unknown>]>([
    ['read the ledger', (store) => store.read([key])],
    ['read the ledger', (store) => store.read([key, other])],
    ['read the ledger', (store) => store.readPartition(query)],
    ['write the ledger', (store) => store.commit([{ key, expectedVersion: 0, data: {} }])],
    ['list vendings', (store) => store.list({ limit: 1 })],
  ])('says what was refused: to %s', async (doing, call) => {
    const handler = new CannedRequestHandler(awsError('AccessDeniedException'));
    await expect(call(storeBehind(handler))).rejects.toThrow(`AWS refused to ${doing} (AccessDenied`);
    expect(handler.requests).toHaveLength(1);
  });
});
