import type { AdoptionAccount } from '../../../../functions/domain/adoption/adoption';
import {
  addAccounts,
  eachAccount,
  readAccounts,
  readNamedAccounts,
  takeEnrollment,
  writeAccount,
} from '../../../../functions/ledger/adoption/adoption-accounts';
import { expiryOfAdoption } from '../../../../functions/ledger/adoption/adoptions';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after, NOW } from '../../../fakes/vending';

const ID = '0b9d7c1e-0000-4000-8000-00000000000a';
const OTHER = '0b9d7c1e-0000-4000-8000-00000000000b';
const HOUR = 3600;
const WEEK_AND_HOUR = (7 * 24 + 1) * HOUR;

const account = (index: number): AdoptionAccount => ({
  accountId: String(444_444_444_000 + index),
  name: `account ${index}`,
  email: `a${index}@corp.example`,
  place: { state: 'ACTIVE', unitsAbove: ['ou-ab12-dev00001'] },
  row: null,
  tagsHash: null,
  tenantUuid: `7d0c1b1e-0000-4000-8000-${String(index).padStart(12, '0')}`,
  desiredState: null,
  changes: null,
  changesLeftOut: 0,
  refusal: null,
  names: [],
  enrolls: true,
  enrollmentCountedAt: null,
  state: 'LISTED',
  reason: null,
});
const accounts = (count: number): AdoptionAccount[] => Array.from({ length: count }, (_, index) => account(index));
const idsOf = (found: readonly AdoptionAccount[]): string[] => found.map(({ accountId }) => accountId);

describe('the accounts of an adoption', () => {
  let store: RecordingLedgerStore;

  beforeEach(() => {
    store = new RecordingLedgerStore();
  });

  it('are read back by their ids, a page at a time', async () => {
    await addAccounts(store, ID, accounts(5).toReversed(), NOW);
    const first = await readAccounts(store, ID, { after: null, limit: 3 });
    expect(first).toEqual(accounts(3));
    expect(await readAccounts(store, ID, { after: first.at(-1)?.accountId ?? '', limit: 3 })).toEqual([
      account(3),
      account(4),
    ]);
    expect(await readAccounts(store, OTHER, { after: null, limit: 3 })).toEqual([]);
    expect(store.writes.map(({ expiresAt }) => expiresAt)).toEqual(Array(5).fill(expiryOfAdoption(NOW)));
  });

  it.each([0, 1, 99, 100, 101, 250])('are all read, and each once, where there are %i', async (count) => {
    await addAccounts(store, ID, accounts(count), NOW);
    const found: AdoptionAccount[] = [];
    for await (const one of eachAccount(store, ID)) found.push(one);
    expect(idsOf(found)).toEqual(idsOf(accounts(count)));
  });

  it('are added once: what is known of them stays', async () => {
    await addAccounts(store, ID, accounts(2), NOW);
    await writeAccount(store, ID, { ...account(0), state: 'ADOPTED' }, NOW);
    await addAccounts(store, ID, accounts(3), NOW);
    const found = await readAccounts(store, ID, { after: null, limit: 9 });
    expect(found.map(({ state }) => state)).toEqual(['ADOPTED', 'LISTED', 'LISTED']);
  });

  it('are read by name, without those that are not there', async () => {
    await addAccounts(store, ID, accounts(3), NOW);
    const wanted = [account(2).accountId, '999999999999', account(0).accountId];
    expect(idsOf(await readNamedAccounts(store, ID, wanted))).toEqual([account(2).accountId, account(0).accountId]);
    expect(await readNamedAccounts(store, ID, [])).toEqual([]);
  });

  it('are kept as long as the adoption whenever something is written', async () => {
    await writeAccount(store, ID, account(0), after(HOUR));
    expect(store.writes.at(-1)?.expiresAt).toBe(expiryOfAdoption(after(HOUR)));
  });

  describe('that are enrolled', () => {
    const take = (index: number, seconds = 0, limit = 2) =>
      takeEnrollment(store, ID, account(index), limit, after(seconds));

    it('are counted, with a mark on the account in the same write', async () => {
      const counted = { ...account(0), enrollmentCountedAt: NOW.toISOString() };
      expect(await take(0)).toEqual({ ok: true, account: counted });
      expect(await readNamedAccounts(store, ID, [counted.accountId])).toEqual([counted]);
      expect(store.writes.map(({ expiresAt }) => expiresAt)).toEqual([expiryOfAdoption(NOW), undefined]);
    });

    it('are counted once each', async () => {
      const first = await take(0);
      const known = first.ok ? first.account : account(0);
      expect(await takeEnrollment(store, ID, known, 1, after(60))).toEqual({ ok: true, account: known });
      expect(store.writes).toHaveLength(2);
    });

    it('wait when the week is full, until the hour of the oldest is a week ago', async () => {
      await take(0);
      await take(1, HOUR);
      const waitsUntil = after(WEEK_AND_HOUR);
      expect(await take(2, 2 * HOUR)).toEqual({ ok: false, waitsUntil });
      expect(await take(2, WEEK_AND_HOUR - 1)).toEqual({ ok: false, waitsUntil });
      expect(await readNamedAccounts(store, ID, [account(2).accountId])).toEqual([]);
      expect(await take(2, WEEK_AND_HOUR)).toMatchObject({ ok: true });
      expect(await take(3, WEEK_AND_HOUR)).toEqual({ ok: false, waitsUntil: after(WEEK_AND_HOUR + HOUR) });
    });

    it('share one week with those of other adoptions', async () => {
      await take(0, 0, 1);
      expect(await takeEnrollment(store, OTHER, account(1), 1, NOW)).toMatchObject({ ok: false });
    });

    it('are counted by hour, several in one', async () => {
      for (const index of [0, 1, 2]) expect(await take(index, index * 60, 3)).toMatchObject({ ok: true });
      expect(await take(3, 200, 3)).toMatchObject({ ok: false });
      expect(store.lastWriteOf('WEEK')?.data).toEqual({ hours: [{ hour: '2026-11-24T10', enrollments: 3 }] });
    });
  });
});
