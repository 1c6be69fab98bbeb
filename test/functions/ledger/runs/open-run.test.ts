import { openRun } from '../../../../functions/ledger/runs/open-run';
import { rememberStop, stopOf } from '../../../../functions/ledger/runs/run-stop';
import { planKey, runKey, tenantKey } from '../../../../functions/ledger/base/keys';
import { recordStep } from '../../../../functions/ledger/runs/record-step';
import { pinPlan } from '../../../../functions/ledger/runs/pin-plan';
import { expectRejected } from '../../../fakes/expect-rejected';
import { RecordingWatch } from '../../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { account, after, NOW, plan, TENANT } from '../../../fakes/vending';
import {
  accept,
  close,
  failed,
  open,
  overwrite,
  overwriteTenant,
  referenceTo,
  runIn,
  tenantIn,
  vended,
} from '../ledger-calls';

describe('openRun', () => {
  let store: RecordingLedgerStore;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    await accept(store, 17);
  });

  it('lets the active run in and makes it RUNNING', async () => {
    const opened = await open(store, 17, 1, after(5));
    expect(opened).toMatchObject({ run: { status: 'RUNNING', resumedAt: NOW.toISOString() }, plan: null });
    expect(await tenantIn(store)).toMatchObject({ status: 'RUNNING', statusChangedAt: after(5).toISOString() });
    expect(store.lastWriteOf('TENANT')?.listing).toEqual({ label: 'RUNNING', at: after(5).toISOString() });
  });

  it('writes nothing when the run is at work already', async () => {
    await open(store, 17);
    const written = store.writes.length;
    const opened = await open(store, 17, 1, after(5));
    expect(opened).toMatchObject({ tenant: await tenantIn(store), run: await runIn(store, 17) });
    expect(store.writes).toHaveLength(written);
  });

  it('gives the run as its next write has to expect it', async () => {
    for (const opened of [await open(store, 17), await open(store, 17)]) {
      const [stored] = await store.read([opened.runItem.key]);
      expect(opened.runItem).toEqual(stored);
    }
  });

  it('gives the plan that was pinned to the run', async () => {
    await open(store, 17);
    await pinPlan(store, referenceTo(17), plan());
    expect(await open(store, 17)).toMatchObject({ plan: plan() });
  });

  it('has a failed run looked after before it is made active again, as of the newest desired state', async () => {
    await open(store, 17);
    await close(store, 17, failed);
    const watch = new RecordingWatch();
    const seen: unknown[] = [];
    jest.spyOn(watch, 'watch').mockImplementation(async (watched) => {
      seen.push({ watched, before: (await runIn(store, 17)).status });
    });
    await openRun(store, referenceTo(17), after(9), { watch });
    expect(seen).toEqual([{ watched: { tenantUuid: TENANT, replicationSequence: 17 }, before: 'FAILED' }]);
    expect(await runIn(store, 17)).toMatchObject({ status: 'RUNNING', resumedAt: after(9).toISOString() });
    await openRun(store, referenceTo(17), after(10), { watch });
    expect(seen).toHaveLength(1);
  });

  it('does not resume a failed run that nobody would look after', async () => {
    await open(store, 17);
    await close(store, 17, failed);
    const watch = { watch: () => Promise.reject(new Error('no queue')) };
    await expect(openRun(store, referenceTo(17), after(9), { watch })).rejects.toThrow('no queue');
    expect(await runIn(store, 17)).toMatchObject({ status: 'FAILED' });
  });

  it('asks for no look where a run begins or goes on', async () => {
    const watch = new RecordingWatch();
    await openRun(store, referenceTo(17), NOW, { watch });
    await openRun(store, referenceTo(17), after(1), { watch });
    expect(watch.watched).toEqual([]);
  });

  it('keeps a run out that was never recorded, and says how vendings are started', async () => {
    await expectRejected(open(store, 99), 'The ledger knows no run 1 of sequence 99', 'POST /vendings');
    await expectRejected(open(store, 17, 2), 'The ledger knows no run 2 of sequence 17', 'POST /vendings');
  });

  it('keeps a failed run out once a newer one has begun, and names that', async () => {
    await close(store, 17, failed);
    await accept(store, 18);
    await expectRejected(open(store, 17), 'superseded by sequence 18', 'Nothing has to be done');
    await close(store, 18, vended);
    await expectRejected(open(store, 17), 'superseded by sequence 18', 'Nothing has to be done');
  });

  it('keeps a failed run out when the one that waited for its end has begun', async () => {
    await accept(store, 18);
    await close(store, 17, failed);
    await expectRejected(open(store, 17), 'superseded by sequence 18', 'Nothing has to be done');
  });

  it('keeps an earlier run of the same sequence out', async () => {
    await close(store, 17, failed);
    await accept(store, 18);
    await close(store, 18, vended);
    await accept(store, 17, { force: true });
    await expectRejected(open(store, 17, 1), 'superseded by sequence 17', 'Nothing has to be done');
    expect(await open(store, 17, 2)).toMatchObject({ run: { run: 2 } });
  });

  it('lets a failed run become active again when it is redriven', async () => {
    await open(store, 17);
    await close(store, 17, failed, 1, after(60));
    const opened = await open(store, 17, 1, after(3600));
    expect(opened.run).toMatchObject({
      status: 'RUNNING',
      resumedAt: after(3600).toISOString(),
      finishedAt: null,
      error: null,
    });
    expect(await tenantIn(store)).toMatchObject({
      status: 'RUNNING',
      activeRun: { replicationSequence: 17, run: 1 },
    });
  });

  it('holds newer desired states back again while a redriven run is at work', async () => {
    await close(store, 17, failed);
    await open(store, 17);
    expect(await accept(store, 18)).toMatchObject({ run: null });
  });

  it('lets either the redriven run or a newer one become active, not both', async () => {
    await close(store, 17, failed);
    store.beforeNextCommit = async () => {
      await accept(store, 18);
    };
    await expectRejected(open(store, 17), 'superseded by sequence 18', 'Nothing has to be done');
    expect(await tenantIn(store)).toMatchObject({ activeRun: { replicationSequence: 18, run: 1 } });
    expect(await runIn(store, 17)).toMatchObject({ status: 'FAILED' });
  });

  it('never lets a run in again that has vended', async () => {
    await open(store, 17);
    await close(store, 17, vended);
    await expectRejected(open(store, 17), 'has vended already', 'higher replicationSequence');
  });

  it.each([
    { when: 'nothing follows', next: undefined },
    { when: 'a newer one has begun', next: 18 },
  ])('lets a run that has vended finish its last state, and changes nothing, when $when', async ({ next }) => {
    await open(store, 17);
    await pinPlan(store, referenceTo(17), plan());
    if (next !== undefined) await accept(store, next);
    await close(store, 17, vended);
    const written = store.writes.length;
    const opened = await openRun(store, referenceTo(17), after(9), { mayHaveEnded: true });
    expect(opened).toMatchObject({ run: { status: 'VENDED' }, plan: plan() });
    expect(store.writes).toHaveLength(written);
  });

  it('keeps the fence up in the last state for runs that have not vended', async () => {
    await close(store, 17, failed);
    await accept(store, 18);
    await expectRejected(openRun(store, referenceTo(17), NOW, { mayHaveEnded: true }), 'superseded', 'Nothing');
  });

  describe('of a run whose execution was stopped', () => {
    const stop = (seconds: number, by: string | null = null) =>
      rememberStop(store, referenceTo(17), after(seconds), 60, by);

    beforeEach(async () => {
      await open(store, 17, 1, after(5));
    });

    it('keeps when that was, when it settles, and the first who has wanted it', async () => {
      const stopped = { stoppedAt: after(30).toISOString(), settlesAt: after(30 + 60 + 210).toISOString() };
      expect(await stop(30)).toEqual(stopped);
      expect((await runIn(store, 17)).stoppedBy ?? null).toBeNull();
      expect(await stop(40, 'jane')).toEqual(stopped);
      expect(await stop(50, 'joe')).toEqual(stopped);
      expect(await runIn(store, 17)).toMatchObject({ stoppedBy: 'jane' });
      expect(stopOf(await tenantIn(store))).toEqual(stopped);
    });

    it('shows at once who has stopped it', async () => {
      await stop(30, 'jane');
      expect(await runIn(store, 17)).toMatchObject({ stoppedBy: 'jane' });
    });

    it('lets the functions that were at work end, and takes one a minute later for a redrive', async () => {
      await stop(30);
      await open(store, 17, 1, after(89));
      expect(stopOf(await tenantIn(store))).not.toBeNull();
      const { tenant } = await open(store, 17, 1, after(90));
      expect(tenant).toMatchObject({ statusChangedAt: after(90).toISOString() });
      expect(stopOf(await tenantIn(store))).toBeNull();
      expect(stopOf(tenant)).toBeNull();
    });

    it('counts a stop at the very moment at which the run went on', async () => {
      await stop(5);
      expect(stopOf(await tenantIn(store))).not.toBeNull();
    });

    it('says nothing of a run that has ended, or of another one', async () => {
      await stop(30);
      await close(store, 17, failed);
      expect(stopOf(await tenantIn(store))).toBeNull();
      await accept(store, 18);
      expect(stopOf(await tenantIn(store))).toBeNull();
      const before = await tenantIn(store);
      await stop(40);
      expect(await tenantIn(store)).toEqual(before);
    });
  });

  describe('of a plan that is not the one that the run began with', () => {
    it('gives no plan, and says what to do', async () => {
      await open(store, 17);
      await pinPlan(store, referenceTo(17), plan());
      const opened = await openRun(store, referenceTo(17), NOW, { planHash: 'another' });
      expect(opened).toMatchObject({
        plan: null,
        planRefusal: { reason: expect.stringContaining('was changed') as string },
      });
      expect(opened.planRefusal?.remedy).toMatch(/CloudTrail.*docs\/iam\.md.*replay this run/);
      expect(await openRun(store, referenceTo(17), NOW)).toMatchObject({ plan: plan(), planRefusal: null });
    });

    it('gives the plan where it is the one', async () => {
      await open(store, 17);
      const planHash = await pinPlan(store, referenceTo(17), plan());
      expect(await openRun(store, referenceTo(17), NOW, { planHash })).toMatchObject({
        plan: plan(),
        planRefusal: null,
      });
    });

    it('gives none, either, of a run that is resumed, or has come to its end', async () => {
      await open(store, 17);
      await pinPlan(store, referenceTo(17), plan());
      await close(store, 17, failed);
      const watched = { watch: new RecordingWatch(), planHash: 'another' };
      expect(await openRun(store, referenceTo(17), NOW, watched)).toMatchObject({ plan: null });
      await close(store, 17, vended);
      const late = await openRun(store, referenceTo(17), NOW, { mayHaveEnded: true, planHash: 'another' });
      expect(late).toMatchObject({ run: { status: 'VENDED' }, plan: null });
      expect(late.planRefusal).not.toBeNull();
    });
  });

  it('does not take a run that is redriven in the console for one that somebody has replayed', async () => {
    await open(store, 17);
    await close(store, 17, failed);
    expect((await open(store, 17, 1, after(9))).run).toMatchObject({ replayedBy: null });
  });

  it('takes a run that has only looked for one that has done its work', async () => {
    await open(store, 17);
    const shadow = { landingZone: 'aws-dev', accountId: null, changes: [], refusal: null };
    await close(store, 17, { status: 'SHADOWED', shadow });
    await expectRejected(open(store, 17), 'has told what it would change already', 'higher replicationSequence');
    const late = await openRun(store, referenceTo(17), NOW, { mayHaveEnded: true });
    expect(late).toMatchObject({ run: { status: 'SHADOWED' } });
  });

  it('lets no run begin whose tenant is to be deleted by now, and names the deletion', async () => {
    await overwriteTenant(store, { deletion: { replicationSequence: 18, at: NOW.toISOString(), landingZone: 'a' } });
    await expectRejected(open(store, 17), 'superseded by sequence 18', 'marked for deletion');
    expect(await runIn(store, 17)).toMatchObject({ status: 'ACCEPTED' });
  });

  it.each([
    ['tenant', tenantKey(TENANT)],
    ['run', runKey(TENANT, 17, 1)],
  ])('lets no run in whose %s is not there any more, whether it has ended or not', async (_, key) => {
    await open(store, 17);
    await close(store, 17, vended);
    await overwrite(store, key, null);
    for (const mayHaveEnded of [true, false]) {
      const opening = openRun(store, referenceTo(17), NOW, { mayHaveEnded });
      await expectRejected(opening, 'The ledger knows no run 1 of sequence 17', 'POST /vendings');
    }
  });

  it.each([
    ['tenant', tenantKey(TENANT), { status: 'PAUSED' }],
    ['run', runKey(TENANT, 17, 1), { status: 'PAUSED' }],
    ['plan', planKey(TENANT, 17, 1), { plan: { ...plan(), accessRoleProfile: 'NEWER' } }],
  ])('lets nothing work by a word in its %s that only a newer release knows', async (_, key, changes) => {
    await open(store, 17);
    await pinPlan(store, referenceTo(17), plan());
    const [item] = await store.read([key]);
    await overwrite(store, key, { ...(item?.data as object), ...changes });
    await expect(open(store, 17)).rejects.toThrow(/newer release has written/);
  });

  it('keeps a run out that is at work, and is not the one of its tenant', async () => {
    await open(store, 17);
    await overwriteTenant(store, {
      activeRun: { replicationSequence: 18, run: 1 },
      lastRun: { replicationSequence: 18, run: 1 },
    });
    await expectRejected(open(store, 17), 'superseded by sequence 18', 'newest run');
  });

  it('names the deletion before any other run, and another run before the newest desired state', async () => {
    await close(store, 17, failed);
    const others = { lastRun: { replicationSequence: 18, run: 1 }, latestSequence: 19 };
    await overwriteTenant(store, others);
    await expectRejected(open(store, 17), 'superseded by sequence 18', 'newest run');
    await overwriteTenant(store, { deletion: { replicationSequence: 20, at: NOW.toISOString(), landingZone: 'a' } });
    await expectRejected(open(store, 17), 'superseded by sequence 20', 'marked for deletion');
  });

  it('forgets who has replayed a run that is redriven by somebody else, and not who has replayed one that begins', async () => {
    await overwrite(store, runKey(TENANT, 17, 1), { ...(await runIn(store, 17)), replayedBy: 'jane' });
    expect((await open(store, 17)).run).toMatchObject({ replayedBy: 'jane' });
    await close(store, 17, failed);
    expect((await open(store, 17)).run).toMatchObject({ replayedBy: null });
  });

  it.each([
    { workflow: 'vend-account', isToGo: true },
    { workflow: 'close-account', isToGo: false },
  ] as const)(
    'lets no failed run of $workflow in whose tenant wants the opposite by now',
    async ({ workflow, isToGo }) => {
      const deletion = { replicationSequence: 17, at: NOW.toISOString(), landingZone: 'a' };
      await overwrite(store, runKey(TENANT, 17, 1), { ...(await runIn(store, 17)), workflow });
      await overwriteTenant(store, { account, deletion: isToGo ? null : deletion });
      const { runItem } = await open(store, 17);
      const pass = { startedAt: NOW.toISOString(), finishedAt: null, remark: null, error: null, changes: [] };
      await recordStep(store, runItem, { ...pass, state: 'MoveAccount' });
      await close(store, 17, failed);
      await overwriteTenant(store, { deletion: isToGo ? deletion : null });
      await expectRejected(open(store, 17), 'superseded by sequence 17', 'Nothing has to be done');
      expect(await runIn(store, 17)).toMatchObject({ status: 'FAILED' });
    },
  );

  it('lets no closing begin whose deletion was taken back', async () => {
    await overwrite(store, runKey(TENANT, 17, 1), { ...(await runIn(store, 17)), workflow: 'close-account' });
    await expectRejected(open(store, 17), 'superseded by sequence 17', 'newest run');
    expect(await runIn(store, 17)).toMatchObject({ status: 'ACCEPTED' });
  });

  it('names the newest desired state to a run of a tenant that has had no other', async () => {
    await close(store, 17, failed);
    await overwriteTenant(store, { lastRun: null });
    await expectRejected(open(store, 17), 'superseded by sequence 17', 'newest run');
  });
});
