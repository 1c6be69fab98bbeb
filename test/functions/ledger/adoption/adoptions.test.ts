import { type AdoptionRecord, newAdoption } from '../../../../functions/domain/adoption/adoption';
import { expiryOfProposals } from '../../../../functions/domain/adoption/adoption-token';
import {
  claimAdoptionPart,
  consentToAdoption,
  expiryOfAdoption,
  finishAdoptionPart,
  readAdoption,
  readWish,
  startAdoption,
} from '../../../../functions/ledger/adoption/adoptions';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after, NOW } from '../../../fakes/vending';

const ID = '0b9d7c1e-0000-4000-8000-00000000000a';
const WISH = { mapping: null, tagKeys: { workspace: 'team', project: 'project', landingZone: 'zone' } };
const FRESH = newAdoption({ id: ID, requestedBy: 'arn:jane', wishHash: 'wish', configurationHash: 'conf' }, NOW);
const PROPOSED: AdoptionRecord = {
  ...FRESH,
  phase: 'PROPOSED',
  part: 4,
  cursor: '444444444444',
  proposalsHash: 'all',
  expiresAt: expiryOfProposals(NOW),
};
const CONSENT = { token: `${ID}.all`, configurationHash: 'conf', wishHash: null as string | null, by: 'arn:joe' };
/** A function that works off a part has ended by then, or was killed. */
const LEASE_SECONDS = 130;

