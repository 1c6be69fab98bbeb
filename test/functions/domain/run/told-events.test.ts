import asyncapi from '../../../../docs/asyncapi.json';
import type { RunRecord } from '../../../../functions/domain/records/ledger-records';
import {
  TOLD_EVENT_TYPES,
  toldEvents,
  withEarlierFailure,
  withoutLastFailure,
} from '../../../../functions/domain/run/told-events';
import { after } from '../../../fakes/vending';

const at = (seconds: number): string => after(seconds).toISOString();
const error = { name: 'RejectedError', message: 'The unit does not exist.', remedy: 'Name another one.' };

const runRecord = (changes: Partial<RunRecord>): RunRecord => ({
  replicationSequence: 17,
  run: 1,
  workflow: 'vend-account',
  status: 'RUNNING',
  executionArn: null,
  startedAt: at(0),
  resumedAt: at(0),
  finishedAt: null,
  error: null,
  supersededBy: null,
  reconciledIn: null,
  steps: [],
  ...changes,
});

const step = (state: string, failed: boolean): RunRecord['steps'][number] => ({
  state,
  startedAt: at(1),
  finishedAt: failed ? null : at(2),
  attempts: 1,
  remark: null,
  error: failed ? error : null,
  changes: [],
});

const FAILED: RunRecord = {
  ...runRecord({ status: 'FAILED', finishedAt: at(60), error }),
  steps: [step('CreateAccount', false), step('MoveAccount', true)],
};

describe('the events that were published about a run', () => {
  it.each([
    { status: 'VENDED', workflow: 'vend-account', type: 'Account Vended' },
    { status: 'CLOSED', workflow: 'close-account', type: 'Account Closed' },
    { status: 'SHADOWED', workflow: 'vend-account', type: 'Account Vending Shadowed' },
    { status: 'SHADOWED', workflow: 'close-account', type: 'Account Closing Shadowed' },
  ] as const)('tell of the end of one that is $status: $type', ({ type, ...ended }) => {
    expect(toldEvents(runRecord({ ...ended, finishedAt: at(60) }))).toEqual([
      { type, at: at(60), where: null, error: null },
    ]);
  });

  it.each([
    { workflow: 'vend-account', type: 'Account Vending Failed' },
    { workflow: 'close-account', type: 'Account Closing Failed' },
  ] as const)('name the state that failed, and why: $type', ({ workflow, type }) => {
    expect(toldEvents({ ...FAILED, workflow })).toEqual([{ type, at: at(60), where: 'MoveAccount', error }]);
  });

  it('name no state of an execution that was stopped', () => {
    expect(toldEvents({ ...FAILED, steps: [step('CreateAccount', false)] })).toMatchObject([{ where: null }]);
  });

  it.each(['ACCEPTED', 'RUNNING', 'SUPERSEDED'] as const)('are none of one that is %s', (status) => {
    expect(toldEvents(runRecord({ status, finishedAt: at(60) }))).toEqual([]);
  });

  it('are the newest first: a question, delays, a failure before a redrive, the end', () => {
    const approval = {
      askedAt: at(5),
      expiresAt: at(500),
      token: 'secret',
      decision: 'approve' as const,
      decidedBy: 'jane',
      decidedAt: at(6),
      reason: null,
    };
    const toldDelays = ['CheckAccount', 'account-creation'];
    const resumed = withEarlierFailure({ ...FAILED, approval, toldDelays, toldDelaysAt: { CheckAccount: at(50) } });
    const events = toldEvents({ ...resumed, status: 'VENDED', finishedAt: at(90), error: null, steps: [] });
    expect(events).toEqual([
      { type: 'Account Vended', at: at(90), where: null, error: null },
      { type: 'Account Vending Failed', at: at(60), where: 'MoveAccount', error },
      { type: 'Account Vending Delayed', at: at(50), where: 'CheckAccount', error: null },
      { type: 'Account Vending Awaits Approval', at: at(5), where: null, error: null },
      // An earlier release has not recorded when.
      { type: 'Account Vending Delayed', at: null, where: 'account-creation', error: null },
    ]);
    expect(JSON.stringify(events)).not.toContain('secret');
  });

  it('are all of the contract', () => {
    expect(Object.values(asyncapi.components.messages).map(({ name }) => name)).toEqual(
      expect.arrayContaining([...TOLD_EVENT_TYPES]),
    );
  });
});

describe('a run that failed and is redriven', () => {
  it('keeps the last ten failures, with short messages', () => {
    let run: RunRecord = FAILED;
    for (let failure = 1; failure <= 12; failure += 1) {
      const long = { ...error, message: 'x'.repeat(2_000) };
      run = withEarlierFailure({ ...run, status: 'FAILED', finishedAt: at(failure), error: long });
    }
    expect(run.earlierFailures?.map((failure) => failure.at)).toEqual(Array.from({ length: 10 }, (_, i) => at(i + 3)));
    expect(run.earlierFailures?.map(({ error: { message } }) => message.length)).toEqual(Array(10).fill(500));
  });

  it('has one failure where the redrive was not possible', () => {
    const ended = { ...FAILED, ...withoutLastFailure(withEarlierFailure(FAILED)) };
    expect(toldEvents(ended)).toEqual(toldEvents(FAILED));
  });

  it('has none that was not one: a run that runs, or has no reason', () => {
    for (const run of [runRecord({}), { ...FAILED, error: null }, { ...FAILED, finishedAt: null }]) {
      expect(withEarlierFailure(run)).toBe(run);
    }
  });
});
