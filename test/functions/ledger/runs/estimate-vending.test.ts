import { ACCOUNT_CREATION } from '../../../../functions/domain/queue/lanes';
import { EMPTY_LINE, joined } from '../../../../functions/domain/queue/waiting-line';
import type { VendingPlan } from '../../../../functions/domain/plan/plan';
import { kindOf, type RunSample } from '../../../../functions/domain/run/run-history';
import { replace, snapshotsOf } from '../../../../functions/ledger/base/decide';
import { estimateVending } from '../../../../functions/ledger/runs/estimate-vending';
import {
  historyKey,
  laneKey,
  lineKey,
  placeInLine,
  tenantKey,
  waiterKey,
} from '../../../../functions/ledger/base/keys';
import { pinPlan } from '../../../../functions/ledger/runs/pin-plan';
import { rememberHistory } from '../../../../functions/ledger/runs/remember-history';
import { tenantOf } from '../../../../functions/ledger/tenants/tenant-items';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after, enrollment, NOW, plan, TENANT } from '../../../fakes/vending';
import { accept, close, open, overwrite, overwriteTenant, referenceTo, runIn, tenantIn, vended } from '../ledger-calls';

/** A ledger in which three runs of this plan have taken so long, and one begins now. */
async function ledgerWith(
  planned: VendingPlan,
  took: Pick<RunSample, 'workSeconds' | 'holdSeconds'>,
): Promise<RecordingLedgerStore> {
  const store = new RecordingLedgerStore();
  await accept(store, 17);
  await open(store, 17);
  await pinPlan(store, referenceTo(17), planned);
  const samples = [1, 2, 3].map((run) => ({ run: String(run), ...took }));
  await store.commit([{ key: historyKey(kindOf(planned)), expectedVersion: 0, data: { samples } }]);
  return store;
}

const secondsAfterStart = (at: string | undefined): number => (Date.parse(at ?? '') - NOW.getTime()) / 1000;

/** Three runs have taken 300 seconds each: the next one is faster with a chance of one in four. */
const EARLIEST = 300 * (1 - 1 / 4);

describe('the estimate of a vending', () => {
  let store: RecordingLedgerStore;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    await accept(store, 17);
    await open(store, 17);
    await pinPlan(store, referenceTo(17), plan());
  });

  const remember = async (number: number, seconds: number): Promise<void> => {
    const run = await runIn(store, 17);
    const endedAt = new Date(Date.parse(run.startedAt) + seconds * 1000);
    await rememberHistory(store, { ...referenceTo(17), run: number }, { run, plan: plan(), endedAt });
  };

  const estimate = async (): ReturnType<typeof estimateVending> =>
    estimateVending(store, await tenantIn(store), await runIn(store, 17), NOW);

  it('is none while too few runs of its kind have ended', async () => {
    await remember(1, 100);
    await remember(2, 100);

    expect(await estimate()).toBeNull();
  });

  it('rests on what earlier runs of its kind have taken, each counted once', async () => {
    for (const number of [1, 2, 3]) await remember(number, 100 * number);
    const written = store.writes.length;
    await remember(3, 900);

    expect(store.writes).toHaveLength(written);
    expect(await estimate()).toMatchObject({ basedOnRuns: 3 });
  });

  it('is none of runs of another kind', async () => {
    for (const number of [1, 2, 3]) await remember(number, 100);
    const run = await runIn(store, 17);
    const other = plan({ existingAccountId: '123456789012' });
    for (const number of [4, 5, 6]) {
      await rememberHistory(store, { ...referenceTo(17), run: number }, { run, plan: other, endedAt: after(9000) });
    }

    expect(await estimate()).toMatchObject({ basedOnRuns: 3 });
  });

  it('is none where it stands in a lane that nobody has gone through', async () => {
    for (const number of [1, 2, 3]) await remember(number, 100);
    const [item] = await snapshotsOf(store, [tenantKey(TENANT)]);
    if (item === undefined) throw new Error('There is no tenant.');
    const queuedIn = { lane: ACCOUNT_CREATION.name, since: NOW.toISOString(), place: 'any' };
    await store.commit([replace(item, { ...tenantOf(item), queuedIn })]);

    expect(await estimate()).toBeNull();
  });

  it('counts those before it in the line of the stack set, which it comes to later', async () => {
    const stackSets = [{ name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'], parameters: {} }];
    const planned = plan({ stackSets });
    const store = await ledgerWith(planned, { workSeconds: 300, holdSeconds: { 'stack-sets': 100 } });
    const taken = (tenantUuid: string, slot: number, seconds: number) => ({
      slot,
      tenantUuid,
      run: { replicationSequence: 17, run: 1 },
      lookAt: NOW.toISOString(),
      since: after(seconds).toISOString(),
    });
    const slots = [taken('first', 0, -3), taken('second', 1, -2), taken(TENANT, 2, -1), taken('last', 3, 0)];
    await store.commit([
      { key: laneKey(ACCOUNT_CREATION.name), expectedVersion: 0, data: { slots, rate: null, unlimited: false } },
    ]);

    const told = await estimateVending(store, await tenantIn(store), await runIn(store, 17), NOW);

    // Two are before it, if they need the stack set as well.
    expect(secondsAfterStart(told?.earliest)).toBe(EARLIEST);
    expect(secondsAfterStart(told?.readyAt)).toBe(300 + 2 * 100);
  });

  it('is none of a run that has ended', async () => {
    for (const number of [1, 2, 3]) await remember(number, 100);
    await close(store, 17, vended);

    expect(await estimate()).toBeNull();
  });

  it.each([
    ['its tenant has no run at work', { activeRun: null }, {}],
    ['it closes the account', {}, { workflow: 'close-account' }],
    ['it has ended, and its tenant does not say so yet', {}, { finishedAt: NOW.toISOString() }],
  ] as const)('is none where %s', async (_, tenant, run) => {
    for (const number of [1, 2, 3]) await remember(number, 100);
    const parts = [
      { ...(await tenantIn(store)), ...tenant },
      { ...(await runIn(store, 17)), ...run },
    ] as const;
    expect(await estimateVending(store, ...parts, NOW)).toBeNull();
  });
});

