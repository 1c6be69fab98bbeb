import FakeTimers, { type Clock } from '@sinonjs/fake-timers';
import * as z from 'zod/mini';

import { TransientError } from '../../../../functions/domain/base/errors';
import { dynamodbLedgerStore } from '../../../../functions/aws/ledger/dynamodb-ledger-store';
import {
  contentOf,
  contentOfStored,
  contentReader,
  decide,
  filed,
  inParts,
  refuseUnknownWords,
  replace,
  type Snapshot,
  snapshotsOf,
  valueAt,
} from '../../../../functions/ledger/base/decide';
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

const memory = (): LedgerStore => {
  const store = new RecordingLedgerStore();
  return {
    read: (keys) => store.read(keys),
    readPartition: (query) => store.readPartition(query),
    list: (query) => store.list(query),
    commit: (writes) => store.commit(writes),
  };
};

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

  it('names the partitions that keep changing, and pauses between two attempts alone', async () => {
    const pauses: number[] = [];
    const busy: LedgerStore = {
      ...memory(),
      commit: () => Promise.reject(new VersionConflictError([key])),
      backOff: (attempt) => Promise.resolve(pauses.push(attempt)).then(() => undefined),
    };
    const decision = decide(busy, [key, { partition: 'other', sort: 'COUNTER' }], (item) => ({
      writes: [replace(item, {})],
      result: null,
    }));
    await expect(decision).rejects.toThrow('The ledger items of counter, other keep changing.');
    expect(pauses).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('asks for no transaction where nothing is to be written', async () => {
    const commit = jest.fn();
    expect(await decide({ ...memory(), commit }, [key], () => ({ writes: [], result: 'seen' }))).toBe('seen');
    expect(commit).not.toHaveBeenCalled();
  });

  describe('of many at once, each of whose calls takes its time', () => {
    const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
    const after = async <Answer>(milliseconds: number, call: () => Promise<Answer>): Promise<Answer> => {
      await wait(milliseconds);
      return call();
    };

    let clock: Clock;
    beforeEach(() => {
      clock = FakeTimers.install({ toFake: ['setTimeout'] });
    });
    afterEach(() => {
      clock.uninstall();
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
      await clock.tickAsync(20_000);
      const results = await all;
      expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
    });
  });
});

describe('snapshotsOf', () => {
  it('says under which filters an item stands, and nothing of filters where it stands under none', async () => {
    const store = new RecordingLedgerStore();
    const other = { partition: 'other', sort: 'COUNTER' };
    const filters = { workspace: { value: 'retail', at: '2026-11-24T10:00:00.000Z' } };
    await store.commit([
      { key, expectedVersion: 0, data: {}, filters },
      { key: other, expectedVersion: 0, data: {} },
    ]);
    expect(await snapshotsOf(store, [key, other])).toStrictEqual([
      { key, version: 1, data: {}, filters },
      { key: other, version: 1, data: {} },
    ]);
  });
});

