import type { ExecutionDescription } from '../../../functions/ports/workflow';
import { MAX_LOOKS } from '../../../functions/domain/run/delay';
import { ACCOUNT_CREATION, RECONCILIATION } from '../../../functions/domain/queue/lanes';
import { replace, snapshotsOf } from '../../../functions/ledger/base/decide';
import { decideApproval, ledgerApprovals } from '../../../functions/ledger/runs/approvals';
import { joinLane } from '../../../functions/ledger/queue/join-lane';
import { tenantOf } from '../../../functions/ledger/tenants/tenant-items';
import { recordStep } from '../../../functions/ledger/runs/record-step';
import { laneKey, runKey, tenantKey } from '../../../functions/ledger/base/keys';
import { openRun } from '../../../functions/ledger/runs/open-run';
import { pinPlan } from '../../../functions/ledger/runs/pin-plan';
import { endRun } from '../../../functions/ledger/runs/end-run';
import { replayRun } from '../../../functions/ledger/runs/replay-run';
import { startRun } from '../../../functions/ledger/runs/start-run';
import type { BatchAnswer } from '../../../functions/runtime/on-lambda';
import { compose } from '../../../functions/watch-runs/handler';
import { queueTimes } from '../../../infra/queue-times';
import { EmbeddedQueue } from '../../../sandbox/runtime/embedded/embedded-queue';
import { VirtualClock } from '../../../sandbox/runtime/embedded/virtual-clock';
import { FakeTaskTokens } from '../../fakes/fake-task-tokens';
import { FakeExecutions } from '../../fakes/fake-executions';
import { RecordingLog, RecordingMetrics, RecordingOutcomes, RecordingWatch } from '../../fakes/recording-edges';
import { RecordingLedgerStore } from '../../fakes/recording-ledger-store';
import { RecordingWorkflow } from '../../fakes/recording-workflow';
import { after, OTHER_TENANT, plan, TENANT } from '../../fakes/vending';
import {
  accept,
  close,
  failed,
  markForDeletion,
  open,
  overwrite,
  overwriteTenant,
  referenceTo,
  runIn,
  tenantIn,
  vended,
} from '../ledger/ledger-calls';

const looking = (replicationSequence: number): string => JSON.stringify({ tenantUuid: TENANT, replicationSequence });