describe('the estimate of a vending that comes through several lines', () => {
  const stackSets = [{ name: 'baseline', homeRegion: 'eu-central-1', regions: ['eu-central-1'], parameters: {} }];
  const STACK_SET = 'stack-set:eu-central-1:baseline';
  const holdSeconds = { 'account-creation': 60, 'stack-sets': 100, 'account-factory': 50 };

  const slot = (tenantUuid: string, number: number, seconds = 0) => ({
    slot: number,
    tenantUuid,
    run: { replicationSequence: 17, run: 1 },
    lookAt: NOW.toISOString(),
    since: after(seconds).toISOString(),
  });

  const place = (seconds: number, tenantUuid = TENANT) =>
    waiterKey('l', after(seconds).toISOString(), tenantUuid, { replicationSequence: 17, run: 1 }).sort;

  /** As many wait before the tenant, and then it. */
  async function waits(store: RecordingLedgerStore, lane: string, ahead: number): Promise<void> {
    const places = Array.from({ length: ahead }, (_, number) => place(number - 100)).concat(place(0));
    const line = places.reduce((all, sort) => joined(all, placeInLine(sort)), EMPTY_LINE);
    await overwrite(store, lineKey(lane), line);
    await overwriteTenant(store, { queuedIn: { lane, since: NOW.toISOString(), place: place(0) } });
  }

  const inside = (store: RecordingLedgerStore, lane: string, slots: readonly object[]) =>
    overwrite(store, laneKey(lane), { slots, rate: null, unlimited: false });

  async function told(store: RecordingLedgerStore, ...states: readonly string[]): Promise<readonly number[]> {
    const steps = states.map((state) => ({
      state,
      startedAt: NOW.toISOString(),
      finishedAt: NOW.toISOString(),
      attempts: 1,
      remark: null,
      error: null,
      changes: [],
    }));
    const run = { ...(await runIn(store, 17)), steps };
    const estimate = await estimateVending(store, await tenantIn(store), run, NOW);
    return [secondsAfterStart(estimate?.earliest), secondsAfterStart(estimate?.readyAt)];
  }

  it('counts those in its own line, and takes them to come before it in the next one as well', async () => {
    const store = await ledgerWith(plan({ stackSets }), { workSeconds: 300, holdSeconds });
    await waits(store, ACCOUNT_CREATION.name, 1);
    const others = ['a', 'b', 'c', 'd'].map((uuid, number) => slot(uuid, number));
    await inside(store, ACCOUNT_CREATION.name, [...others, slot(TENANT, 4)]);
    // It has a place after 60 seconds, and comes to the stack set after 120: five others take 500 there.
    expect(await told(store)).toEqual([EARLIEST + 60, 300 + 60 + 500 - 120]);
  });

  it('counts the line once in which it stands already', async () => {
    const store = await ledgerWith(plan({ stackSets }), { workSeconds: 300, holdSeconds });
    await waits(store, STACK_SET, 3);
    expect(await told(store)).toEqual([EARLIEST + 300, 300 + 300]);
  });

  it('takes nobody to come before it while it has no place among those that make accounts', async () => {
    const store = await ledgerWith(plan({ stackSets }), { workSeconds: 300, holdSeconds });
    await inside(store, ACCOUNT_CREATION.name, [slot('a', 0)]);
    expect(await told(store)).toEqual([EARLIEST, 300]);
    await inside(store, ACCOUNT_CREATION.name, [slot('a', 0, -3), slot('b', 1, -2), slot('c', 2, -1), slot(TENANT, 3)]);
    expect(await told(store)).toEqual([EARLIEST, 300 + 3 * 100]);
  });

  it('comes to the stack set no more once its own have begun', async () => {
    const store = await ledgerWith(plan({ stackSets }), { workSeconds: 300, holdSeconds });
    await inside(store, STACK_SET, [slot('a', 0)]);
    expect(await told(store)).toEqual([EARLIEST + 100, 300 + 100]);
    expect(await told(store, 'EnrollAccount')).toEqual([EARLIEST + 100, 300 + 100]);
    expect(await told(store, 'EnrollAccount', 'DeployStackInstances')).toEqual([EARLIEST, 300]);
  });

  it('comes to the Account Factory no more once it was enrolled', async () => {
    const store = await ledgerWith(plan({ enrollment }), { workSeconds: 300, holdSeconds });
    const others = ['a', 'b', 'c', 'd', 'e'].map((uuid, number) => slot(uuid, number));
    await inside(store, 'account-factory', others);
    expect(await told(store)).toEqual([EARLIEST + 50, 300 + 50]);
    expect(await told(store, 'MoveAccount')).toEqual([EARLIEST + 50, 300 + 50]);
    expect(await told(store, 'MoveAccount', 'EnrollAccount')).toEqual([EARLIEST, 300]);
  });
});