describe('the ledger of adoptions', () => {
  let store: RecordingLedgerStore;

  beforeEach(() => {
    store = new RecordingLedgerStore();
  });

  const start = (record: AdoptionRecord): Promise<void> => startAdoption(store, record, WISH, NOW);

  it('keeps what was asked for and how far it has come, for 400 days', async () => {
    await start(FRESH);
    expect(await readAdoption(store, ID)).toEqual(FRESH);
    expect(await readWish(store, ID)).toEqual(WISH);
    expect(store.writes.map(({ key }) => key)).toEqual([
      { partition: `ADOPTION#${ID}`, sort: 'ADOPTION' },
      { partition: `ADOPTION#${ID}`, sort: 'WISH' },
    ]);
    expect(new Date(expiryOfAdoption(NOW) * 1000).toISOString()).toBe('2027-12-29T10:00:00.000Z');
    expect(store.writes.map(({ expiresAt }) => expiresAt)).toEqual([expiryOfAdoption(NOW), expiryOfAdoption(NOW)]);
  });

  it('knows nothing of an adoption that nobody has asked for', async () => {
    expect(await readAdoption(store, ID)).toBeUndefined();
    expect(await readWish(store, ID)).toBeUndefined();
  });

  it('is started once', async () => {
    await start(FRESH);
    await startAdoption(store, { ...FRESH, requestedBy: 'arn:joe' }, { ...WISH, mapping: [] }, after(60));
    expect(store.writes).toHaveLength(2);
    expect(await readAdoption(store, ID)).toEqual(FRESH);
  });

  describe('a consent', () => {
    const consent = (changes: Partial<typeof CONSENT> = {}, seconds = 60) =>
      consentToAdoption(store, ID, { ...CONSENT, ...changes }, after(seconds));

    it('lets the adoption begin with comparing, and says who gave it', async () => {
      await start(PROPOSED);
      const record = {
        ...PROPOSED,
        phase: 'VERIFYING',
        cursor: null,
        consentedAt: after(60).toISOString(),
        consentedBy: 'arn:joe',
      };
      expect(await consent()).toEqual({ ok: true, record });
      expect(await readAdoption(store, ID)).toEqual(record);
    });

    it('changes nothing when it is given again, whoever gives it and when', async () => {
      await start(PROPOSED);
      const first = await consent();
      const written = store.writes.length;
      expect(await consent({ by: 'arn:jim' }, 200_000)).toEqual(first);
      expect(store.writes).toHaveLength(written);
    });

    it('is refused for an adoption that there is not', async () => {
      expect(await consent()).toEqual({ ok: false, refusal: null });
    });

    it.each([
      { why: 'another token', changes: { token: `${ID}.other` }, says: 'not that of these proposals' },
      { why: 'another mapping', changes: { wishHash: 'other' }, says: 'mapping is not the one' },
      {
        why: 'another configuration',
        changes: { configurationHash: 'other' },
        says: 'configuration was deployed again',
      },
    ])('is refused with $why, and nothing is written', async ({ changes, says }) => {
      await start(PROPOSED);
      const written = store.writes.length;
      expect(await consent(changes)).toEqual({ ok: false, refusal: expect.stringContaining(says) as string });
      expect(store.writes).toHaveLength(written);
    });

    it('is taken for a day, and not a moment longer', async () => {
      await start(PROPOSED);
      expect(await consent({}, 24 * 3600)).toMatchObject({
        ok: false,
        refusal: expect.stringContaining('expired') as string,
      });
      expect(await consent({}, 24 * 3600 - 1)).toMatchObject({ ok: true });
    });

    it('is refused while the proposals are made, and where the mapping has faults', async () => {
      await start({ ...FRESH, phase: 'JUDGING' });
      expect(await consent()).toMatchObject({ refusal: expect.stringContaining('not complete yet') as string });
      store = new RecordingLedgerStore();
      await start({ ...FRESH, phase: 'REFUSED' });
      expect(await consent()).toMatchObject({ refusal: expect.stringContaining('has faults') as string });
    });
  });

  describe('a part', () => {
    const claim = (part: number, seconds = 0) => claimAdoptionPart(store, { id: ID, part }, after(seconds));

    it('is taken up by one function, until its lease is over', async () => {
      await start(FRESH);
      const taken = { ...FRESH, takenUntil: after(LEASE_SECONDS).toISOString() };
      expect(await claim(0)).toEqual({ verdict: 'claimed', record: taken });
      expect(await claim(0, LEASE_SECONDS - 1)).toEqual({ verdict: 'taken' });
      expect(await claim(0, LEASE_SECONDS)).toMatchObject({ verdict: 'claimed' });
    });

    it('is behind once it was worked off, and its successor is next', async () => {
      await start(FRESH);
      const first = await claim(0);
      if (first.verdict !== 'claimed') throw new Error('The first part was not claimed.');
      await finishAdoptionPart(store, first.record, { ...first.record, accounts: 7 }, after(10));
      expect(await readAdoption(store, ID)).toMatchObject({ part: 1, takenUntil: null, accounts: 7 });
      expect(await claim(0, 20)).toEqual({ verdict: 'behind' });
      expect(await claim(1, 20)).toMatchObject({ verdict: 'claimed', record: { part: 1 } });
    });

    it('is not written by a function whose lease another one has taken over', async () => {
      await start(FRESH);
      const slow = await claim(0);
      const quick = await claim(0, LEASE_SECONDS);
      if (slow.verdict !== 'claimed' || quick.verdict !== 'claimed') throw new Error('Not claimed.');
      await finishAdoptionPart(store, slow.record, { ...slow.record, accounts: 99 }, after(LEASE_SECONDS + 1));
      expect(await readAdoption(store, ID)).toEqual(quick.record);
      await finishAdoptionPart(store, quick.record, { ...quick.record, accounts: 7 }, after(LEASE_SECONDS + 2));
      await finishAdoptionPart(store, quick.record, { ...quick.record, accounts: 8 }, after(LEASE_SECONDS + 3));
      expect(await readAdoption(store, ID)).toMatchObject({ part: 1, accounts: 7 });
    });

    it.each(['PROPOSED', 'REFUSED', 'STALE', 'ENDED'] as const)(
      'has nothing to do in an adoption that is %s',
      async (phase) => {
        await start({ ...FRESH, phase });
        expect(await claim(0)).toEqual({ verdict: 'behind' });
      },
    );

    it('has nothing to do in an adoption that there is not', async () => {
      expect(await claim(0)).toEqual({ verdict: 'behind' });
    });
  });
});
