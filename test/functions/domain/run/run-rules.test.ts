import { askedForBy, changedAt, changesOfRun } from '../../../../functions/domain/run/changes-of-run';
import { MAX_LOOKS, overdue, starved } from '../../../../functions/domain/run/delay';
import {
  delayed,
  meshStackMeasurements,
  outdatedEvents,
  troubledRollout,
} from '../../../../functions/domain/run/measurement';
import { PreviewRequestSchema } from '../../../../functions/domain/run/preview';
import {
  kindOf,
  RunHistorySchema,
  sampleOf,
  waitedSeconds,
  withSample,
} from '../../../../functions/domain/run/run-history';
import {
  accountOf,
  isClosing,
  partitionOfAccount,
  saidWhereTrue,
  waitedFor,
} from '../../../../functions/domain/run/step-context';
import { toldEvents, withEarlierFailure, withoutLastFailure } from '../../../../functions/domain/run/told-events';
import { ACCOUNT_CLOSING, ACCOUNT_CREATION } from '../../../../functions/domain/queue/lanes';
import type { RunRecord } from '../../../../functions/domain/records/ledger-records';
import { account, after, enrollment, plan, vending } from '../../../fakes/vending';
import { says } from '../says';

const HOUR = 3600;
const DAY = 24 * HOUR;
const at = (seconds: number): string => after(seconds).toISOString();

