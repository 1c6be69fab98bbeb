import { memoryLedgerStore } from '../../../sandbox/runtime/memory-ledger-store';
import type { ItemWrite } from '../../../functions/ports/ledger-store';
import { ledgerStoreSuite } from '../../functions/aws/ledger/ledger-store-suite';

const items = (count: number, bytes: number): readonly ItemWrite[] =>
  Array.from({ length: count }, (_, number) => ({
    key: { partition: 'P', sort: String(number) },
    expectedVersion: 0,
    data: { text: 'x'.repeat(bytes) },
  }));

describe('the ledger store in memory', () => {
  it.each(Object.entries(ledgerStoreSuite))('%s', async (_, expectKept) => {
    await expectKept(memoryLedgerStore());
  });

  it.each([
    { what: '100 items', taken: items(100, 1), refused: items(101, 1) },
    { what: '400 KB an item', taken: items(1, 409_500), refused: items(1, 409_600) },
    { what: '4 MB a transaction', taken: items(10, 409_000), refused: items(11, 409_000) },
  ])('takes no more than DynamoDB: $what', async ({ taken, refused }) => {
    await memoryLedgerStore().commit(taken);
    const store = memoryLedgerStore();
    await expect(store.commit(refused)).rejects.toThrow('400 KB');
    expect(await store.read([{ partition: 'P', sort: '0' }])).toEqual([undefined]);
  });

  it.each([
    { what: '100 items', count: 100, bytes: 1 },
    { what: '4 MB', count: 10, bytes: 409_000 },
  ])('hands out no more at once than DynamoDB: $what', async ({ count, bytes }) => {
    const store = memoryLedgerStore();
    const all = items(count + 1, bytes);
    for (const item of all) await store.commit([item]);
    const keys = all.map(({ key }) => key);
    expect(await store.read(keys.slice(1))).toHaveLength(count);
    await expect(store.read(keys)).rejects.toThrow('100 items and 4 MB');
  });
});
