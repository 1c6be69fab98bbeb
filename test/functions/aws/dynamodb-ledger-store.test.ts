import { dynamodbLedgerStore } from '../../../functions/aws/dynamodb-ledger-store';
import { VersionConflictError } from '../../../functions/ports/ledger-store';
import { awsError, type CannedAnswer, CannedRequestHandler } from '../../fakes/canned-request-handler';

const key = { partition: 'TENANT#1', sort: 'TENANT' };
const busy = awsError('TransactionCanceledException', { CancellationReasons: [{ Code: 'TransactionConflict' }] });
const item: CannedAnswer = {
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

/* What MiniStack does not show; the rest of the store is tested against it. */

describe('the ledger store in DynamoDB', () => {
  it('reads again when a transaction writes the same items at that moment', async () => {
    const handler = new CannedRequestHandler(busy, busy, item);
    const store = dynamodbLedgerStore(handler.settings, 'ledger');
    expect(await store.read([key])).toEqual([{ key, version: 3, data: { is: 'there' } }]);
    expect(handler.requests).toHaveLength(3);
  });

  it('gives up for now when that does not end', async () => {
    const store = dynamodbLedgerStore(new CannedRequestHandler(busy).settings, 'ledger');
    await expect(store.read([key])).rejects.toMatchObject({ name: 'TransientError' });
  });

  it('tells a write that came too fast from one that met another writer', async () => {
    const commit = (answer: CannedAnswer) =>
      dynamodbLedgerStore(new CannedRequestHandler(answer).settings, 'ledger').commit([
        { key, expectedVersion: 0, data: {} },
      ]);
    await expect(commit(busy)).rejects.toBeInstanceOf(VersionConflictError);
    const fast = awsError('TransactionCanceledException', { CancellationReasons: [{ Code: 'ThrottlingError' }] });
    await expect(commit(fast)).rejects.toMatchObject({ name: 'TransientError' });
    const large = awsError('TransactionCanceledException', { CancellationReasons: [{ Code: 'ValidationError' }] });
    await expect(commit(large)).rejects.toMatchObject({ name: 'RejectedError' });
  });
});