describe('WatchRuns', () => {
  let ledger: RecordingLedgerStore;
  let workflow: RecordingWorkflow;
  let executions: FakeExecutions;
  let outcomes: RecordingOutcomes;
  let watch: RecordingWatch;
  let metrics: RecordingMetrics;
  let log: RecordingLog;
  let tokens: FakeTaskTokens;

  beforeEach(async () => {
    metrics = new RecordingMetrics();
    log = new RecordingLog();
    tokens = new FakeTaskTokens();
    ledger = new RecordingLedgerStore();
    workflow = new RecordingWorkflow();
    executions = new FakeExecutions();
    outcomes = new RecordingOutcomes();
    watch = new RecordingWatch();
    await accept(ledger, 17);
  });

  /** Hands over looks, and gives the ids of those that are to come again. */
  const look = (...bodies: readonly string[]): Promise<readonly string[]> => lookAt(900, ...bodies);

  const lookAt = async (seconds: number, ...bodies: readonly string[]): Promise<readonly string[]> => {
    const host = {
      environment: () => '60',
      now: () => after(seconds),
      log,
      ledger,
      metrics,
      wait: () => Promise.resolve(),
      secrets: { externalId: () => Promise.resolve(''), scimAccessToken: () => Promise.resolve('') },
      watch: new RecordingWatch(),
      aws: {},
    };
    const watchRuns = compose(host, {
      executions,
      workflow,
      redriver: executions,
      turns: tokens,
      outcomes,
      watch,
    });
    const Records = bodies.map((body, index) => ({ messageId: `m${index}`, body }));
    return (await watchRuns({ Records })).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };

  const stands = async (sequence: number, changes: Partial<ExecutionDescription>, run = 1): Promise<string> => {
    const executionArn = await startRun(ledger, workflow, referenceTo(sequence, run));
    const input = JSON.stringify(referenceTo(sequence, run));
    const standing = { status: 'RUNNING', input, stoppedAt: null, redriveCount: 0, error: null, cause: null } as const;
    executions.known.set(executionArn, { ...standing, ...changes });
    return executionArn;
  };

  const failedAt = (seconds: number): Partial<ExecutionDescription> => ({
    status: 'FAILED',
    stoppedAt: after(seconds),
    error: 'TransientError',
  });

  it.each([
    {
      what: 'of a tenant that nobody knows',
      act: () => Promise.resolve(),
      message: { tenantUuid: 'x', replicationSequence: 1 },
    },
    { what: 'at a run that has vended', act: () => close(ledger, 17, vended) },
    { what: 'at a run that has failed and is recorded', act: () => close(ledger, 17, failed) },
    { what: 'at a tenant that has a newer desired state, which has a look of its own', act: () => accept(ledger, 18) },
  ])('ends with a look $what', async ({ act, message = { tenantUuid: TENANT, replicationSequence: 17 } }) => {
    await act();
    const written = ledger.writes.length;
    expect(await look(JSON.stringify(message))).toEqual([]);
    expect(watch.watched).toEqual([]);
    expect(ledger.writes).toHaveLength(written);
  });

  describe('at a run that waits for an approval', () => {
    beforeEach(async () => {
      await stands(17, { status: 'RUNNING' });
      const { runItem } = await open(ledger, 17);
      const deps = { ledger, tokens, now: () => after(2) };
      await ledgerApprovals(deps, referenceTo(17), 'token').ask(14);
      const at = after(2).toISOString();
      const pass = { state: 'AwaitApproval', startedAt: at, finishedAt: null, remark: null, error: null, changes: [] };
      await recordStep(ledger, runItem, pass);
    });

    const decide = () =>
      decideApproval(ledger, TENANT, { decision: 'approve', reason: 'why', decidedBy: 'arn:jane' }, after(60));

    it('ends with a look: days of waiting cost nothing, and are no delay', async () => {
      expect(await lookAt(10 * 24 * 3600, looking(17))).toEqual([]);
      expect(watch.watched).toEqual([]);
      expect(outcomes.delays).toEqual([]);
      expect(tokens.answered.size).toBe(0);
    });

    it('is followed by another look once its time is over: the execution is about to end', async () => {
      await lookAt(14 * 24 * 3600 + 3, looking(17));
      expect(watch.watched).toHaveLength(1);
    });

    it('hands on what was decided by somebody who was interrupted, and looks again', async () => {
      await decide();
      await look(looking(17));
      expect(tokens.answered.get('token')).toMatchObject({ decision: 'approve' });
      expect(watch.watched).toHaveLength(1);
    });

    it('lets a newer desired state begin whose intake was interrupted', async () => {
      await accept(ledger, 18);
      await look(looking(18));
      expect(await runIn(ledger, 17)).toMatchObject({ status: 'SUPERSEDED', supersededBy: 18 });
      expect([...workflow.started.keys()]).toContain(`${TENANT}-18`);
      expect(tokens.answered.get('token')).toEqual({ error: 'RejectedError' });
      expect(watch.watched).toEqual([{ tenantUuid: TENANT, replicationSequence: 18, looks: 1 }]);
    });

    it('lets a decision count that comes before the newer desired state takes its place', async () => {
      await accept(ledger, 18);
      ledger.beforeNextCommit = async () => {
        await decide();
      };
      await look(looking(18));
      expect(await runIn(ledger, 17)).toMatchObject({ status: 'RUNNING', approval: { decision: 'approve' } });
    });

    it('tells nobody again who has gone on', async () => {
      await decide();
      const { runItem } = await open(ledger, 17);
      const at = after(70).toISOString();
      const pass = { state: 'CreateAccount', startedAt: at, finishedAt: null, remark: null, error: null, changes: [] };
      await recordStep(ledger, runItem, pass);
      await look(looking(17));
      expect(tokens.answered.size).toBe(0);
    });

    it('leaves a run alone that was approved before the newer one came', async () => {
      await decide();
      await accept(ledger, 18);
      await look(looking(18));
      expect(await runIn(ledger, 17)).toMatchObject({ status: 'RUNNING' });
    });
  });

  it('leaves a run alone that has come to an approval, and has asked nobody yet', async () => {
    await stands(17, { status: 'RUNNING' });
    const { runItem } = await open(ledger, 17);
    const at = after(2).toISOString();
    const pass = { state: 'AwaitApproval', startedAt: at, finishedAt: null, remark: null, error: null, changes: [] };
    await recordStep(ledger, runItem, pass);
    expect(await look(looking(17))).toEqual([]);
    expect(watch.watched).toHaveLength(1);
  });

  it('looks again where nobody sees the run', async () => {
    await overwrite(ledger, runKey(TENANT, 17, 1), null);
    expect(await look(looking(17))).toEqual([]);
    expect(watch.watched).toHaveLength(1);
  });

  /** Longer than a run may stand before its first state. */
  const LATE = 25_300;

  it.each<{ readonly what: string; readonly act: () => Promise<unknown>; readonly says: string }>([
    { what: 'was never started', act: () => Promise.resolve(), says: 'A run was never started; it is now' },
    {
      what: 'has succeeded without its end',
      act: async () => {
        await open(ledger, 17);
        await stands(17, { status: 'SUCCEEDED', stoppedAt: after(300) });
      },
      says: 'A vending has failed',
    },
    {
      what: 'has failed, and no event has told so',
      act: () => stands(17, failedAt(300)),
      says: 'An execution has ended and no event has told of it in time',
    },
    {
      what: 'was to be redriven',
      act: async () => {
        await stands(17, failedAt(300));
        await close(ledger, 17, { status: 'FAILED', error: { name: 'TransientError', message: 'x', remedy: null } });
        await replayRun(ledger, TENANT, after(310));
      },
      says: 'A replay was interrupted; it goes on now',
    },
  ])('mends a run that $what, says so, and then calls it late no more', async ({ act, says }) => {
    await act();
    expect(await lookAt(LATE + 300, looking(17))).toEqual([]);
    expect(log.entries).toContainEqual({
      level: 'warn',
      sentence: says,
      keys: expect.objectContaining({ tenantUuid: TENANT, replicationSequence: 17, run: 1 }) as object,
    });
    expect(outcomes.delays).toEqual([]);
    expect(watch.watched).toHaveLength(1);
  });

  it('leaves a run alone that completes while its execution is looked at', async () => {
    await open(ledger, 17);
    const executionArn = await stands(17, {});
    const execution = await executions.describe(executionArn);
    jest.spyOn(executions, 'describe').mockImplementation(async () => {
      await close(ledger, 17, vended);
      return { ...execution, status: 'SUCCEEDED', stoppedAt: after(300) };
    });
    await look(looking(17));
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'VENDED', error: null });
    expect(outcomes.published).toEqual([]);
  });

  it('starts a run that was written down and never started, and looks again', async () => {
    expect(await look(looking(17))).toEqual([]);
    expect([...workflow.started.keys()]).toEqual([`${TENANT}-17`]);
    expect(watch.watched).toEqual([{ tenantUuid: TENANT, replicationSequence: 17, looks: 1 }]);
  });

  it('looks again with what a newer release has written into the message', async () => {
    await stands(17, { status: 'RUNNING' });
    const message = { tenantUuid: TENANT, replicationSequence: 17, fieldOfNextRelease: { since: 1 } };
    await look(JSON.stringify(message));
    expect(watch.watched).toEqual([expect.objectContaining({ fieldOfNextRelease: { since: 1 } })]);
  });

  it.each(['RUNNING', 'PENDING_REDRIVE'] as const)('looks again at an execution that is %s', async (status) => {
    await stands(17, { status });
    const written = ledger.writes.length;
    await look(looking(17));
    expect(watch.watched).toHaveLength(1);
    expect(ledger.writes).toHaveLength(written);
  });

  it('counts the looks of a chain', async () => {
    await stands(17, {});
    await look(JSON.stringify({ tenantUuid: TENANT, replicationSequence: 17, looks: 8927 }));
    expect(watch.watched).toEqual([{ tenantUuid: TENANT, replicationSequence: 17, looks: 8928 }]);
  });

  it('does not take a message of a chain without end, and says what to do', async () => {
    await stands(17, {});
    const message = { tenantUuid: TENANT, replicationSequence: 17, looks: MAX_LOOKS };
    expect(await look(JSON.stringify({ ...message, looks: MAX_LOOKS - 1 }))).toEqual([]);
    expect(watch.watched).toEqual([message]);
    expect(await look(JSON.stringify(message))).toEqual(['m0']);
    expect(watch.watched).toHaveLength(1);
    expect(log.entries.at(-1)?.cause).toMatchObject({
      name: 'RejectedError',
      message: expect.stringMatching(/looked at 35136 times.*Stop its execution/u) as string,
    });
  });

  it('ends a chain without end at the dead letters', async () => {
    await stands(17, {});
    const clock = new VirtualClock(after(900), () => false);
    const consume = (batch: unknown): Promise<BatchAnswer> => {
      const [{ body }] = (batch as { readonly Records: readonly [{ readonly body: string }] }).Records;
      const next = watch.watched.length;
      return look(body).then((again) => {
        for (const watched of watch.watched.slice(next)) queue.send(JSON.stringify(watched), 900);
        return { batchItemFailures: again.map((itemIdentifier) => ({ itemIdentifier })) };
      });
    };
    const queue = new EmbeddedQueue(consume, queueTimes.RunWatch);
    try {
      queue.send(JSON.stringify({ tenantUuid: TENANT, replicationSequence: 17, looks: MAX_LOOKS - 20 }));
      await clock.runUntil(() => queue.deadLetters.length > 0);
    } finally {
      clock.uninstall();
    }
    expect(watch.watched).toHaveLength(20);
    expect(queue.deadLetters).toEqual([
      JSON.stringify({ tenantUuid: TENANT, replicationSequence: 17, looks: MAX_LOOKS }),
    ]);
  });

  it('is not followed by another look, where it is to be the only one', async () => {
    const executionArn = await stands(17, { status: 'RUNNING' });
    const once = JSON.stringify({ tenantUuid: TENANT, replicationSequence: 17, once: true });
    expect(await look(once)).toEqual([]);
    executions.known.set(executionArn, { ...(await executions.describe(executionArn)), ...failedAt(600) });
    expect(await look(once)).toEqual([]);
    expect(await tenantIn(ledger)).toMatchObject({ status: 'FAILED' });
    expect(watch.watched).toEqual([]);
  });

  it('lets a chain end that is long, where no run is active any more', async () => {
    await close(ledger, 17, vended);
    expect(await look(JSON.stringify({ tenantUuid: TENANT, replicationSequence: 17, looks: MAX_LOOKS }))).toEqual([]);
  });

  it('tells of a closing that is overdue as such', async () => {
    await stands(17, {});
    await overwrite(ledger, runKey(TENANT, 17, 1), { ...(await runIn(ledger, 17)), workflow: 'close-account' });
    await lookAt(LATE, looking(17));
    expect(outcomes.delays).toMatchObject([{ type: 'Account Closing Delayed' }]);
  });

  it('says nothing of a lane that nobody knows', async () => {
    await stands(17, {});
    const queuedIn = { lane: ACCOUNT_CREATION.name, since: after(20).toISOString(), place: 'any' };
    await overwriteTenant(ledger, { queuedIn });
    expect(await lookAt(1300, looking(17))).toEqual([]);
    expect(outcomes.delays).toEqual([]);
  });

  it('tells once of a run that is overdue, and counts it at each look', async () => {
    const executionArn = await stands(17, {});

    await lookAt(25_000, looking(17));
    expect(outcomes.delays).toEqual([]);
    await lookAt(25_300, looking(17));
    await lookAt(26_200, looking(17));

    expect(outcomes.delays).toMatchObject([
      {
        type: 'Account Vending Delayed',
        detail: { ...referenceTo(17), where: 'start', error: 'OverdueRun', executionArn },
      },
    ]);
    expect(log.entries).toMatchObject([
      {
        sentence: 'A run takes longer than it may',
        keys: { ...referenceTo(17), where: 'start', cause: outcomes.delays[0]?.detail.cause },
      },
    ]);
    expect(metrics.measurements.map(({ name }) => name)).toEqual(['OverdueRuns', 'OverdueRuns']);
    expect(watch.watched).toHaveLength(3);
  });

  it('tells again of a run that is overdue when the bus had not taken it', async () => {
    await stands(17, {});
    outcomes.failure = new Error('the bus is away');
    expect(await lookAt(25_300, looking(17))).toEqual(['m0']);

    outcomes.failure = undefined;
    await lookAt(25_400, looking(17));

    expect(outcomes.delays).toHaveLength(1);
  });

  it('tells of a run that waits in a lane into which nobody is let', async () => {
    await stands(17, {});
    await open(ledger, 17);
    await pinPlan(ledger, referenceTo(17), plan());
    const [item] = await snapshotsOf(ledger, [tenantKey(TENANT)]);
    if (item === undefined) throw new Error('There is no tenant.');
    const queuedIn = { lane: ACCOUNT_CREATION.name, since: after(20).toISOString(), place: 'any' };
    await ledger.commit([replace(item, { ...tenantOf(item), queuedIn })]);

    await lookAt(1200, looking(17));
    expect(outcomes.delays).toEqual([]);
    await lookAt(1300, looking(17));

    expect(outcomes.delays).toMatchObject([{ detail: { where: 'account-creation', error: 'StarvedLane' } }]);
    expect(metrics.measurements.map(({ name }) => name)).toEqual(['StarvedLanes']);
  });

  describe('at a run that waits in a lane', () => {
    /** It has no room, so each that joins waits. */
    const join = (tenantUuid: string, replicationSequence: number, seconds: number, lane = ACCOUNT_CREATION) =>
      joinLane(
        { ledger, tokens, watch, now: () => after(seconds) },
        { ...lane, capacity: 0 },
        {
          tenantUuid,
          run: { replicationSequence, run: 1 },
          token: tenantUuid,
          runSince: after(seconds).toISOString(),
          callable: true,
          wanted: null,
        },
      );

    /** All slots are taken, and their leases have run out. */
    async function isFullOfExpiredSlots(): Promise<void> {
      const [item] = await snapshotsOf(ledger, [laneKey(ACCOUNT_CREATION.name)]);
      if (item === undefined) throw new Error('There is no lane.');
      const slots = Array.from({ length: ACCOUNT_CREATION.capacity }, (_, slot) => ({
        slot,
        tenantUuid: `stopped-${slot}`,
        run: { replicationSequence: 1, run: 1 },
        since: after(0).toISOString(),
        lookAt: after(600).toISOString(),
      }));
      await ledger.commit([replace(item, { slots, rate: null, unlimited: false })]);
    }

    beforeEach(async () => {
      await stands(17, {});
      const { runItem } = await open(ledger, 17);
      await pinPlan(ledger, referenceTo(17), plan());
      const at = after(2).toISOString();
      const pass = { state: 'AwaitCreationTurn', startedAt: at, finishedAt: null, remark: null, error: null };
      await recordStep(ledger, runItem, { ...pass, changes: [] });
      await join(TENANT, 17, 0);
    });

    it('calls its state back, as the first of the line, where leases have run out, and looks again', async () => {
      await isFullOfExpiredSlots();
      await look(looking(17));
      expect(tokens.answered.get(TENANT)).toEqual({ error: 'LookAgainError' });
      expect(watch.watched).toEqual([{ tenantUuid: TENANT, replicationSequence: 17, looks: 1 }]);
    });

    it('lets it in, as the first of the line, where somebody was killed before that', async () => {
      await look(looking(17));
      expect(tokens.answered.get(TENANT)).toEqual({ waitSeconds: 0 });
      expect(watch.watched).toEqual([{ tenantUuid: TENANT, replicationSequence: 17, looks: 1 }]);
    });

    describe('behind another', () => {
      beforeEach(async () => {
        await accept(ledger, 1, { tenantUuid: OTHER_TENANT }, after(-60));
        await openRun(ledger, referenceTo(1, 1, OTHER_TENANT), after(-60));
        await join(OTHER_TENANT, 1, -60);
        await isFullOfExpiredSlots();
      });

      it('is the last look, and calls nobody', async () => {
        expect(await look(looking(17))).toEqual([]);
        expect(tokens.answered.has(TENANT)).toBe(false);
        expect(watch.watched).toEqual([]);
      });

      it('is followed by others once the one before it has left', async () => {
        await look(looking(17));
        const edges = { ledger, workflow, tokens, watch, now: () => after(1000) };
        await pinPlan(ledger, referenceTo(1, 1, OTHER_TENANT), plan());
        await endRun(edges, referenceTo(1, 1, OTHER_TENANT), failed);
        expect(watch.watched).toEqual([{ tenantUuid: TENANT, replicationSequence: 17 }]);
      });

      it('is followed by others where it is the first of another line', async () => {
        await join(TENANT, 17, 0, RECONCILIATION);
        await look(looking(17));
        expect(watch.watched).toEqual([{ tenantUuid: TENANT, replicationSequence: 17, looks: 1 }]);
      });

      it('comes again where it cannot be taken', async () => {
        jest.spyOn(ledger, 'readPartition').mockRejectedValueOnce(new Error('away'));
        expect(await look(looking(17))).toEqual(['m0']);
      });
    });
  });

  it.each(['FAILED', 'TIMED_OUT', 'ABORTED'] as const)(
    'records the end of an execution as %s that no event has told of, and announces it',
    async (status) => {
      await open(ledger, 17);
      await stands(17, { ...failedAt(300), status });
      await look(looking(17));
      expect(await runIn(ledger, 17)).toMatchObject({ status: 'FAILED' });
      expect(outcomes.published).toMatchObject([{ type: 'Account Vending Failed' }]);
      watch.watched.length = 0;
      await look(looking(17));
      expect(watch.watched).toEqual([]);
      expect(outcomes.published).toHaveLength(1);
    },
  );

  it('ends a run whose execution has succeeded without completing it', async () => {
    await open(ledger, 17);
    await stands(17, { status: 'SUCCEEDED', stoppedAt: after(300) });
    await look(looking(17));
    const error = {
      name: 'UnfinishedRun',
      message: 'The execution has succeeded without completing its run: the workflow is not that of this release.',
      remedy: 'Deploy the application again, and replay this run.',
    };
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'FAILED', error });
    expect(outcomes.published).toMatchObject([{ type: 'Account Vending Failed', detail: { error: 'UnfinishedRun' } }]);
  });

  it('does not end such a run before the world was told', async () => {
    await open(ledger, 17);
    await stands(17, { status: 'SUCCEEDED', stoppedAt: after(300) });
    outcomes.failure = new Error('The bus is away.');
    await look(looking(17)).catch(() => undefined);
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'RUNNING' });
  });

  it('follows the run of the tenant whichever it is: the one that waits begins, and is looked after', async () => {
    await stands(17, failedAt(300));
    await accept(ledger, 18);
    await look(looking(18));
    expect([...workflow.started.keys()]).toContain(`${TENANT}-18`);
    expect(watch.watched).toEqual([{ tenantUuid: TENANT, replicationSequence: 18, looks: 1 }]);
  });

  it('starts the run whose starter was killed after the one before it was ended', async () => {
    await stands(17, failedAt(300));
    await accept(ledger, 18);
    jest.spyOn(workflow, 'start').mockRejectedValueOnce(new Error('killed'));
    await expect(
      endRun({ ledger, workflow, tokens, watch, now: () => after(400) }, referenceTo(17), failed),
    ).rejects.toThrow('killed');
    await look(looking(18));
    expect([...workflow.started.keys()]).toContain(`${TENANT}-18`);
  });

  it('redrives an execution whose replay was interrupted after the ledger was written', async () => {
    const executionArn = await stands(17, failedAt(300));
    await close(ledger, 17, { status: 'FAILED', error: { name: 'TransientError', message: 'x', remedy: null } });
    await replayRun(ledger, TENANT, after(600));
    await look(looking(17));
    expect(executions.redrives).toEqual([executionArn]);
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'RUNNING' });
    expect(outcomes.published).toEqual([]);
    expect(watch.watched).toHaveLength(1);
  });

  it('begins a new run when that can be redriven no more', async () => {
    await stands(17, failedAt(300));
    await close(ledger, 17, { status: 'FAILED', error: { name: 'TransientError', message: 'x', remedy: null } });
    await replayRun(ledger, TENANT, after(600));
    executions.isTooOld = true;
    await look(looking(17));
    expect([...workflow.started.keys()]).toContain(`${TENANT}-17-r2`);
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'FAILED', error: { name: 'TransientError' } });
    expect(await tenantIn(ledger)).toMatchObject({ activeRun: { replicationSequence: 17, run: 2 } });
  });

  it('keeps the newer desired state that waits for the run that begins instead', async () => {
    await stands(17, failedAt(300));
    await close(ledger, 17, { status: 'FAILED', error: { name: 'TransientError', message: 'x', remedy: null } });
    await replayRun(ledger, TENANT, after(600));
    await accept(ledger, 18);
    executions.isTooOld = true;
    await look(looking(18));
    expect(await tenantIn(ledger)).toMatchObject({
      activeRun: { replicationSequence: 17, run: 2 },
      waitingSequence: 18,
    });
  });

  it('records a redriven execution that has failed again', async () => {
    await stands(17, failedAt(300));
    await close(ledger, 17, { status: 'FAILED', error: { name: 'TransientError', message: 'x', remedy: null } });
    await replayRun(ledger, TENANT, after(600));
    await stands(17, failedAt(700));
    await look(looking(17));
    expect(executions.redrives).toEqual([]);
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'FAILED' });
  });

  it('looks after the run that goes on beside a deletion', async () => {
    await open(ledger, 17);
    await stands(17, failedAt(300));
    await markForDeletion(ledger, 18);
    await look(looking(18));
    expect((await runIn(ledger, 17)).status).toBe('SUPERSEDED');
  });

  it('lets only those looks come again that could not be taken', async () => {
    await startRun(ledger, workflow, referenceTo(17));
    expect(await look('no JSON', looking(17), looking(16))).toEqual(['m0', 'm1']);
    expect(log.entries).toMatchObject(
      ['m0', 'm1'].map((messageId) => ({
        level: 'error',
        sentence: 'A run could not be looked at now; the look will come again',
        keys: { messageId },
      })),
    );
  });
});
