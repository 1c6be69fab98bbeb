import { toldEvents } from '../../../../functions/domain/run/told-events';
import { replayRun, restartRun, wouldReplay } from '../../../../functions/ledger/runs/replay-run';
import { startRun } from '../../../../functions/ledger/runs/start-run';
import { desiredStateKey, runKey } from '../../../../functions/ledger/base/keys';
import { RecordingLedgerStore } from '../../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../../fakes/recording-workflow';
import { account, after, NOW, TENANT } from '../../../fakes/vending';
import {
  accept,
  close,
  closed,
  failed,
  markForDeletion,
  overwrite,
  overwriteTenant,
  referenceTo,
  runIn,
  stepError,
  tenantIn,
  vended,
} from '../ledger-calls';

const failure = (name: string) => ({ status: 'FAILED', error: { name, message: 'x', remedy: null } }) as const;

describe('the replay of a run', () => {
  let store: RecordingLedgerStore;

  beforeEach(async () => {
    store = new RecordingLedgerStore();
    await accept(store, 17, { requestedBy: 'sender' });
  });

  const starts = () => startRun(store, new RecordingWorkflow(), referenceTo(17));
  const replay = (by: string | null = 'jane') => replayRun(store, TENANT, after(60), by);

  it('goes on where it has failed by an error that may pass, and remembers who wanted it', async () => {
    const executionArn = await starts();
    await close(store, 17, failure('TransientError'), 1, after(50));
    expect(await replay()).toMatchObject({ verdict: 'resumed', run: { run: 1, executionArn, replayedBy: 'jane' } });
    expect(await runIn(store, 17)).toMatchObject({
      status: 'RUNNING',
      resumedAt: after(60).toISOString(),
      finishedAt: null,
      replayedBy: 'jane',
    });
    expect(await tenantIn(store)).toMatchObject({
      status: 'RUNNING',
      statusChangedAt: after(60).toISOString(),
      activeRun: { replicationSequence: 17, run: 1 },
    });
  });

  it('remembers that it was told to have failed, also once it has vended', async () => {
    await starts();
    await close(store, 17, failure('TransientError'), 1, after(50));
    await replay();
    await close(store, 17, vended, 1, after(90));
    expect(toldEvents(await runIn(store, 17)).map(({ type, at }) => `${type} ${at ?? ''}`)).toEqual([
      `Account Vended ${after(90).toISOString()}`,
      `Account Vending Failed ${after(50).toISOString()}`,
    ]);
  });

  it.each(['RejectedError', 'InvalidRequestError', 'CustomizationError', 'ApprovalRejected', 'ApprovalExpired'])(
    'begins again after %s: the same plan would be refused again',
    async (name) => {
      await starts();
      await close(store, 17, failure(name));
      expect(await replay()).toMatchObject({
        verdict: 'restarted',
        run: { run: 2, replayedBy: 'jane', requestedBy: 'sender', executionArn: null },
      });
      expect(await tenantIn(store)).toMatchObject({ activeRun: { replicationSequence: 17, run: 2 } });
      expect(store.lastWriteOf('DESIRED#0000000000000017')).toMatchObject({ data: { runs: 2 } });
    },
  );

  it('begins again where the run was never started', async () => {
    await close(store, 17, failure('TransientError'));
    expect(await replay(null)).toMatchObject({ verdict: 'restarted', run: { run: 2, replayedBy: null } });
  });

  it('is refused while a run is active, and after one that has come to a good end', async () => {
    await starts();
    expect(await replay()).toMatchObject({ verdict: 'refused', run: { run: 1 } });
    await close(store, 17, vended);
    expect(await replay()).toMatchObject({
      verdict: 'refused',
      tenant: { tenantUuid: TENANT },
      run: { status: 'VENDED' },
    });
  });

  it('is refused of a vending once its tenant is to be deleted, and of a closing once it is to stay', async () => {
    await overwriteTenant(store, { account });
    await close(store, 17, failed);
    await markForDeletion(store, 18);
    await close(store, 18, failed);
    expect(await replay()).toMatchObject({ verdict: 'restarted', run: { replicationSequence: 18, run: 2 } });
    await close(store, 18, failed, 2);
    await overwriteTenant(store, { deletion: null });
    expect(await replay()).toMatchObject({ verdict: 'refused', run: { workflow: 'close-account' } });
  });

  it('knows no tenant of which nothing was ever received, and no run of one that was only refused', async () => {
    expect(await replayRun(store, 'f0000000-0000-4000-8000-000000000000', NOW)).toEqual({ verdict: 'unknown-tenant' });
    const other = '7d0c1b1e-0000-4000-8000-00000000000c';
    await markForDeletion(store, 3, { tenantUuid: other });
    expect(await replayRun(store, other, NOW)).toMatchObject({ verdict: 'refused', run: null });
  });

  it('begins again after a run that has only looked', async () => {
    await starts();
    const shadow = { landingZone: 'aws-dev', accountId: null, changes: [], refusal: null };
    await close(store, 17, { status: 'SHADOWED', shadow });
    expect(await replay()).toMatchObject({ verdict: 'restarted', run: { run: 2 } });
  });

  it.each([
    ['run', runKey(TENANT, 17, 1)],
    ['desired state', desiredStateKey(TENANT, 17)],
  ])('is refused, and writes nothing, where its %s is not there any more', async (_, key) => {
    await starts();
    await close(store, 17, failed);
    await overwrite(store, key, null);
    const written = store.writes.length;
    expect(await replay()).toMatchObject({ verdict: 'refused', run: null });
    expect(store.writes).toHaveLength(written);
  });

  it('never gives a number twice, although the desired state has not counted the last run', async () => {
    await starts();
    await close(store, 17, failed);
    const [desired] = await store.read([desiredStateKey(TENANT, 17)]);
    await overwrite(store, desiredStateKey(TENANT, 17), { ...(desired?.data as object), runs: 0 });
    expect(await replay()).toMatchObject({ verdict: 'restarted', run: { run: 2 } });
  });

  describe('that somebody thinks of', () => {
    const would = async (changes: object) =>
      wouldReplay({ ...(await tenantIn(store)), activeRun: null }, { ...(await runIn(store, 17)), ...changes });
    const began = { status: 'FAILED', executionArn: 'arn', error: null };

    it('would go on, begin again, or be refused, as it is when it is asked for', async () => {
      expect(await would(began)).toBe('redriven');
      expect(await would({ ...began, error: { ...stepError, name: 'TransientError' } })).toBe('redriven');
      expect(await would({ ...began, error: stepError })).toBe('restarted');
      expect(await would({ ...began, executionArn: null })).toBe('restarted');
      expect(await would({ ...began, status: 'SHADOWED' })).toBe('restarted');
      expect(await would({ ...began, status: 'VENDED' })).toBe('refused');
      expect(wouldReplay(await tenantIn(store), { ...(await runIn(store, 17)), status: 'FAILED' })).toBe('refused');
      expect(wouldReplay(await tenantIn(store), null)).toBe('refused');
    });
  });

  describe('of one whose execution cannot be redriven any more', () => {
    const resumed = async () => {
      await starts();
      await close(store, 17, failure('TransientError'), 1, after(50));
      const before = await runIn(store, 17);
      await replay();
      return before;
    };

    it('begins a new run in its place, for the one who has asked, and ends it as it had ended', async () => {
      const before = await resumed();
      expect(await restartRun(store, TENANT, before, after(70))).toMatchObject({ replicationSequence: 17, run: 2 });
      expect(await runIn(store, 17)).toMatchObject({
        status: 'FAILED',
        finishedAt: after(50).toISOString(),
        error: before.error,
        resumedAt: before.resumedAt,
      });
      expect(await runIn(store, 17, 2)).toMatchObject({
        replayedBy: 'jane',
        requestedBy: 'sender',
        status: 'ACCEPTED',
      });
    });

    it('is told to have failed once, since nothing was told of its end', async () => {
      const before = await resumed();
      await restartRun(store, TENANT, before, after(70));
      expect(toldEvents(await runIn(store, 17))).toMatchObject([
        { type: 'Account Vending Failed', at: before.finishedAt },
      ]);
    });

    it('is over now where nobody had written down when', async () => {
      const before = await resumed();
      await restartRun(store, TENANT, { ...before, finishedAt: null }, after(70));
      expect(await runIn(store, 17)).toMatchObject({ finishedAt: after(70).toISOString() });
    });

    it('does so once: a second one finds the run that is active', async () => {
      const before = await resumed();
      await restartRun(store, TENANT, before, after(70));
      const written = store.writes.length;
      expect(await restartRun(store, TENANT, before, after(71))).toEqual({ replicationSequence: 17, run: 2 });
      await close(store, 17, closed, 2);
      expect(await restartRun(store, TENANT, before, after(72))).toBeNull();
      expect(store.writes.length).toBeGreaterThan(written);
      expect(await restartRun(store, 'f0000000-0000-4000-8000-000000000000', before, NOW)).toBeNull();
    });

    it('leaves the run as it is where its desired state is not there any more', async () => {
      const before = await resumed();
      await overwrite(store, desiredStateKey(TENANT, 17), null);
      expect(await restartRun(store, TENANT, before, after(70))).toEqual({ replicationSequence: 17, run: 1 });
    });

    it('keeps the desired state that waits for its end', async () => {
      const before = await resumed();
      await accept(store, 18);
      await restartRun(store, TENANT, before, after(70));
      expect(await tenantIn(store)).toMatchObject({ activeRun: { run: 2 }, waitingSequence: 18 });
    });
  });
});
