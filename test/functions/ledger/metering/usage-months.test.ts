import { usageContentKey } from '../../../../functions/ledger/base/keys';
import {
  countRequests,
  keepContent,
  markCollected,
  readContent,
  readRequests,
  readUsage,
  writeUsage,
} from '../../../../functions/ledger/metering/usage-months';
import type { UsageRecord } from '../../../../functions/metering/domain/collected-month';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { NOW } from '../../../fakes/vending';
import { overwrite } from '../ledger-calls';

const month = '2026-11';

let store: RecordingLedgerStore;

beforeEach(() => {
  store = new RecordingLedgerStore();
});

describe('what is known of a month', () => {
  const usage = (changes: Partial<UsageRecord> = {}): UsageRecord => ({
    month,
    state: 'OPEN',
    estimated: true,
    generatedAt: NOW.toISOString(),
    finalizedAt: null,
    document: { hash: 'document', parts: 1 },
    shares: null,
    answers: { hash: 'answers', parts: 1 },
    rules: {
      filter: 'NONE',
      reservedInstanceFairChargeback: false,
      savingsPlanFairChargeback: false,
    },
    costsHash: 'costs',
    superseded: [],
    announced: false,
    ...changes,
  });

  const later = '2026-11-25T10:00:00.000Z';

  it.each([
    ['was generated anew', { generatedAt: later }],
    ['was announced', { announced: true }],
  ])('stays where it %s since it was seen', async (_, changes) => {
    expect(await writeUsage(store, usage(), undefined)).toBe(true);
    expect(await writeUsage(store, usage(changes), usage())).toBe(true);
    expect(await writeUsage(store, usage({ costsHash: 'mine' }), usage())).toBe(false);
    expect(await writeUsage(store, usage({ costsHash: 'mine' }), undefined)).toBe(false);
    expect(await readUsage(store, month)).toMatchObject({ costsHash: 'costs', ...changes });
    expect(await writeUsage(store, usage({ costsHash: 'mine' }), usage(changes))).toBe(true);
  });
});

describe('what collecting a month has cost', () => {
  it('is the sum of all requests, and is not written for none', async () => {
    await countRequests(store, month, 0);
    expect(await readRequests(store, month)).toBeUndefined();
    await countRequests(store, month, 2);
    await countRequests(store, month, 3);
    expect(await readRequests(store, month)).toEqual({ requests: 5, lastCollectedAt: null });
  });

  it('stays when the month was collected', async () => {
    await markCollected(store, month, NOW);
    expect(await readRequests(store, month)).toEqual({ requests: 0, lastCollectedAt: NOW.toISOString() });
    await countRequests(store, month, 2);
    await markCollected(store, month, NOW);
    expect(await readRequests(store, month)).toEqual({ requests: 2, lastCollectedAt: NOW.toISOString() });
  });
});

describe('a text', () => {
  const LENGTH = 300_000;
  const textOf = (length: number): string =>
    Array.from({ length }, (_, at) => String.fromCodePoint(97 + (at % 23))).join('');

  it.each([
    [0, 1],
    [LENGTH, 1],
    [LENGTH + 1, 2],
    [2 * LENGTH + 7, 3],
  ])('of %s characters is kept in %s parts, none of which holds more than fits', async (length, parts) => {
    const text = textOf(length);
    const reference = await keepContent(store, month, 'hash', text);
    expect(reference).toEqual({ hash: 'hash', parts });
    expect(store.writes).toHaveLength(parts);
    const lengths = store.writes.map(({ data }) => (data as { readonly text: string }).text.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(LENGTH);
    expect(await readContent(store, month, reference)).toBe(text);
  });

  it('is not there where a part of it is not', async () => {
    const reference = await keepContent(store, month, 'hash', textOf(LENGTH + 1));
    await overwrite(store, usageContentKey(month, 'hash', 1), null);
    expect(await readContent(store, month, reference)).toBeUndefined();
  });

  it('does not fit where a part has none', async () => {
    await overwrite(store, usageContentKey(month, 'hash', 0), { expiresAt: null });
    await expect(readContent(store, month, { hash: 'hash', parts: 1 })).rejects.toThrow();
  });

  it.each([
    ['for good', undefined, 'for good', undefined, false],
    ['for good', undefined, 'for a time', 500, false],
    ['for a time', 500, 'for the same', 500, false],
    ['for a time', 500, 'for less', 499, false],
    ['for a time', 500, 'for longer', 501, true],
    ['for a time', 500, 'for good', undefined, true],
  ])('that is kept %s (%s) and is to be kept %s (%s) is written again: %#', async (...[, first, , then, isWritten]) => {
    await keepContent(store, month, 'hash', 'text', first);
    await keepContent(store, month, 'hash', 'text', then);
    expect(store.writes).toHaveLength(isWritten ? 2 : 1);
    const [item] = await store.read([usageContentKey(month, 'hash', 0)]);
    const expiresAt = isWritten ? then : first;
    expect(item?.expiresAt).toBe(expiresAt);
    expect(item?.data).toEqual({ text: 'text', expiresAt: expiresAt ?? null });
  });
});
