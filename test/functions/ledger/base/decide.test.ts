import { TransientError } from '../../../../functions/domain/base/errors';
import { dynamodbLedgerStore } from '../../../../functions/aws/ledger/dynamodb-ledger-store';
import { decide, replace } from '../../../../functions/ledger/base/decide';
import { type LedgerStore, VersionConflictError } from '../../../../functions/ports/ledger-store';
import { seededRandom } from '../../../../sandbox/organization/draw';
import { CannedRequestHandler } from '../../../fakes/canned-request-handler';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';

const key = { partition: 'counter', sort: 'COUNTER' };

const increment = (store: LedgerStore): Promise<number> =>
  decide(store, [key], (item) => {
    const count = ((item.data as { readonly count: number } | undefined)?.count ?? 0) + 1;
    return { writes: [replace(item, { count })], result: count };
  });

describe('decide', () => {
  it('loses no change when several decide at once', async () => {
    const store = new RecordingLedgerStore();
    const results = await Promise.all(Array.from({ length: 8 }, () => increment(store)));
    expect(results.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('writes nothing when the decision throws', async () => {
    const store = new RecordingLedgerStore();
    const decision = decide(store, [key], () => {
      throw new RangeError('no');
    });
    await expect(decision).rejects.toThrow(RangeError);
    expect(store.writes).toEqual([]);
  });

  it('gives up for now when others keep coming first', async () => {
    const store = new RecordingLedgerStore();
    let attempts = 0;
    const busy: LedgerStore = {
      read: (keys) => store.read(keys),
      readPartition: (query) => store.readPartition(query),
      list: (query) => store.list(query),
      commit: () => {
        attempts += 1;
        return Promise.reject(new VersionConflictError([key]));
      },
    };
    await expect(increment(busy)).rejects.toBeInstanceOf(TransientError);
    expect(attempts).toBe(12);
  });

  describe('of many at once, each of whose calls takes its time', () => {
    const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
    const after = async <Answer>(milliseconds: number, call: () => Promise<Answer>): Promise<Answer> => {
      await wait(milliseconds);
      return call();
    };

    beforeEach(() => {
      jest.useFakeTimers();
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    /** As the table answers: a read in 6 ms, a transaction in 15. */
    const slow = (): LedgerStore => {
      const store = new RecordingLedgerStore();
      const patience = { wait, random: seededRandom(5) };
      const { backOff } = dynamodbLedgerStore(new CannedRequestHandler().settings, 'ledger', patience);
      return {
        ...(backOff === undefined ? {} : { backOff }),
        read: (keys) => after(6, () => store.read(keys)),
        commit: (writes) => after(15, () => store.commit(writes)),
        readPartition: (query) => store.readPartition(query),
        list: (query) => store.list(query),
      };
    };

    it.each([10, 20, 30])('%s come to their ends', async (count) => {
      const store = slow();
      const all = Promise.allSettled(Array.from({ length: count }, () => increment(store)));
      await jest.advanceTimersByTimeAsync(20_000);
      const results = await all;
      expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
    });
  });
});
