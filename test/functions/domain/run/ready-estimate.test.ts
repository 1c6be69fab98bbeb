import type { Lane } from '../../../../functions/domain/queue/lanes';
import type { LaneRecord } from '../../../../functions/domain/queue/lane-records';
import type { RunRecord, StepRecord } from '../../../../functions/domain/records/ledger-records';
import { estimateReady, type Line } from '../../../../functions/domain/run/ready-estimate';
import { kindOf, type RunSample, sampleOf, withSample } from '../../../../functions/domain/run/run-history';
import { enrollment, plan } from '../../../fakes/vending';

const at = (seconds: number): string => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
const time = (seconds: number): Date => new Date(at(seconds));

const step = (state: string, started: number, finished: number | null): StepRecord => ({
  state,
  startedAt: at(started),
  finishedAt: finished === null ? null : at(finished),
  attempts: 1,
  remark: null,
  error: null,
  changes: [],
});

const run = (steps: readonly StepRecord[] = [], changes: Partial<RunRecord> = {}): RunRecord => ({
  replicationSequence: 17,
  run: 1,
  workflow: 'vend-account',
  status: 'RUNNING',
  executionArn: 'arn',
  startedAt: at(0),
  resumedAt: at(0),
  finishedAt: null,
  error: null,
  supersededBy: null,
  reconciledIn: null,
  steps: [...steps],
  ...changes,
});

const took = (workSeconds: number, hold = 60): RunSample => ({
  run: `run-${workSeconds}`,
  workSeconds,
  holdSeconds: { 'account-creation': hold },
});

const LANE: Lane = { name: 'account-creation', capacity: 2, rate: null, ofRuns: false, leaseSeconds: 600 };

const line = (ahead: number, since: readonly number[], changes: Partial<Line> = {}): Line => {
  const slots = since.map((seconds, slot) => ({
    slot,
    tenantUuid: `t${slot}`,
    run: { replicationSequence: 1, run: 1 },
    since: at(seconds),
    lookAt: at(0),
  }));
  const record: LaneRecord = { slots, rate: null, unlimited: false };
  return { lane: LANE, kind: LANE.name, record, ahead, maybeAhead: 0, ...changes };
};

describe('the estimate of a run that waits nowhere', () => {
  const samples = [took(100), took(120), took(200)];

  it('is what half of the runs have taken, from before the fastest to after the slowest', () => {
    expect(estimateReady(run(), samples, [], time(0))).toEqual({
      readyAt: at(120),
      earliest: at(100 - 100 / 4),
      latest: at(200 + 200 / 4),
      basedOnRuns: 3,
    });
  });

  it('forgets the runs that had ended by now, and rounds to seconds', () => {
    expect(estimateReady(run(), samples, [], time(110))).toMatchObject({
      earliest: at(117),
      readyAt: at(200),
      latest: at(267),
    });
  });

  it('counts no time that the run has stood in lanes', () => {
    const waited = run([step('AwaitCreationTurn', 10, 60)]);

    expect(estimateReady(waited, samples, [], time(110))).toMatchObject({
      earliest: at(110 + 40 - 40 / 4),
      readyAt: at(170),
    });
  });

  it.each([
    ['fewer than three runs are known', samples.slice(0, 2), 0],
    ['the run takes longer than any other', samples, 201],
  ])('is none when %s', (_, known, now) => {
    expect(estimateReady(run(), known, [], time(now))).toBeNull();
  });
});

describe('the estimate of a run that waits in a lane', () => {
  const samples = [took(100), took(100), took(100)];
  const waiting = run([step('AwaitCreationTurn', 0, null)]);
  const readyAt = (...lines: readonly Line[]): string | undefined =>
    estimateReady(waiting, samples, lines, time(30))?.readyAt;

  it('comes in when the next of two places is free: the one taken at 0 is at 60', () => {
    expect(readyAt(line(0, [0, 20]))).toBe(at(60 + 100));
  });

  it('lets those before it go first, one after the other', () => {
    // Free at 60 and 80; the first in line goes in at 60, the second at 80, the third at 120.
    expect(readyAt(line(2, [0, 20]))).toBe(at(120 + 100));
  });

  it('knows the rate at which a lane lets in', () => {
    const rate = { millisecondsApart: 50_000, burst: 1 };
    expect(readyAt(line(4, [], { lane: { ...LANE, rate } }))).toBe(at(30 + 150 + 100));
  });

  it('waits for nobody in a lane without limit', () => {
    expect(readyAt(line(9, [0, 20], { record: { slots: [], rate: null, unlimited: true } }))).toBe(at(130));
  });

  it('is earlier when those who may come before it do not need the lane', () => {
    expect(estimateReady(waiting, samples, [line(0, [0, 20], { maybeAhead: 2 })], time(30))).toMatchObject({
      earliest: at(60 + 75),
      readyAt: at(220),
      latest: at(120 + 125),
    });
  });

  it('counts on the second line getting shorter while the run stands in the first', () => {
    expect(readyAt(line(0, [0, 20]), line(0, [0, 0]))).toBe(at(60 + 100));
  });

  it('is none where nobody knows how long a place of the lane is held', () => {
    expect(readyAt(line(0, [0, 20], { kind: 'account-factory' }))).toBeUndefined();
  });
});

describe('what is remembered of a run', () => {
  const steps = [
    step('AwaitCreationTurn', 5, 35),
    step('CreateAccount', 36, 40),
    step('CheckAccount', 41, 96),
    step('MoveAccount', 97, 99),
  ];

  it('is its work without waiting, and how long it has held its turns', () => {
    expect(sampleOf('name', run(steps), time(130))).toEqual({
      run: 'name',
      workSeconds: 100,
      holdSeconds: { 'account-creation': 60, reconciliation: 100 },
    });
  });

  it.each([
    ['was replayed', { resumedAt: at(9) }],
    ['only brought back what had drifted at night', { reconciledIn: '2026-01-01' }],
  ])('is nothing when it %s', (_, changes) => {
    expect(sampleOf('name', run(steps, changes), time(130))).toBeNull();
  });

  it('counts no run twice, and keeps the last twenty', () => {
    const many = Array.from({ length: 25 }, (_, number) => took(number)).reduce<readonly RunSample[]>(withSample, []);

    expect(many.map(({ workSeconds }) => workSeconds)).toEqual(Array.from({ length: 20 }, (_, number) => number + 5));
    expect(withSample(many, took(24))).toBe(many);
  });

  it('is kept apart for each way through the workflow', () => {
    const stackSets = [{ name: 's', homeRegion: 'r', regions: ['r'], parameters: {} }];

    expect(
      [plan(), plan({ existingAccountId: '111111111111' }), plan({ enrollment, stackSets })].map((one) =>
        kindOf({ ...one, stackSets: one.stackSets }),
      ),
    ).toEqual([kindOf(plan()), kindOf(plan()).replace('new', 'known'), 'new-enrolled-stack-sets']);
  });
});
