import { overdue, standing, starved } from '../../../../functions/domain/run/delay';
import { ACCOUNT_CREATION } from '../../../../functions/domain/queue/lanes';
import type { LaneRecord } from '../../../../functions/domain/queue/lane-records';
import type { RunRecord, StepRecord } from '../../../../functions/domain/records/ledger-records';

const at = (minutes: number): string => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString();
const time = (minutes: number): Date => new Date(at(minutes));

const step = (state: string, started: number, finished: number | null): StepRecord => ({
  state,
  startedAt: at(started),
  finishedAt: finished === null ? null : at(finished),
  attempts: 1,
  remark: null,
  error: null,
  changes: [],
});

const run = (steps: readonly StepRecord[], resumed = 0): RunRecord => ({
  replicationSequence: 17,
  run: 1,
  workflow: 'vend-account',
  status: 'RUNNING',
  executionArn: 'arn',
  startedAt: at(0),
  resumedAt: at(resumed),
  finishedAt: null,
  error: null,
  supersededBy: null,
  reconciledIn: null,
  steps: [...steps],
});

describe('a run is overdue', () => {
  it.each([
    { what: 'in a state, after seven hours', steps: [step('CheckAccount', 1, null)], late: 422, where: 'CheckAccount' },
    {
      what: 'while AWS closes the account, after 25',
      steps: [step('CheckClosure', 1, null)],
      late: 1502,
      where: 'CheckClosure',
    },
    {
      what: 'between two states',
      steps: [step('PlanVending', 0, 1), step('MoveAccount', 1, 3)],
      late: 424,
      where: 'start',
    },
    { what: 'before its first', steps: [], late: 421, where: 'start' },
    {
      what: 'after a replay, by the time since',
      steps: [step('CheckAccount', 1, null)],
      resumed: 60,
      late: 481,
      where: 'CheckAccount',
    },
  ])('$what', ({ steps, resumed, late, where }) => {
    expect(overdue(run(steps, resumed), time(late - 2))).toBeNull();
    expect(overdue(run(steps, resumed), time(late))).toMatchObject({ where, kind: 'OverdueRun' });
  });

  it('never while it waits for a turn', () => {
    expect(overdue(run([step('AwaitEnrollmentTurn', 1, null)]), time(10_000))).toBeNull();
  });

  it('never while it waits again, after a state that comes later in its timeline has failed', () => {
    const refused = {
      ...step('CheckEnrollment', 30, null),
      error: { name: 'OutOfTurnError', message: '', remedy: '' },
    };
    const again = [step('AwaitEnrollmentTurn', 1, null), step('EnrollAccount', 20, 25), refused];

    expect(standing(run(again)).state).toBe('AwaitEnrollmentTurn');
    expect(overdue(run(again), time(10_000))).toBeNull();
  });

  it('but where the wait has failed, it stands in the latest state', () => {
    const failed = { ...step('AwaitEnrollmentTurn', 1, null), error: { name: 'Error', message: '', remedy: '' } };

    expect(standing(run([failed, step('CheckEnrollment', 30, null)])).state).toBe('CheckEnrollment');
  });

  it('and says where, since when, and what to do', () => {
    const delay = overdue(run([step('CheckAccount', 1, null)]), time(481));

    expect(delay?.cause).toBe(`The run stands in CheckAccount since ${at(1)}: 8.0 h, where it may take 7.0 h.`);
    expect(delay?.remedy).toMatch(/replay/u);
  });
});

describe('a lane is starved', () => {
  const lane = (...since: readonly number[]): LaneRecord => ({
    slots: since.map((minutes, slot) => ({
      slot,
      tenantUuid: `tenant-${slot}`,
      run: { replicationSequence: 1, run: 1 },
      since: at(minutes),
      lookAt: at(minutes + 10),
    })),
    rate: null,
    unlimited: false,
  });

  it('when nobody was let in for twice the lease, while somebody waits', () => {
    expect(starved(ACCOUNT_CREATION, lane(0, 5), at(1), time(25))).toBeNull();
    expect(starved(ACCOUNT_CREATION, lane(0, 5), at(1), time(26))).toMatchObject({
      where: 'account-creation',
      kind: 'StarvedLane',
      cause: expect.stringContaining('tenant-0, tenant-1') as string,
    });
  });

  it('not before anyone who waits has waited that long, however old its places are', () => {
    expect(starved(ACCOUNT_CREATION, lane(0), at(100), time(120))).toBeNull();
    expect(starved(ACCOUNT_CREATION, lane(0), at(100), time(121))).not.toBeNull();
  });

  it('although no place of it is taken', () => {
    expect(starved(ACCOUNT_CREATION, lane(), at(0), time(21))?.cause).toContain('No place is taken.');
  });
});
