import {
  beginPoll,
  changeSource,
  intendPublication,
  knowSourceTenant,
  readSource,
  readSourceTenant,
  recordFault,
  recordReport,
  rememberBlockRun,
  settlePublication,
} from '../../../../functions/ledger/meshstack/mesh-stack-source';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after, NOW, OTHER_TENANT, TENANT } from '../../../fakes/vending';

const platform = 'aws.global';
const tenant = { platform, tenantUuid: TENANT };
const mine = { platform, holder: 'mine' };
const other = { platform, holder: 'other' };

let store: RecordingLedgerStore;

beforeEach(() => {
  store = new RecordingLedgerStore();
});

/** What is left as it was. */
async function writesNothing(act: () => Promise<unknown>): Promise<unknown> {
  const written = store.writes.length;
  const answer = await act();
  expect(store.writes).toHaveLength(written);
  return answer;
}

describe('a meshStack that was never read', () => {
  it('has nothing read, nothing to be done, and nobody who reads it', async () => {
    expect(await readSource(store, platform)).toEqual({
      readUntil: null,
      seen: [],
      lastPassAt: null,
      passWanted: false,
      work: [],
      reporting: [],
      lease: null,
      pause: null,
    });
  });
});

describe('the lease of a poll', () => {
  it('keeps others out until its time is up, and lets its holder in again', async () => {
    expect(await beginPoll(store, mine, NOW, 60)).toMatchObject({
      lease: { holder: 'mine', until: after(60).toISOString() },
    });
    expect(await writesNothing(() => beginPoll(store, other, after(59), 60))).toBe('busy');
    expect(await beginPoll(store, mine, after(30), 60)).toMatchObject({ lease: { until: after(90).toISOString() } });
    expect(await beginPoll(store, other, after(90), 60)).toMatchObject({ lease: { holder: 'other' } });
  });

  it('lets its holder write down what it has come to, and nobody else', async () => {
    const change = { readUntil: NOW.toISOString() };
    const changing = (poll: typeof mine) => changeSource(store, poll, (source) => ({ ...source, ...change }));
    expect(await writesNothing(() => changing(mine))).toBeUndefined();
    await beginPoll(store, mine, NOW, 60);
    expect(await writesNothing(() => changing(other))).toBeUndefined();
    expect(await changing(mine)).toMatchObject(change);
    await changeSource(store, mine, (source) => ({ ...source, lease: null }));
    expect(await writesNothing(() => changing(mine))).toBeUndefined();
    expect(await readSource(store, platform)).toMatchObject(change);
  });
});

describe('the number of a tenant', () => {
  it('is given once, and rises from the first one that may be given', async () => {
    expect(await knowSourceTenant(store, tenant, 100)).toMatchObject({ number: 100 });
    expect(await writesNothing(() => knowSourceTenant(store, tenant, 500))).toMatchObject({ number: 100 });
    expect(await knowSourceTenant(store, { platform, tenantUuid: OTHER_TENANT }, 50)).toMatchObject({ number: 101 });
    expect(await knowSourceTenant(store, { platform: 'aws.eu', tenantUuid: TENANT }, 7)).toMatchObject({ number: 7 });
  });

  it('has to be there before anything is told about the tenant', async () => {
    const told = recordFault(store, tenant, 'fault');
    await expect(told).rejects.toThrow(`The tenant ${TENANT} has no number yet: knowSourceTenant comes first.`);
    expect(store.writes).toEqual([]);
  });
});

describe('what is put on the bus', () => {
  beforeEach(async () => {
    await knowSourceTenant(store, tenant, 1);
  });

  const intend = (hash: string, readAt = NOW) => intendPublication(store, tenant, hash, readAt);
  const publication = (contentHash: string, at = NOW) => ({ contentHash, replicationSequence: at.getTime() });
  const record = async () => readSourceTenant(store, tenant);

  it('is written down before, and gets the same sequence again as long as it is the same', async () => {
    const publish = { kind: 'publish', publication: publication('a') };
    expect(await intend('a')).toEqual(publish);
    expect(await record()).toMatchObject({ pending: publication('a'), published: null });
    expect(await writesNothing(() => intend('a', after(60)))).toEqual(publish);
  });

  it('is not told again once it was, and a fault of before is forgotten', async () => {
    await intend('a');
    await recordFault(store, tenant, 'fault');
    await settlePublication(store, tenant, publication('a'));
    expect(await record()).toMatchObject({ pending: null, published: publication('a'), faultHash: null });
    await recordFault(store, tenant, 'fault');
    expect(await intend('a', after(60))).toEqual({ kind: 'unchanged' });
    expect(await record()).toMatchObject({ number: 1, published: publication('a'), faultHash: null });
  });

  it('is overtaken by what was read later, or at the same instant', async () => {
    await intend('b');
    expect(await writesNothing(() => intend('a', after(-1)))).toEqual({ kind: 'overtaken' });
    expect(await writesNothing(() => intend('a', NOW))).toEqual({ kind: 'overtaken' });
    await settlePublication(store, tenant, publication('b'));
    expect(await intend('a', NOW)).toEqual({ kind: 'overtaken' });
    expect(await intend('a', after(1))).toEqual({ kind: 'publish', publication: publication('a', after(1)) });
    // Both are known now: the newer of the two counts.
    expect(await intend('c', after(0.5))).toEqual({ kind: 'overtaken' });
  });

  it('is settled only by the one that is on its way', async () => {
    await intend('a');
    await intend('b', after(1));
    await writesNothing(() => settlePublication(store, tenant, publication('a')));
    expect(await record()).toMatchObject({ pending: publication('b', after(1)), published: null });
    await settlePublication(store, tenant, publication('b', after(1)));
    await writesNothing(() => settlePublication(store, tenant, publication('b', after(1))));
  });

  it('tells a fault once, until there is another one', async () => {
    expect(await recordFault(store, tenant, 'a')).toBe(true);
    expect(await writesNothing(() => recordFault(store, tenant, 'a'))).toBe(false);
    expect(await recordFault(store, tenant, 'b')).toBe(true);
  });
});

describe('a building block run', () => {
  const run = { uuid: 'run-1', behavior: 'APPLY' };
  const blockRun = async () => (await readSourceTenant(store, tenant))?.blockRun;

  beforeEach(async () => {
    await knowSourceTenant(store, tenant, 1);
  });

  it('is remembered once, and takes the place of an earlier one', async () => {
    await rememberBlockRun(store, tenant, run);
    const begun = { ...run, isRegistered: false, reportHash: null, isOver: false };
    expect(await blockRun()).toEqual(begun);
    const told = { ...begun, isRegistered: true, reportHash: 'hash' };
    await recordReport(store, tenant, told);
    expect(await blockRun()).toEqual(told);
    await writesNothing(() => rememberBlockRun(store, tenant, run));
    await rememberBlockRun(store, tenant, { ...run, uuid: 'run-2' });
    expect(await blockRun()).toEqual({ ...begun, uuid: 'run-2' });
  });

  it('is told nothing of another run, of none, or after it is over', async () => {
    const told = { ...run, isRegistered: true, reportHash: 'hash', isOver: true };
    await writesNothing(() => recordReport(store, tenant, told));
    await rememberBlockRun(store, tenant, run);
    await writesNothing(() => recordReport(store, tenant, { ...told, uuid: 'run-0' }));
    await recordReport(store, tenant, told);
    await writesNothing(() => recordReport(store, tenant, { ...told, isOver: false }));
    expect(await blockRun()).toEqual(told);
  });
});
