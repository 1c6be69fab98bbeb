import type { RunRecord, StepRecord } from '../../../../functions/domain/records/ledger-records';
import type { Measurement } from '../../../../functions/domain/run/measurement';
import { runMeasurements } from '../../../../functions/domain/run/run-measurements';
import { LANE_OF_STATE } from '../../../../functions/domain/base/workflow-facts';
import closing from '../../../../statemachines/close-account.asl.json';
import vending from '../../../../statemachines/vend-account.asl.json';
import { after, NOW } from '../../../fakes/vending';

const step = (state: string, from: number, to: number | null, attempts = 1): StepRecord => ({
  state,
  startedAt: after(from).toISOString(),
  finishedAt: to === null ? null : after(to).toISOString(),
  attempts,
  remark: null,
  error: null,
  changes: [],
});

const run: RunRecord = {
  replicationSequence: 17,
  run: 1,
  workflow: 'vend-account',
  status: 'RUNNING',
  executionArn: null,
  finishedAt: null,
  error: null,
  startedAt: NOW.toISOString(),
  resumedAt: NOW.toISOString(),
  supersededBy: null,
  reconciledIn: null,
  steps: [step('AwaitCreationTurn', 1, 31), step('CreateAccount', 31, 33), step('CheckAccount', 33, 93, 7)],
};

const named = (name: Measurement['name'], measurements: readonly Measurement[]) =>
  measurements.filter((one) => one.name === name).map(({ value, dimensions }) => [value, dimensions]);

describe('the measurements of a run', () => {
  const vended = runMeasurements(run, { outcome: 'VENDED' }, after(100));

  it('are its outcome and the time until the account was ready', () => {
    expect(named('Outcomes', vended)).toEqual([[1, { Outcome: 'VENDED' }]]);
    expect(named('TimeToReady', vended)).toEqual([[100, {}]]);
  });

  it('tell a closing from a vending, and no time until an account is ready', () => {
    const closed = runMeasurements(run, { outcome: 'CLOSED' }, after(100));

    expect(named('Outcomes', closed)).toEqual([[1, { Outcome: 'CLOSED' }]]);
    expect(named('TimeToReady', closed)).toEqual([]);
  });

  it('are no such time of a run that updates an account, which is quick and says nothing about how long one waits for an account', () => {
    const update = { ...run, steps: [step('AwaitReconciliationTurn', 1, 2), step('TagAccount', 2, 4)] };
    const measured = runMeasurements(update, { outcome: 'VENDED' }, after(5));
    expect(named('TimeToReady', measured)).toEqual([]);
    expect(named('Outcomes', measured)).toEqual([[1, { Outcome: 'VENDED' }]]);
  });

  it('are the duration of each step, and for lanes the wait in them', () => {
    expect(named('StepDuration', vended)).toEqual([
      [2, { State: 'CreateAccount' }],
      [60, { State: 'CheckAccount' }],
    ]);
    expect(named('QueueWait', vended)).toEqual([[30, { Lane: 'account-creation' }]]);
  });

  it('are how often AWS was asked whether it is done', () => {
    expect(named('Polls', vended)).toEqual([[7, {}]]);
  });

  it('tell by which error a run has failed, and no time until it was ready', () => {
    const failed = runMeasurements(run, { outcome: 'FAILED', cause: 'RejectedError' }, after(100));
    expect(named('Outcomes', failed)).toEqual([[1, { Outcome: 'FAILED', Cause: 'RejectedError' }]]);
    expect(named('TimeToReady', failed)).toEqual([]);
  });

  it('tell causes that nobody knows beforehand as one: each would be a metric', () => {
    const stopped = runMeasurements(run, { outcome: 'FAILED', cause: 'Typo of mine' }, after(100));
    expect(named('Outcomes', stopped)).toEqual([[1, { Outcome: 'FAILED', Cause: 'Other' }]]);
  });

  it.each([
    ['vend-account', [[1, {}]], []],
    ['close-account', [], [[1, {}]]],
  ] as const)('count a failure of %s for its alarm, without its cause', (workflow, vendings, closings) => {
    const end = { outcome: 'FAILED', cause: 'RejectedError' } as const;
    const failed = runMeasurements({ ...run, workflow }, end, after(100));

    expect([named('FailedVendings', failed), named('FailedClosings', failed)]).toEqual([vendings, closings]);
  });

  it.each(['ApprovalRejected', 'ApprovalExpired'])(
    'count a run that nobody has approved by its cause alone: it has not failed, and nobody is alarmed: %s',
    (cause) => {
      for (const workflow of ['vend-account', 'close-account'] as const) {
        const measured = runMeasurements({ ...run, workflow }, { outcome: 'FAILED', cause }, after(100));
        expect(named('Outcomes', measured)).toEqual([[1, { Outcome: 'FAILED', Cause: cause }]]);
        expect([named('FailedVendings', measured), named('FailedClosings', measured)]).toEqual([[], []]);
      }
    },
  );

  it('leave out steps that have not ended, and those before a redrive, which were measured when the run failed', () => {
    const redriven = {
      ...run,
      resumedAt: after(32).toISOString(),
      steps: [...run.steps, step('TagAccount', 93, null)],
    };
    const measured = runMeasurements(redriven, { outcome: 'VENDED' }, after(100));
    expect(named('StepDuration', measured)).toEqual([[60, { State: 'CheckAccount' }]]);
    expect(named('QueueWait', measured)).toEqual([]);
  });

  it('know every state that waits in a lane', () => {
    const waiting = [...JSON.stringify([vending, closing]).matchAll(/"(Await\w+Turn)":\{/gu)].map(([, state]) => state);
    expect(waiting.length).toBeGreaterThan(3);
    expect(Object.keys(LANE_OF_STATE).toSorted()).toEqual([...new Set(waiting)].toSorted());
  });
});
