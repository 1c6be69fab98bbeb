import { dynamodbLedgerStore } from '../../../../functions/aws/ledger/dynamodb-ledger-store';
import { VersionConflictError } from '../../../../functions/ports/ledger-store';
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
});