describe('inParts', () => {
  it('leaves none out, adds none, and keeps the order', () => {
    expect(inParts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(inParts([], 2)).toEqual([]);
  });
});

const Schema = z.object({
  kind: z.enum(['known', 'other']),
  layout: z._default(z.literal(1), 1),
  inner: z._default(z.object({ count: z._default(z.number(), 0) }), { count: 0 }),
  list: z._default(z.array(z.object({ name: z.string() })), []),
});

const stored = (data: unknown): Snapshot => ({ key, version: 3, data });

describe('what a newer release has written', () => {
  it('is kept at every depth beside what this release reads, and defaults are filled in', () => {
    const data = { kind: 'known', newer: 1, inner: { newer: 2 }, list: [{ name: 'a', newer: 3 }] };
    expect(contentOf(Schema, stored(data))).toEqual({ ...data, layout: 1, inner: { count: 0, newer: 2 } });
  });

  it('is a word that is read as it is, and refused where somebody is to decide by it', () => {
    const item = stored({ kind: 'newest' });
    expect(contentOf(Schema, item)).toMatchObject({ kind: 'newest', inner: { count: 0 } });
    const refuse = (): void => {
      refuseUnknownWords([undefined, item]);
    };
    expect(refuse).toThrow(TransientError);
    expect(refuse).toThrow(
      'A newer release has written "newest" as kind of counter/COUNTER, which this function does not know. ' +
        'It goes on when this function is of that release, too.',
    );
  });

  it('is a word that stays, and is not written over', () => {
    const item = stored({ kind: 'newest', inner: { count: 1 } });
    contentOf(Schema, item);
    expect(replace(item, { inner: { count: 2 } }).data).toEqual({ kind: 'newest', inner: { count: 2 } });
    expect(() => replace(item, { kind: 'known' })).toThrow(TransientError);
  });

  it('is refused nowhere where every word is known, or an item has not been read', () => {
    const [read, unread] = [stored({ kind: 'other' }), stored({ kind: 'newest' })];
    contentOf(Schema, read);
    expect(() => {
      refuseUnknownWords([read, unread, undefined, stored(undefined)]);
    }).not.toThrow();
  });

  it.each([
    ['a number where a word belongs', { kind: 7 }],
    ['a word where a number belongs', { kind: 'known', layout: 'two' }],
    ['an unknown word and something else that does not fit', { kind: 'newest', inner: 'text' }],
    ['text where an object belongs', 'text'],
  ])('does not fit where it is %s', (_, data) => {
    expect(() => contentOf(Schema, stored(data))).toThrow(z.core.$ZodError);
  });

  it('does not fit where the record is nothing but an unknown word', () => {
    expect(() => contentOf(z.enum(['known']), stored('newest'))).toThrow(z.core.$ZodError);
  });
});

describe('contentReader', () => {
  it('reads an object once, and another one of the same content again', () => {
    const contentIn = contentReader(Schema);
    const item = stored({ kind: 'known' });
    const content = contentIn(item);
    expect(content).toMatchObject({ kind: 'known' });
    expect(contentIn({ ...item, version: 4 })).toBe(content);
    expect(contentIn(stored({ kind: 'known' }))).not.toBe(content);
  });

  it('reads what is no object, and finds nothing where there is no item', () => {
    expect(contentReader(z.string())(stored('text'))).toBe('text');
    expect(contentReader(z.nullable(Schema))(stored(null))).toBeNull();
    expect(contentReader(Schema)(stored(undefined))).toBeUndefined();
    expect(contentReader(Schema)(undefined)).toBeUndefined();
    expect(contentOfStored(z.string(), { data: 'text' })).toBe('text');
  });
});

describe('valueAt', () => {
  it('finds what stands there, and nothing behind null or a text', () => {
    const data = { list: [{ name: 'a' }], none: null, text: 'text' };
    expect(valueAt(data, ['list', 0, 'name'])).toBe('a');
    expect(valueAt(data, ['none', 'name'])).toBeUndefined();
    expect(valueAt(data, ['text', 'length'])).toBeUndefined();
    expect(valueAt(data, ['absent', 'name'])).toBeUndefined();
  });
});

describe('filed', () => {
  const [then, now] = ['2026-11-24T10:00:00.000Z', '2026-11-25T10:00:00.000Z'];

  it('files an item under the values that it has, and under no other filter', () => {
    const values = { workspace: 'retail', project: '', landingZone: null };
    expect(filed({}, values, now)).toEqual({
      filters: { workspace: { value: 'retail', at: now } },
      refiled: ['workspace'],
    });
  });

  it('writes or deletes every entry where nothing is known of those before', () => {
    expect(filed(undefined, { workspace: 'retail' }, now).refiled).toEqual([
      'workspace',
      'project',
      'landingZone',
      'error',
      'email',
    ]);
  });

  it('keeps the time of a value that stays, and not that of an error, which is another one each time', () => {
    const before = { workspace: { value: 'retail', at: then }, error: { value: 'RejectedError', at: then } };
    expect(filed(before, { workspace: 'retail', error: 'RejectedError' }, now)).toEqual({
      filters: { workspace: { value: 'retail', at: then }, error: { value: 'RejectedError', at: now } },
      refiled: ['error'],
    });
  });

  it('files again what has another value in the same moment, and takes out what has none any more', () => {
    const before = { workspace: { value: 'retail', at: now }, project: { value: 'webshop', at: now } };
    expect(filed(before, { workspace: 'bank' }, now)).toEqual({
      filters: { workspace: { value: 'bank', at: now } },
      refiled: ['workspace', 'project'],
    });
  });

  it.each([
    ['x'.repeat(512), true],
    ['x'.repeat(513), false],
    ['ü'.repeat(256), true],
    ['ü'.repeat(257), false],
  ])('files a value of at most 512 bytes: %#', (value, isFiled) => {
    expect('workspace' in filed({}, { workspace: value }, now).filters).toBe(isFiled);
  });
});
