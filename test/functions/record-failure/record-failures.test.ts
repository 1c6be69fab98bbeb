import { ledgerTenantRepository } from '../../../functions/ledger/tenants/tenant-repository';
import { tenantKey } from '../../../functions/ledger/base/keys';
import { recordStep } from '../../../functions/ledger/runs/record-step';
import { replayRun } from '../../../functions/ledger/runs/replay-run';
import { startRun } from '../../../functions/ledger/runs/start-run';
import { isToBeRedriven } from '../../../functions/record-failure/settle-failure';
import { account, after, NOW, TENANT } from '../../fakes/vending';
import {
  accept,
  close,
  failed,
  markForDeletion,
  open,
  overwrite,
  referenceTo,
  runIn,
  stepError,
  tenantIn,
  vended,
} from '../ledger/ledger-calls';

import { ARN, FailedRun } from './failed-run';

describe('RecordFailure', () => {
  let failing: FailedRun;
  let ledger: FailedRun['ledger'];
  let workflow: FailedRun['workflow'];
  let outcomes: FailedRun['outcomes'];
  let executions: FailedRun['executions'];
  let log: FailedRun['log'];
  let metrics: FailedRun['metrics'];
  let stands: FailedRun['stands'];
  let stepFails: FailedRun['stepFails'];
  let record: FailedRun['record'];

  beforeEach(async () => {
    failing = await FailedRun.begin();
    ({ ledger, workflow, outcomes, executions, log, metrics, stands, stepFails, record } = failing);
  });

  it('takes error and remedy from the timeline, writes them down and tells the world', async () => {
    await ledgerTenantRepository(ledger, TENANT).recordAccount(account);
    await stepFails('MoveAccount');
    stands();
    expect(await record()).toEqual([]);
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'FAILED', error: stepError });
    expect(await tenantIn(ledger)).toMatchObject({ status: 'FAILED', activeRun: null });
    expect(log.entries).toMatchObject([{ sentence: 'A vending has failed', keys: { state: 'MoveAccount' } }]);
    expect(metrics.measurements[0]).toEqual({
      name: 'Outcomes',
      unit: 'Count',
      value: 1,
      dimensions: { Outcome: 'FAILED', Cause: 'RejectedError' },
    });
    expect(outcomes.published).toEqual([
      {
        type: 'Account Vending Failed',
        detail: {
          tenantUuid: TENANT,
          replicationSequence: 17,
          run: 1,
          workspaceIdentifier: 'retail',
          projectIdentifier: 'webshop-dev',
          accountId: account.id,
          state: 'MoveAccount',
          error: 'RejectedError',
          cause: 'AWS says no.',
          remedy: 'Ask again.',
          executionArn: ARN,
          requestedBy: null,
          replayedBy: null,
          changes: [],
          changesLeftOut: 0,
        },
      },
    ]);
  });

  it.each([
    {
      what: 'a function that was killed before it could say anything',
      execution: { error: 'Sandbox.Timedout', cause: '{"errorMessage":"Task timed out after 60.00 seconds"}' },
      error: { name: 'Sandbox.Timedout', message: 'Task timed out after 60.00 seconds' },
    },
    {
      what: 'a cause that is plain text',
      execution: { error: 'States.Runtime', cause: 'The path is invalid.' },
      error: { name: 'States.Runtime', message: 'The path is invalid.' },
    },
    {
      what: 'an execution without error and cause',
      execution: { status: 'TIMED_OUT' as const, error: null, cause: null },
      error: { name: 'TIMED_OUT', message: 'The execution ended as TIMED_OUT and gave no cause.' },
    },
  ])('says what Step Functions says of $what', async ({ execution, error }) => {
    stands(execution);
    failing.seconds = 1000;
    await record();
    const remedy = expect.stringContaining('Step Functions console') as string;
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'FAILED', error: { ...error, remedy } });
    expect(outcomes.published).toMatchObject([{ detail: { state: null, error: error.name, cause: error.message } }]);
    expect((await runIn(ledger, 17)).steps).toEqual([]);
  });

  it('does not show the error of an earlier try for a function that was killed later', async () => {
    await stepFails('CheckAccount', { name: 'TransientError', message: 'throttled', remedy: null });
    stands({ error: 'Sandbox.Timedout', cause: null });
    executions.state = 'CheckAccount';
    await record();
    expect(outcomes.published).toMatchObject([{ detail: { state: 'CheckAccount', error: 'Sandbox.Timedout' } }]);
    expect((await runIn(ledger, 17)).steps).toMatchObject([{ attempts: 2, error: { name: 'Sandbox.Timedout' } }]);
  });

  it('does not show an earlier failure of the same name either, where another one came after it', async () => {
    await stepFails('MoveAccount');
    await stepFails('CheckAccount', { name: 'TransientError', message: 'throttled', remedy: null });
    stands();
    executions.state = 'TagAccount';
    await record();
    expect(outcomes.published).toMatchObject([{ detail: { state: 'TagAccount', cause: 'AWS says no. Ask again.' } }]);
    expect(await runIn(ledger, 17)).toMatchObject({ error: { message: 'AWS says no. Ask again.' } });
  });

  it('shows the last failure, though states have passed after it', async () => {
    await stepFails('MoveAccount');
    const { runItem } = await open(ledger, 17);
    const pass = { state: 'TagAccount', startedAt: NOW.toISOString(), finishedAt: NOW.toISOString(), remark: null };
    await recordStep(ledger, runItem, { ...pass, error: null, changes: [] });
    stands();
    await record();
    expect(outcomes.published).toMatchObject([{ detail: { state: 'MoveAccount', cause: 'AWS says no.' } }]);
  });

  it('tells a run as failed only after the world was told', async () => {
    stands();
    outcomes.failure = new Error('The bus is away.');
    expect(await record()).toEqual(['m0']);
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'RUNNING' });
  });

  it('remembers no stop once the last function must have ended', async () => {
    stands({ status: 'ABORTED', error: null, cause: null });
    failing.seconds = 90 + 60;
    const remembered = ledger.writes.length;
    expect(await record()).toEqual([]);
    const writes = ledger.writes.slice(remembered).map(({ data }) => JSON.stringify(data));
    expect(writes.filter((text) => text.includes('settlesAt'))).toEqual([]);
  });

  it('tells at which state a function was killed that could write nothing, in the timeline, too', async () => {
    stands({ error: 'Runtime.ExitError', cause: JSON.stringify({ errorMessage: 'signal: killed' }) });
    executions.state = 'TagAccount';
    await record();
    const error = { name: 'Runtime.ExitError', message: 'signal: killed' };
    expect(outcomes.published).toMatchObject([{ detail: { state: 'TagAccount', error: error.name } }]);
    expect((await runIn(ledger, 17)).steps).toMatchObject([
      { state: 'TagAccount', attempts: 1, finishedAt: null, error },
    ]);
    await record();
    expect((await runIn(ledger, 17)).steps).toHaveLength(1);
  });

  it('asks Step Functions for no state where the timeline tells it', async () => {
    await stepFails('MoveAccount');
    stands();
    executions.state = 'ADifferentState';
    await record();
    expect(outcomes.published).toMatchObject([{ detail: { state: 'MoveAccount' } }]);
    expect((await runIn(ledger, 17)).steps).toMatchObject([{ state: 'MoveAccount', attempts: 1 }]);
  });

  it('records a run that failed before its first step', async () => {
    await close(ledger, 17, failed);
    await accept(ledger, 18);
    stands({ input: JSON.stringify(referenceTo(18)), error: 'Runtime.ImportModuleError', cause: null });
    await record();
    expect(await runIn(ledger, 18)).toMatchObject({ status: 'FAILED', error: { name: 'Runtime.ImportModuleError' } });
  });

  it('takes a run for superseded, and for no failure, that the fence kept out because of a deletion', async () => {
    let commits = 0;
    const commit = ledger.commit.bind(ledger);
    const killed = jest.spyOn(ledger, 'commit').mockImplementation((writes) => {
      commits += 1;
      return commits === 1 ? commit(writes) : Promise.reject(new Error('killed'));
    });
    await expect(markForDeletion(ledger, 18)).rejects.toThrow('killed');
    killed.mockRestore();
    stands();
    expect(await record()).toEqual([]);
    expect(outcomes.published).toEqual([]);
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'SUPERSEDED', supersededBy: 18 });
    expect(metrics.measurements).toEqual([]);
    expect(await record()).toEqual([]);
    expect(outcomes.published).toEqual([]);
  });

  it('announces the failure of a run that went on beside a deletion', async () => {
    await ledgerTenantRepository(ledger, TENANT).recordAccount(account);
    await stepFails('MoveAccount');
    await markForDeletion(ledger, 18);
    stands();
    await record();
    expect(outcomes.published).toMatchObject([{ detail: { state: 'MoveAccount' } }]);
  });

  it('announces nothing new when the event comes a second time', async () => {
    await stepFails('MoveAccount');
    stands();
    await record();
    const written = ledger.writes.length;
    expect(await record()).toEqual([]);
    expect(outcomes.published).toHaveLength(1);
    expect(ledger.writes).toHaveLength(written);
  });

  it('starts what was waiting for the end of the run, once', async () => {
    await accept(ledger, 18);
    stands();
    await record();
    await record();
    expect([...workflow.started]).toEqual([[`${TENANT}-18`, referenceTo(18)]]);
    expect(await tenantIn(ledger)).toMatchObject({
      status: 'ACCEPTED',
      activeRun: { replicationSequence: 18, run: 1 },
    });
  });

  it('starts it with the next event when it was interrupted before that', async () => {
    await accept(ledger, 18);
    stands();
    jest.spyOn(workflow, 'start').mockRejectedValueOnce(new Error('killed'));
    expect(await record()).toEqual(['m0']);
    expect(await record()).toEqual([]);
    expect([...workflow.started.keys()]).toEqual([`${TENANT}-18`]);
    expect(outcomes.published).toHaveLength(1);
  });

  it('announces again rather than never when it was interrupted before the ledger was written', async () => {
    stands();
    ledger.beforeNextCommit = () => Promise.reject(new Error('killed'));
    expect(await record()).toEqual(['m0']);
    expect(await record()).toEqual([]);
    expect(outcomes.published).toHaveLength(2);
  });

  it('writes nothing down before the world was told', async () => {
    stands();
    outcomes.failure = new Error('no bus');
    expect(await record()).toEqual(['m0']);
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'RUNNING' });
  });

  it.each(['ABORTED', 'TIMED_OUT'] as const)(
    'waits until no function of an execution that ended as %s can be at work any more',
    async (status) => {
      await accept(ledger, 18);
      stands({ status, error: null, cause: null });
      failing.seconds = 149;
      expect(await record()).toEqual(['m0']);
      expect(log.entries[0]?.cause).toMatchObject({
        message: 'A function of the stopped execution may still be at work; looking again later.',
      });
      expect(await runIn(ledger, 17)).toMatchObject({ status: 'RUNNING' });
      expect(workflow.calls).toEqual([]);
      failing.seconds = 150;
      expect(await record()).toEqual([]);
      expect(await runIn(ledger, 17)).toMatchObject({ status: 'FAILED' });
      expect([...workflow.started.keys()]).toEqual([`${TENANT}-18`]);
    },
  );

  it.each(['RUNNING', 'SUCCEEDED', 'PENDING_REDRIVE'] as const)(
    'leaves an execution alone that is %s by now: it was redriven',
    async (status) => {
      stands({ status, stoppedAt: null });
      expect(await record()).toEqual([]);
      expect(await runIn(ledger, 17)).toMatchObject({ status: 'RUNNING' });
      expect(outcomes.published).toEqual([]);
    },
  );

  const told = (redriveCount: number): string =>
    JSON.stringify({ detail: { executionArn: ARN, status: 'FAILED', stopDate: after(90).getTime(), redriveCount } });

  it('has the event come again as long as Step Functions does not show what it tells, for five seconds', async () => {
    stands({ status: 'RUNNING', stoppedAt: null, error: null, cause: null });
    expect(await record(told(0))).toEqual(['m0']);
    expect(log.entries[0]?.cause).toMatchObject({
      message: 'Step Functions does not show yet that the execution has ended; looking again later.',
    });
    expect(outcomes.published).toEqual([]);
    stands();
    expect(await record(told(0))).toEqual([]);
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'FAILED' });
    expect(outcomes.published).toHaveLength(1);
  });

  it('does not take the end before a redrive for the end after it', async () => {
    stands({ error: 'TransientError', redriveCount: 0 });
    expect(await record(told(1))).toEqual(['m0']);
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'RUNNING' });
  });

  it('leaves one alone that was redriven after the end that the event tells of', async () => {
    stands({ status: 'RUNNING', stoppedAt: null, redriveCount: 1 });
    expect(await record(told(0))).toEqual([]);
    expect(outcomes.published).toEqual([]);
  });

  it.each([
    { end: 'FAILED', error: 'TransientError' },
    { end: 'ABORTED', error: null },
  ] as const)(
    'leaves a run alone that a replay has made active again: its redrive is on the way ($end)',
    async ({ end, error }) => {
      stands();
      await record();
      failing.seconds = 200;
      expect(await replayRun(ledger, TENANT, after(150))).toMatchObject({ verdict: 'restarted' });
      await close(ledger, 17, { status: 'FAILED', error: { name: 'TransientError', message: 'x', remedy: null } }, 2);
      await startRun(ledger, workflow, referenceTo(17, 2));
      const executionArn = (await runIn(ledger, 17, 2)).executionArn ?? '';
      executions.known.set(executionArn, {
        status: end,
        input: JSON.stringify(referenceTo(17, 2)),
        stoppedAt: after(170),
        redriveCount: 0,
        error,
        cause: null,
      });
      expect(await replayRun(ledger, TENANT, after(180))).toMatchObject({ verdict: 'resumed' });
      const published = outcomes.published.length;
      expect(await record(JSON.stringify({ detail: { executionArn } }))).toEqual([]);
      expect(outcomes.published).toHaveLength(published);
      expect(await runIn(ledger, 17, 2)).toMatchObject({ status: 'RUNNING' });
    },
  );

  it('announces again when a redriven run fails again', async () => {
    await stepFails('MoveAccount');
    stands();
    await record();
    await open(ledger, 17);
    await stepFails('TagAccount');
    await record();
    expect(outcomes.published).toMatchObject([
      { detail: { state: 'MoveAccount' } },
      { detail: { state: 'TagAccount' } },
    ]);
  });

  it('announces no failure of a run that has vended, and starts what waited for it', async () => {
    await accept(ledger, 18);
    await close(ledger, 17, vended);
    stands({ error: 'Sandbox.Timedout', cause: null });
    expect(await record()).toEqual([]);
    expect(outcomes.published).toEqual([]);
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'VENDED', error: null });
    expect([...workflow.started.keys()]).toEqual([`${TENANT}-18`]);
  });

  it.each([
    { what: 'the ledger does not know', input: JSON.stringify(referenceTo(99)) },
    { what: 'has another input', input: '{"tenant":"x"}' },
    { what: 'has no JSON for input', input: 'x' },
  ])('ignores an execution that $what, and says so in the log', async ({ input }) => {
    stands({ input });
    const written = ledger.writes.length;
    expect(await record()).toEqual([]);
    expect(outcomes.published).toEqual([]);
    expect(ledger.writes).toHaveLength(written);
    expect(log.entries).toEqual([
      {
        level: 'warn',
        sentence: 'An execution has failed that the ledger knows nothing of: it was started by hand',
        keys: { executionArn: ARN },
      },
    ]);
  });

  it('announces the failure of a run that failed before its first step, for the states tell nothing', async () => {
    await close(ledger, 17, failed);
    await accept(ledger, 18);
    stands({ input: JSON.stringify(referenceTo(18)), error: 'Runtime.ImportModuleError', cause: null });
    await record();
    expect(outcomes.published).toMatchObject([
      { type: 'Account Vending Failed', detail: { replicationSequence: 18, error: 'Runtime.ImportModuleError' } },
    ]);
  });

  it('tells of a run whose tenant nobody sees any more', async () => {
    await overwrite(ledger, tenantKey(TENANT), null);
    stands();
    expect(await record()).toEqual([]);
    expect(outcomes.published).toMatchObject([
      { detail: { tenantUuid: TENANT, workspaceIdentifier: '', projectIdentifier: '', accountId: null } },
    ]);
  });

  it('takes a run that never began for superseded, too, where the fence kept it out because of a deletion', async () => {
    await close(ledger, 17, failed);
    await accept(ledger, 18);
    const tenantNow = await tenantIn(ledger);
    const deletion = { replicationSequence: 19, at: NOW.toISOString(), landingZone: 'aws-dev' };
    const { version = 0 } = (await ledger.read([tenantKey(TENANT)]))[0] ?? {};
    await ledger.commit([{ key: tenantKey(TENANT), expectedVersion: version, data: { ...tenantNow, deletion } }]);
    stands({ input: JSON.stringify(referenceTo(18)) });
    await record();
    expect(await runIn(ledger, 18)).toMatchObject({ status: 'SUPERSEDED', supersededBy: 19 });
    expect(outcomes.published).toEqual([]);
  });

  it('leaves the outcome of a run that has ended alone when a deletion comes after it', async () => {
    stands();
    await record();
    await markForDeletion(ledger, 18);
    expect(await record()).toEqual([]);
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'FAILED', supersededBy: null });
    expect(outcomes.published).toHaveLength(1);
  });

  describe('a run that was made active again', () => {
    it.each([
      { what: 'after its execution has ended', status: 'RUNNING', resumedAt: 91, stoppedAt: 90, toBeRedriven: true },
      { what: 'at the same moment', status: 'RUNNING', resumedAt: 90, stoppedAt: 90, toBeRedriven: false },
      { what: 'before that', status: 'RUNNING', resumedAt: 89, stoppedAt: 90, toBeRedriven: false },
      { what: 'and has ended again', status: 'FAILED', resumedAt: 91, stoppedAt: 90, toBeRedriven: false },
      { what: 'and runs', status: 'RUNNING', resumedAt: 91, stoppedAt: null, toBeRedriven: false },
    ] as const)('is to be redriven or not: $what', async ({ status, resumedAt, stoppedAt, toBeRedriven }) => {
      const run = { ...(await runIn(ledger, 17)), status, resumedAt: after(resumedAt).toISOString() };
      const ended = stoppedAt === null ? null : after(stoppedAt);
      const execution = { status: 'FAILED', input: '', redriveCount: 0, error: null, cause: null } as const;
      expect(isToBeRedriven(run, { ...execution, stoppedAt: ended })).toBe(toBeRedriven);
    });
  });

  it('says of the stop of an execution when it settles: with the delivery after its last function has ended', async () => {
    stands({ status: 'ABORTED', error: null, cause: null });
    expect(await record()).toEqual(['m0']);
    expect(await tenantIn(ledger)).toMatchObject({ stopped: { settlesAt: after(90 + 60 + 210).toISOString() } });
  });

  it('takes the end of one that failed by itself at once: no function of it is at work any more', async () => {
    stands();
    failing.seconds = 91;
    expect(await record()).toEqual([]);
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'FAILED' });
  });

  it('lets only the event come again that could not be recorded', async () => {
    stands();
    const unknown = JSON.stringify({ detail: { executionArn: 'arn:unknown' } });
    const good = JSON.stringify({ detail: { executionArn: ARN } });
    expect(await record(unknown, good, '{}')).toEqual(['m0', 'm2']);
    expect(log.entries.filter(({ level }) => level === 'error')).toMatchObject(
      ['m0', 'm2'].map((messageId) => ({
        sentence: 'A failed execution could not be recorded now; its event will come again',
        keys: { messageId },
      })),
    );
    expect(await runIn(ledger, 17)).toMatchObject({ status: 'FAILED' });
  });
});
