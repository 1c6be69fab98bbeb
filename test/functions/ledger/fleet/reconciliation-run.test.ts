import { ACTIVE_PHASES, type PassRecord } from '../../../../functions/domain/fleet/drift';
import {
  claimPart,
  finishPart,
  keepPlace,
  driftKey,
  openKey,
  type PartClaim,
  readDrifts,
  readLostAccounts,
  readPass,
  recordLostAccount,
} from '../../../../functions/ledger/fleet/reconciliation-run';
import { expiryAfterUse } from '../../../../functions/ledger/tenants/tenant-items';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after, NOW, TENANT } from '../../../fakes/vending';
import { overwrite } from '../ledger-calls';

const PASS = '2026-11-25';
const HOUR = 3600;
const BEHIND = { verdict: 'behind' };
const PASS_KEY = { partition: `RECONCILIATION#${PASS}`, sort: 'PASS' };

let store: RecordingLedgerStore;

beforeEach(() => {
  store = new RecordingLedgerStore();
});

const claim = (part: number, now = NOW, pass = PASS): Promise<PartClaim> => claimPart(store, { pass, part }, now);

async function claimed(part: number, now = NOW): Promise<PassRecord> {
  const answer = await claim(part, now);
  if (answer.verdict !== 'claimed') throw new Error(`The part is ${answer.verdict}.`);
  return answer.record;
}

const finish = (before: PassRecord, changes: Partial<PassRecord> = {}, now = NOW): Promise<void> =>
  finishPart(store, before, { ...before, ...changes }, now);

describe('a part of a pass', () => {
  it('is taken up by one function, until its lease is over to the second', async () => {
    const record = await claimed(0);
    expect(record).toMatchObject({ part: 0, takenUntil: after(310).toISOString() });
    expect(await claim(0, after(309))).toEqual({ verdict: 'taken' });
    expect(await claim(0, after(310))).toMatchObject({ verdict: 'claimed' });
  });

  it('is behind once it was worked off, or the pass has ended', async () => {
    const first = await claimed(0);
    await finish(first, { reconciled: 3 }, after(5));
    expect(await readPass(store)).toMatchObject({
      part: 1,
      takenUntil: null,
      reconciled: 3,
      seenAt: after(5).toISOString(),
    });
    expect(await claim(0)).toEqual(BEHIND);
    await finish(await claimed(1), { phase: 'ENDED' });
    expect(await claim(2)).toEqual(BEHIND);
  });

  it('of a pass that nobody has begun is behind', async () => {
    expect(await claim(1)).toEqual(BEHIND);
    expect(store.writes).toEqual([]);
  });

  it('is finished only by the function that has it', async () => {
    const mine = await claimed(0);
    const another = await claimed(0, after(310));
    await finish(mine, { reconciled: 1 });
    expect(await readPass(store)).toEqual(another);
    await finish(another, { reconciled: 2 });
    await finish(another, { reconciled: 9 });
    expect(await readPass(store)).toMatchObject({ part: 1, reconciled: 2 });
    await finish({ ...mine, part: 1, takenUntil: another.takenUntil }, { reconciled: 7 });
    expect(await readPass(store)).toMatchObject({ part: 1, reconciled: 2 });
    await finish({ ...mine, takenUntil: null }, { reconciled: 8 });
    expect(await readPass(store)).toMatchObject({ part: 1, reconciled: 2 });
    await finishPart(store, { ...mine, pass: '2026-01-01' }, mine, NOW);
    expect(await readPass(store, '2026-01-01')).toBeUndefined();
  });

  it('keeps the place that it has reached, and goes on from there after it was killed', async () => {
    const mine = await claimed(0);
    await keepPlace(store, { ...mine, cursor: 'here', unchanged: 20 }, after(30));
    expect(await claim(0, after(40))).toEqual({ verdict: 'taken' });
    const next = await claimed(0, after(310));
    expect(next).toMatchObject({ part: 0, cursor: 'here', unchanged: 20, seenAt: after(30).toISOString() });
    await keepPlace(store, { ...mine, cursor: 'there' }, after(311));
    expect(await readPass(store)).toEqual(next);
  });

  it('expires with its pass', async () => {
    await claimed(0);
    expect((await store.read([PASS_KEY]))[0]?.expiresAt).toBe(expiryAfterUse(NOW));
  });
});

