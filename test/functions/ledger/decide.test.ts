import { TransientError } from '../../../functions/domain/errors';
import { decide, replace } from '../../../functions/ledger/decide';
import { type LedgerStore, VersionConflictError } from '../../../functions/ports/ledger-store';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';

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
});