const step = (state: string, from: number, to: number | null, changes: RunRecord['steps'][number]['changes'] = []) => ({
  state,
  startedAt: at(from),
  finishedAt: to === null ? null : at(to),
  attempts: 1,
  remark: null,
  error: null,
  changes,
});
const run = (changes: Partial<RunRecord> = {}): RunRecord => ({
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

describe('who has asked for a run', () => {
  const approval = {
    askedAt: at(0),
    expiresAt: at(1),
    token: 'secret',
    decision: 'approve' as const,
    decidedBy: 'ada',
    decidedAt: at(1),
    reason: 'r',
  };

  it('is told as far as it is known, without the token of an approval', () => {
    expect(askedForBy({})).toStrictEqual({ requestedBy: null, replayedBy: null });
    const { token: _, ...told } = approval;
    expect(askedForBy({ requestedBy: 'jane', replayedBy: 'joe', approval })).toStrictEqual({
      requestedBy: 'jane',
      replayedBy: 'joe',
      approval: told,
    });
  });
});

describe('what a run has changed', () => {
  const change = { what: 'tag a', from: null, to: 'x' };
  const told = { state: 'TagAccount', ...change };
  const bytes = JSON.stringify(told).length;
  const steps = [
    step('TagAccount', 0, 1, [change, change]),
    { ...step('MoveAccount', 1, 2, [change]), changesLeftOut: 4 },
  ];

  it('is told state by state, as far as there is room', () => {
    expect(changesOfRun({ steps })).toEqual({
      changes: [told, told, { ...told, state: 'MoveAccount' }],
      changesLeftOut: 4,
    });
    expect(changesOfRun({ steps }, 2 * bytes)).toEqual({ changes: [told, told], changesLeftOut: 5 });
    expect(changesOfRun({ steps: [] })).toEqual({ changes: [], changesLeftOut: 0 });
  });

  it('has 128 KB of room', () => {
    const large = { ...change, to: 'x'.repeat(1024 - bytes + 1) };
    expect(
      changesOfRun({
        steps: [
          step(
            'TagAccount',
            0,
            1,
            Array.from({ length: 129 }, () => large),
          ),
        ],
      }),
    ).toMatchObject({
      changesLeftOut: 1,
    });
  });

  it('was changed by the last state that has said so, in all three words', () => {
    const others = [
      { ...change, what: 'tag b' },
      { ...change, from: 'y' },
      { ...change, to: 'z' },
    ];
    expect(changedAt({ steps: [step('A', 0, 1, others)] }, change)).toBeNull();
    expect(changedAt({ steps: [step('A', 0, 9, [change]), step('B', 1, 5, [...others, change])] }, change)).toEqual(
      after(9),
    );
  });
});

describe('a run that is late', () => {
  it.each([
    ['TagAccount', 7 * HOUR],
    ['CheckClosure', DAY + HOUR],
    ['CloseAccount', 94 * DAY],
  ])('stands in %s for longer than it may take', (state, budget) => {
    const standing = run({ steps: [step('PlanVending', 0, 0), step(state, 0, null)] });
    expect(overdue(standing, after(budget))).toBeNull();
    expect(overdue(standing, after(budget + 1))).toEqual({
      where: state,
      kind: 'OverdueRun',
      cause: says(
        `The run stands in ${state} since ${at(0)}: ${(budget / HOUR).toFixed(1)} h, where it may take ${(budget / HOUR).toFixed(1)} h.`,
      ),
      remedy: says(`at what ${state} waits for. Stop the execution when it will not end, and replay this run.`),
    });
  });

  it.each(['AwaitApproval', 'AwaitCreationTurn'])('does not stand in %s, where it waits for others', (state) => {
    expect(overdue(run({ steps: [step(state, 0, null)] }), after(99 * DAY))).toBeNull();
  });

  it.each<[string, Partial<RunRecord>, string]>([
    ['its start', {}, at(0)],
    ['the end of its last step', { steps: [step('A', 0, 60), step('B', 0, 50)] }, at(60)],
    ['its redrive', { steps: [step('A', 0, 60)], resumedAt: at(90) }, at(90)],
  ])('stands between its states since %s', (_, changes, since) => {
    const late = overdue(run(changes), after(8 * HOUR));
    expect(late).toMatchObject({ where: 'start', cause: says(`stands before or between its states since ${since}`) });
    expect(late?.remedy).toContain('at what its state waits for');
  });

  it('is looked at for longer than an execution lasts', () => {
    expect(MAX_LOOKS / 4 / 24).toBe(366);
  });
});

describe('a lane in which nobody is let in', () => {
  const slot = (tenantUuid: string, since: number) => ({
    slot: 0,
    tenantUuid,
    run: { replicationSequence: 1, run: 1 },
    since: at(since),
    lookAt: at(since),
  });
  const lane = { ...ACCOUNT_CREATION, leaseSeconds: 600 };
  const record = (...slots: readonly ReturnType<typeof slot>[]) => ({
    slots: [...slots],
    rate: null,
    unlimited: false,
  });

  it('is told after two leases, counted from the last who came in', () => {
    expect(starved(lane, record(), at(0), after(1200))).toBeNull();
    expect(starved(lane, record(), at(0), after(1201))).toEqual({
      where: 'account-creation',
      kind: 'StarvedLane',
      cause: `The run waits in the lane account-creation since ${at(0)}, and nobody was let in for 0.3 h. No place is taken.`,
      remedy: says('Look at what those tenants wait for'),
    });
    const taken = record(slot('a', 60), slot('b', 30));
    expect(starved(lane, taken, at(0), after(1260))).toBeNull();
    expect(starved(lane, taken, at(0), after(1261))?.cause).toContain('Its places are taken by a, b.');
    expect(starved(lane, record(slot('a', -60)), at(0), after(1200))).toBeNull();
  });

  it('is not told of closings, which wait for a month', () => {
    expect(starved(ACCOUNT_CLOSING, record(), at(0), after(99 * DAY))).toBeNull();
  });
});

describe('figures', () => {
  const figure = (name: string, value: number) => ({ name, unit: 'Count', value, dimensions: {} });

  it('count one of what was found', () => {
    expect(delayed('OverdueRuns')).toEqual(figure('OverdueRuns', 1));
    expect(delayed('StarvedLanes')).toEqual(figure('StarvedLanes', 1));
    expect(outdatedEvents()).toEqual(figure('OutdatedEvents', 1));
    expect(troubledRollout('StuckRollouts')).toEqual(figure('StuckRollouts', 1));
  });

  it.each([
    [false, 0, 0, 0],
    [false, 3, 0, 3],
    [true, 3, 1, 4],
    [true, null, 1, 1],
    [false, null, 0, 0],
  ])(
    'tell of meshStack, refused: %s, with %s tenants that cannot be read',
    (isRefused, unreadable, refused, problems) => {
      expect(meshStackMeasurements(isRefused, unreadable)).toStrictEqual([
        figure('MeshStackRefused', refused),
        ...(unreadable === null ? [] : [figure('MeshStackUnreadableTenants', unreadable)]),
        figure('MeshStackProblems', problems),
      ]);
    },
  );
});

describe('the history of runs', () => {
  const set = { name: 's', homeRegion: 'r', regions: [], parameters: {} };

  it.each([
    [{}, 'new'],
    [{ existingAccountId: 'a' }, 'known'],
    [{ enrollment }, 'new-enrolled'],
    [{ stackSets: [set] }, 'new-stack-sets'],
    [{ existingAccountId: 'a', enrollment, stackSets: [set] }, 'known-enrolled-stack-sets'],
  ])('knows the kind of a plan with %j: %s', (changes, kind) => {
    expect(kindOf(plan(changes))).toBe(kind);
  });

  it('has each run once, and the last twenty', () => {
    const sample = (name: string) => ({ run: name, workSeconds: 1, holdSeconds: {} });
    const twenty = Array.from({ length: 20 }, (_, index) => sample(`${index}`));
    expect(withSample(twenty, sample('5'))).toBe(twenty);
    expect(withSample(twenty, sample('20'))).toEqual([...twenty.slice(1), sample('20')]);
    expect(withSample([], sample('0'))).toEqual([sample('0')]);
    expect(RunHistorySchema.parse({ samples: twenty, more: 1 })).toEqual({ samples: twenty });
    const { workSeconds: _, ...half } = sample('0');
    expect(RunHistorySchema.safeParse({ samples: [half] }).success).toBe(false);
    expect(RunHistorySchema.safeParse({}).success).toBe(false);
  });

  const steps = [
    step('AwaitCreationTurn', 0, 100),
    step('CreateAccount', 100, 110),
    step('CheckAccount', 110, 200),
    step('AwaitEnrollmentTurn', 200, 220),
    step('EnrollAccount', 220, 230),
    step('CheckEnrollment', 230, 530),
    step('DeployStackInstances', 530, 540),
    step('CheckStackInstances', 540, 600),
  ];

  it('knows how long a run has worked, and held its turn in each lane', () => {
    expect(sampleOf('r', run({ steps }), after(620))).toEqual({
      run: 'r',
      workSeconds: 500,
      holdSeconds: { 'account-creation': 100, 'account-factory': 310, 'stack-sets': 70, reconciliation: 500 },
    });
    expect(
      sampleOf('r', run({ steps: [step('CreateAccount', 0, 10), step('CheckAccount', 10, null)] }), after(20)),
    ).toEqual({
      run: 'r',
      workSeconds: 20,
      holdSeconds: { reconciliation: 20 },
    });
    expect(sampleOf('r', run({ steps: [step('CheckAccount', 10, 15)] }), after(20))?.holdSeconds).toEqual({
      reconciliation: 20,
    });
  });

  it('knows how long a run has stood in lanes, up to now', () => {
    expect(waitedSeconds(run({ steps }), after(620))).toBe(120);
    expect(waitedSeconds(run({ steps: [step('AwaitCreationTurn', 0, null)] }), after(7))).toBe(7);
    expect(waitedSeconds(run({ steps: [step('AwaitApproval', 0, 50)] }), after(60))).toBe(0);
  });

  it('learns nothing of a run that was replayed, or began at night', () => {
    expect(sampleOf('r', run({ resumedAt: at(1) }), after(9))).toBeNull();
    expect(sampleOf('r', run({ reconciledIn: 'n' }), after(9))).toBeNull();
  });
});

describe('what a step works with', () => {
  it('has an account, or ends the run', () => {
    expect(accountOf(vending({ tenant: { account } }))).toBe(account);
    expect(() => accountOf(vending())).toThrow(
      'The ledger knows no account of this tenant yet. Replay this run: a new one looks for the account before it comes to this state.',
    );
  });

  it.each([
    ['arn:aws:organizations::1:account/o/4', 'aws'],
    ['arn:aws-us-gov:organizations::1:account/o/4', 'aws-us-gov'],
    ['none', 'aws'],
  ])('is in the partition of %s: %s', (arn, partition) => {
    expect(partitionOfAccount(vending({ tenant: { account: { ...account, arn } } }))).toBe(partition);
  });

  it('waits from what was asked for, or from the replay that came later', () => {
    expect(waitedFor(vending({ at: 100 }), at(40))).toBe(60);
    expect(waitedFor(vending({ at: 100 }), at(-40))).toBe(100);
  });

  it('says what is true, and nothing of the rest', () => {
    expect(saidWhereTrue({ one: true, other: false })).toStrictEqual({ one: true });
    expect(isClosing({ workflow: 'close-account' })).toBe(true);
    expect(isClosing({ workflow: 'vend-account' })).toBe(false);
    expect(PreviewRequestSchema.parse({ plan: plan(), more: 1 })).toEqual({ plan: plan() });
    expect(PreviewRequestSchema.safeParse({}).success).toBe(false);
  });
});

describe('what was told of a run', () => {
  const error = { name: 'RejectedError', message: 'No.', remedy: null };

  it('stays where it failed and goes on', () => {
    const failed = run({ status: 'FAILED', finishedAt: at(5), error, steps: [{ ...step('TagAccount', 0, 5), error }] });
    expect(withEarlierFailure(failed).earlierFailures).toEqual([{ at: at(5), where: 'TagAccount', error }]);
    expect(withoutLastFailure(withEarlierFailure(failed))).toEqual({ earlierFailures: [] });
    expect(withoutLastFailure({})).toStrictEqual({ earlierFailures: [] });
    for (const changes of [{ status: 'RUNNING' as const }, { finishedAt: null }, { error: null }]) {
      const other = { ...failed, ...changes };
      expect(withEarlierFailure(other)).toBe(other);
    }
  });

  it('is in the order in which it was told, by the start where nobody knows', () => {
    const told = toldEvents(
      run({
        status: 'VENDED',
        finishedAt: at(50),
        toldDelays: ['A', 'B'],
        toldDelaysAt: { A: at(20) },
        startedAt: at(0),
      }),
    );
    expect(told.map(({ type, where }) => [type, where])).toEqual([
      ['Account Vended', null],
      ['Account Vending Delayed', 'A'],
      ['Account Vending Delayed', 'B'],
    ]);
    expect(toldEvents(run())).toStrictEqual([]);
  });
});
