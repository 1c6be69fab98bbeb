import type { Enrollment } from '../../../functions/domain/records/account-records';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import { awaitEnrollmentTurn } from '../../../functions/steps/AwaitEnrollmentTurn/step';
import { FakeControlTower } from '../../fakes/fake-control-tower';
import { RecordingQueue, RecordingTurns } from '../../fakes/recording-turns';
import { account, enrollment as plannedEnrollment, NOW, tenant, turn, vending } from '../../fakes/vending';

const known = (changes: Partial<Enrollment> = {}): Enrollment => ({
  phase: 'asked',
  kind: 'provision',
  attempt: 1,
  recordId: 'rec-1',
  requestHash: null,
  productName: null,
  askedAt: NOW.toISOString(),
  busySince: null,
  hasPaused: false,
  failures: 0,
  ...changes,
});

const closing = { managementAccountId: '222222222222', closesAccount: true, releasesAlias: true };

describe('AwaitEnrollmentTurn', () => {
  let queue: RecordingQueue;
  let turns: RecordingTurns;
  let state: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';

  beforeEach(() => {
    queue = new RecordingQueue();
    state = 'IN_PROGRESS';
  });

  const enter = (
    changes: Partial<TenantRecord> = {},
    enrollment: typeof plannedEnrollment | null = plannedEnrollment,
    isClosing = false,
  ) => {
    const factory = { describeRecord: () => Promise.resolve({ state, wasBusy: false, error: null }) };
    const entered = vending({ tenant: changes, plan: { enrollment, ...(isClosing ? { closing } : {}) } });
    turns = new RecordingTurns({ tenant: entered.tenant });
    return awaitEnrollmentTurn({ queue, turns, factory, controlTower: new FakeControlTower() })(entered);
  };

  it.each([null, known(), known({ phase: 'waiting' })])(
    'stands in the lane of the Account Factory',
    async (enrollment) => {
      await enter({ enrollment });
      expect(queue.asked).toEqual(['account-factory']);
    },
  );

  it('goes on without a turn where the enrollment has ended', async () => {
    const report = await enter({ enrollment: known({ phase: 'ended' }) });
    expect(report).toMatchObject({ result: { ready: true } });
    expect(report.remark).toContain('enrolled');
    expect(queue.asked).toEqual(['pass']);
  });

  it('stands in the lane where EnrollAccount has found something to be changed after all', async () => {
    await enter({ enrollment: known({ phase: 'ended' }), turnsNeeded: ['account-factory'] });
    expect(queue.asked).toEqual(['account-factory']);
  });

  it('stands among those that leave where its landing zone enrolls no more, and frees what others need', async () => {
    const entered = vending({
      tenant: { turns: { reconciliation: turn() } },
      plan: { enrollment: null, unenrollment: plannedEnrollment },
    });
    turns = new RecordingTurns({ tenant: entered.tenant });
    const factory = { describeRecord: () => Promise.resolve({ state, wasBusy: false, error: null }) };
    await awaitEnrollmentTurn({ queue, turns, factory, controlTower: new FakeControlTower() })(entered);
    expect(queue.asked).toEqual(['unenrollment']);
    expect(turns.told).toEqual(['free reconciliation']);
  });

  it('goes on where nothing is to be enrolled', async () => {
    await enter({}, null);
    expect(queue.asked).toEqual(['pass']);
  });

  it.each([
    { holder: { enrollment: null }, over: true },
    { holder: { enrollment: known({ phase: 'ended' }) }, over: true },
    { holder: { enrollment: known({ recordId: null }) }, over: false },
    { holder: { enrollment: known({ recordId: null }), activeRun: null }, over: true },
    { holder: { enrollment: known() }, over: false },
  ])('knows whether the operation of a holder is over: $over', async ({ holder, over }) => {
    await enter();
    expect(await queue.isOver?.(tenant(holder))).toBe(over);
  });

  it.each(['SUCCEEDED', 'FAILED'] as const)('knows that a record that has %s is over', async (ended) => {
    state = ended;
    await enter();
    expect(await queue.isOver?.(tenant({ enrollment: known() }))).toBe(true);
  });

  it.each([
    { what: 'of one that leaves', holder: { enrollment: known({ kind: 'leave' }) }, over: true },
    { what: 'of a move of no account', holder: { enrollment: known({ kind: 'move' }), account: null }, over: true },
    { what: 'of a move at work', standing: 'changing', holder: { enrollment: known({ kind: 'move' }) }, over: false },
    {
      what: 'of a move that is done',
      standing: 'enrolled',
      holder: { enrollment: known({ kind: 'move' }) },
      over: true,
    },
    { what: 'of a move in vain', standing: 'failed', holder: { enrollment: known({ kind: 'move' }) }, over: true },
    { what: 'of a move not seen', standing: 'absent', holder: { enrollment: known({ kind: 'move' }) }, over: false },
    {
      what: 'of a move not seen, whose run has ended',
      standing: 'absent',
      over: true,
      holder: { enrollment: known({ kind: 'move' }), activeRun: null },
    },
  ] as const)('knows whether the operation $what is over: $over', async ({ holder, over, ...given }) => {
    const standing = 'standing' in given ? given.standing : 'changing';
    const enrollmentOf = jest.fn(() => Promise.resolve(standing));
    const factory = { describeRecord: () => Promise.resolve({ state, wasBusy: false, error: null }) };
    const entered = vending({ plan: { enrollment: plannedEnrollment } });
    turns = new RecordingTurns({ tenant: entered.tenant });
    await awaitEnrollmentTurn({ queue, turns, factory, controlTower: { enrollmentOf } })(entered);
    expect(await queue.isOver?.(tenant({ account, ...holder }))).toBe(over);
    expect(enrollmentOf.mock.calls).toEqual(
      'standing' in given
        ? [[account.arn, `arn:aws:organizations::222222222222:ou/o-exampleorg1/${known().recordId ?? ''}`]]
        : [],
    );
  });

  it('gives back no place among known accounts that it does not have, or that is not in the way', async () => {
    await enter({ turns: { reconciliation: turn() } });
    expect(turns.told).toEqual([]);
    await enter({}, plannedEnrollment, true);
    expect(turns.told).toEqual([]);
  });

  it('leaves Control Tower without the Account Factory where there is none', async () => {
    await enter({ turns: { unenrollment: turn() }, turnsNeeded: ['account-factory'] }, null, true);
    expect(queue.asked).toEqual(['pass']);
  });

  it('lets those that leave in one after the other, and gives back their places among known accounts', async () => {
    await enter({ turns: { reconciliation: turn() }, turnsNeeded: ['account-factory'] }, plannedEnrollment, true);
    expect(queue.asked).toEqual(['unenrollment']);
    expect(turns.told).toEqual(['free reconciliation']);
  });

  it('then stands in the lane of the Account Factory, where that is to be asked', async () => {
    const unenrollment = { turns: { unenrollment: turn() } };
    await enter({ ...unenrollment, turnsNeeded: ['account-factory'] }, plannedEnrollment, true);
    await enter(unenrollment, plannedEnrollment, true);
    expect(queue.asked).toEqual(['account-factory', 'pass']);
  });
});