describe('a pass', () => {
  it('is the newest one until a later one begins', async () => {
    expect(await readPass(store)).toBeUndefined();
    await claimed(0);
    await finish(await claimed(0, after(310)), { phase: 'ENDED' });
    expect(await claim(0, after(340), '2026-11-26')).toMatchObject({ verdict: 'claimed' });
    expect(await readPass(store)).toMatchObject({ pass: '2026-11-26' });
    expect(await readPass(store, PASS)).toMatchObject({ phase: 'ENDED' });
    const [latest] = await store.read([{ partition: 'RECONCILIATION', sort: 'LATEST' }]);
    expect(latest).toMatchObject({ version: 2, data: { pass: '2026-11-26' } });
  });

  it('does not begin while another one gives tenants their runs, or is the same or a later one', async () => {
    await finish(await claimed(0), {}, NOW);
    expect(await claim(0, after(HOUR - 1), '2026-11-26')).toEqual(BEHIND);
    expect(await claim(0, after(HOUR), '2026-11-24')).toEqual(BEHIND);
    expect(await claim(0, after(HOUR), '2026-11-26')).toMatchObject({ verdict: 'claimed' });
  });

  it.each(['VENDED', 'FAILED'] as const)(
    'does not begin while another one gives runs to tenants that have %s, until an hour without a sign of it',
    async (phase) => {
      await finish(await claimed(0), { phase }, after(60));
      expect(await claim(0, after(60 + HOUR - 1), '2026-11-26')).toEqual(BEHIND);
      expect(await readPass(store)).toMatchObject({ pass: PASS, phase });
      expect(await claim(0, after(60 + HOUR), '2026-11-26')).toMatchObject({ verdict: 'claimed' });
    },
  );

  it.each([...ACTIVE_PHASES, 'SETTLING', 'ENDED'] as const)(
    'begins while another one only waits for runs to end: %s',
    async (phase) => {
      await finish(await claimed(0), { phase });
      expect(await claim(0, after(1), '2026-11-26')).toMatchObject({ verdict: 'claimed' });
    },
  );

  it('does not begin a second time after its own record has expired', async () => {
    const record = await claimed(0);
    await finish(record, { phase: 'ENDED' });
    jest.spyOn(store, 'read').mockImplementationOnce((keys) => store.read(keys));
    expect(await claim(0, after(HOUR))).toEqual(BEHIND);
    expect(await claim(0, after(HOUR), '2026-11-20')).toEqual(BEHIND);
  });
});

describe('what a pass has found', () => {
  const uuids = ['a', 'b', 'c', 'd'];

  const driftOf = (tenantUuid: string): object => ({
    tenantUuid,
    workspaceIdentifier: 'retail',
    projectIdentifier: 'webshop-dev',
    accountId: null,
    replicationSequence: 17,
    run: 2,
    before: 'VENDED',
    outcome: 'FAILED',
    endedAt: NOW.toISOString(),
    error: null,
    changes: [],
    changesLeftOut: 0,
  });

  it('comes in pages, the last of which says that it is', async () => {
    for (const uuid of uuids) await overwrite(store, driftKey(PASS, uuid), driftOf(uuid));
    await overwrite(store, openKey(PASS, 'a'), { before: 'VENDED' });
    const page = async (limit: number, from: string | null): Promise<object> => {
      const { drifts, after: last } = await readDrifts(store, { pass: PASS, limit, after: from });
      return { found: drifts.map(({ tenantUuid }) => tenantUuid).join(''), last };
    };
    expect(await page(2, null)).toEqual({ found: 'ab', last: 'b' });
    expect(await page(2, 'b')).toEqual({ found: 'cd', last: null });
    expect(await page(3, null)).toEqual({ found: 'abc', last: 'c' });
    expect(await page(4, null)).toEqual({ found: 'abcd', last: null });
    expect(await page(2, 'd')).toEqual({ found: '', last: null });
    expect(await page(0, null)).toEqual({ found: '', last: null });
  });

  it('names each tenant whose account is lost once, as it was found first', async () => {
    const lost = { tenantUuid: TENANT, workspaceIdentifier: 'retail', projectIdentifier: 'webshop-dev' };
    const first = { ...lost, accountId: '444444444444', since: NOW.toISOString() };
    await recordLostAccount(store, PASS, first, NOW);
    await recordLostAccount(store, PASS, { ...first, since: after(1).toISOString() }, after(1));
    expect(await readLostAccounts(store, PASS, 10)).toEqual([first]);
    expect(store.writes).toMatchObject([{ expiresAt: expiryAfterUse(NOW) }]);
  });
});
