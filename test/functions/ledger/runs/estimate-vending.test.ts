import { ACCOUNT_CREATION } from '../../../../functions/domain/queue/lanes';
import type { VendingPlan } from '../../../../functions/domain/plan/plan';
import { kindOf, type RunSample } from '../../../../functions/domain/run/run-history';
import { replace, snapshotsOf } from '../../../../functions/ledger/base/decide';
import { estimateVending } from '../../../../functions/ledger/runs/estimate-vending';
import { historyKey, laneKey, tenantKey } from '../../../../functions/ledger/base/keys';
import { pinPlan } from '../../../../functions/ledger/runs/pin-plan';
import { rememberHistory } from '../../../../functions/ledger/runs/remember-history';
import { tenantOf } from '../../../../functions/ledger/tenants/tenant-items';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { after, NOW, plan, TENANT } from '../../../fakes/vending';
import { accept, close, open, referenceTo, runIn, tenantIn, vended } from '../ledger-calls';

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
      ...{ slot, tenantUuid, run: { replicationSequence: 17, run: 1 }, lookAt: NOW.toISOString() },
      since: after(seconds).toISOString(),
    });
    const slots = [taken('first', 0, -3), taken('second', 1, -2), taken(TENANT, 2, -1), taken('last', 3, 0)];
    await store.commit([
      { key: laneKey(ACCOUNT_CREATION.name), expectedVersion: 0, data: { slots, rate: null, unlimited: false } },
    ]);

    const told = await estimateVending(store, await tenantIn(store), await runIn(store, 17), NOW);

    // Two are before it, if they need the stack set as well.
    expect(secondsAfterStart(told?.earliest)).toBe(300);
    expect(secondsAfterStart(told?.readyAt)).toBe(300 + 2 * 100);
  });

  it('is none of a run that has ended', async () => {
    for (const number of [1, 2, 3]) await remember(number, 100);
    await close(store, 17, vended);

    expect(await estimate()).toBeNull();
  });
});
