import type { Enrollment } from '../../../functions/domain/records/account-records';
import type { OperationRecord } from '../../../functions/ports/account-factory';
import { checkEnrollment } from '../../../functions/steps/CheckEnrollment/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeControlTower } from '../../fakes/fake-control-tower';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { RecordingTurns } from '../../fakes/recording-turns';
import { after, enrollment as plannedEnrollment, NOW, plan, turn } from '../../fakes/vending';

const HOUR = 3600;

const known = (changes: Partial<Enrollment> = {}): Enrollment => ({
  phase: 'asked',
  kind: 'provision',
  attempt: 1,
  recordId: 'rec-1',
  requestHash: 'hash',
  productName: 'name',
  askedAt: NOW.toISOString(),
  busySince: null,
  hasPaused: false,
  failures: 0,
  ...changes,
});

let repository: FakeTenantRepository;
let record: OperationRecord;
let looks: number;
let turns: RecordingTurns;

beforeEach(() => {
  repository = FakeTenantRepository.withAccount();
  record = { state: 'IN_PROGRESS', wasBusy: false, error: null };
  looks = 0;
  turns = new RecordingTurns(repository);
});

const knows = (changes: Partial<Enrollment> = {}): void => {
  repository.tenant = { ...repository.tenant, enrollment: known(changes) };
};

const check = (at: number, enteredAt = 0) =>
  checkEnrollment({
    repository,
    turns,
    controlTower: new FakeControlTower(),
    factory: {
      describeRecord: (recordId) => {
        looks += 1;
        expect(recordId).toBe('rec-1');
        return Promise.resolve(record);
      },
    },
  })({
    tenant: repository.tenant,
    plan: plan({ enrollment: plannedEnrollment }),
    now: after(at),
    stateEnteredAt: after(enteredAt),
  });

const waiting = (waitSeconds: number) => ({
  ready: false,
  enrollAgain: false,
  reopen: false,
  unenrollAgain: false,
  waitSeconds,
});
const again = { ready: false, enrollAgain: true, reopen: false, unenrollAgain: false, waitSeconds: 0 };

describe('CheckEnrollment', () => {
  it.each([null, known({ phase: 'ended' })])('asks nobody when nothing is at work', async (enrollment) => {
    repository.tenant = { ...repository.tenant, enrollment };
    expect((await check(0)).result).toEqual({
      ready: true,
      enrollAgain: false,
      reopen: false,
      unenrollAgain: false,
      waitSeconds: 0,
    });
    expect([looks, repository.writes]).toEqual([0, 0]);
  });

  it.each([
    { at: 0, waitSeconds: 180 },
    { at: 180, waitSeconds: 1040 },
    { at: 1220, waitSeconds: 20 },
    { at: 5000, waitSeconds: 30 },
  ])(
    'looks where a failure shows, and then where the end is to be expected: after $at s, in $waitSeconds s',
    async ({ at, waitSeconds }) => {
      knows();
      expect((await check(at)).result).toEqual(waiting(waitSeconds));
    },
  );

  it.each([
    { kind: 'provision', remark: 'Control Tower is enrolling the account.' },
    { kind: 'update', remark: "Control Tower is updating the account's enrollment." },
    { kind: 'terminate', remark: 'Control Tower is taking a failed enrollment back.' },
  ] as const)('says what goes on: $remark', async ({ kind, remark }) => {
    knows({ kind });
    expect((await check(60)).remark).toBe(remark);
  });

  it('leaves it to EnrollAccount what comes after a good end', async () => {
    knows();
    record = { ...record, state: 'SUCCEEDED' };
    expect((await check(1500)).result).toEqual(again);
    expect(repository.writes).toBe(0);
  });

  it('lets the call be made again whose answer was lost', async () => {
    knows({ recordId: null });
    expect((await check(0)).result).toEqual(again);
    expect(looks).toBe(0);
  });

  it('pauses once after a failure, and then begins again', async () => {
    knows();
    record = { state: 'FAILED', wasBusy: false, error: 'AccountFactoryFailure: as a test has it' };
    expect((await check(100)).result).toEqual(waiting(30));
    expect(repository.tenant.enrollment).toMatchObject({
      phase: 'waiting',
      failures: 1,
      recordId: 'rec-1',
      busySince: null,
    });
    expect((await check(130)).result).toEqual(again);
    expect(looks).toBe(1);
  });

  it('pauses again when it was killed before it wrote that it had paused', async () => {
    knows();
    record = { ...record, state: 'FAILED' };
    repository.killedAt = 2;
    await expect(check(100)).rejects.toThrow();
    expect((await check(101)).result).toEqual(waiting(30));
    expect(repository.tenant.enrollment).toMatchObject({ failures: 1 });
  });

  it('gives up after three failures with what Control Tower says, and begins to count again for a replay', async () => {
    knows({ failures: 2 });
    record = { state: 'FAILED', wasBusy: false, error: 'AccountFactoryFailure: the OU is not registered' };
    await expectRejected(check(100), 'the OU is not registered', 'registered with Control Tower');
    expect(repository.tenant.enrollment).toMatchObject({ phase: 'waiting', failures: 0 });
    expect((await check(200)).result).toEqual(waiting(30));
    expect((await check(230)).result).toEqual(again);
  });

  it('names the account in whose way AWS Config is', async () => {
    knows({ failures: 2 });
    record = { state: 'FAILED', wasBusy: false, error: 'the account has a delivery channel of its own' };
    await expectRejected(check(100), 'a delivery channel', 'delivery channel of AWS Config in account 444444444444');
  });

  it('takes no failure for one when Control Tower had no place', async () => {
    knows({ failures: 2 });
    record = { state: 'FAILED', wasBusy: true, error: 'ResourceInUseException: as a test has it' };
    expect((await check(100)).result).toEqual(waiting(30));
    expect(repository.tenant.enrollment).toMatchObject({ failures: 2, busySince: after(100).toISOString() });
  });

  it('counts the wait for a place on over operations that were accepted and then failed for it', async () => {
    knows({ busySince: NOW.toISOString() });
    record = { state: 'FAILED', wasBusy: true, error: 'ResourceInUseException' };
    await expectRejected(check(4 * HOUR), 'no place for this account for 4 hours', 'Service Catalog consoles');
  });

  it('waits for a place again after a replay', async () => {
    knows({ phase: 'waiting', recordId: null, busySince: NOW.toISOString() });
    await expectRejected(check(4 * HOUR), 'no place', 'replay');
    expect((await check(5 * HOUR, 5 * HOUR)).result).toEqual(waiting(30));
    expect((await check(5 * HOUR + 30, 5 * HOUR)).result).toEqual(again);
  });

  it('gives an operation two hours', async () => {
    knows();
    await expectRejected(check(2 * HOUR), 'at work (provision) for 2 hours', 'Service Catalog console');
  });

  it.each([
    { askedAt: 0, enteredAt: 0, at: 2 * HOUR - 1 },
    { askedAt: 0, enteredAt: HOUR, at: 2 * HOUR },
    { askedAt: HOUR, enteredAt: 0, at: 2 * HOUR },
  ])(
    'counts them from $askedAt, and from the beginning of this run at $enteredAt',
    async ({ askedAt, enteredAt, at }) => {
      knows({ askedAt: after(askedAt).toISOString() });
      expect((await check(at, enteredAt)).result).toEqual(waiting(30));
    },
  );

  describe('of an account that leaves Control Tower and goes on being vended', () => {
    const leaving = async (changes: Partial<Enrollment>) => {
      knows({ kind: 'terminate', ...changes });
      const given = plan({ enrollment: null, unenrollment: plannedEnrollment });
      const factory = { describeRecord: () => Promise.resolve(record) };
      const ports = { repository, turns, factory, controlTower: new FakeControlTower() };
      const context = { tenant: repository.tenant, plan: given, now: NOW, stateEnteredAt: NOW };
      return (await checkEnrollment(ports)(context)).result;
    };
    const backToUnenroll = { ready: false, enrollAgain: false, unenrollAgain: true };

    it('goes back to the state that unenrolls it, and to none that enrolls', async () => {
      record = { state: 'SUCCEEDED', wasBusy: false, error: null };
      expect(await leaving({})).toMatchObject(backToUnenroll);
      expect(await leaving({ phase: 'ended' })).toMatchObject(backToUnenroll);
      expect(await leaving({ recordId: null })).toMatchObject(backToUnenroll);
    });

    it('waits while Control Tower is at work', async () => {
      record = { state: 'IN_PROGRESS', wasBusy: false, error: null };
      expect(await leaving({})).toMatchObject({ ready: false, enrollAgain: false, unenrollAgain: false });
    });
  });

  describe('of an account that is to be closed', () => {
    const closing = { managementAccountId: '222222222222', closesAccount: true, releasesAlias: true };
    const closingAt = (at = 0, controlTower = new FakeControlTower()) =>
      checkEnrollment({
        repository,
        turns,
        controlTower,
        factory: { describeRecord: () => Promise.resolve(record) },
      })({
        tenant: repository.tenant,
        plan: plan({ enrollment: plannedEnrollment, closing }),
        now: after(at),
        stateEnteredAt: NOW,
      });

    it('goes back to the state that unenrolls it after a termination, and to none that opens it', async () => {
      knows({ kind: 'terminate' });
      record = { ...record, state: 'SUCCEEDED' };
      const report = await closingAt(300);
      expect(report.result).toEqual(again);
      expect(report.remark).toContain('terminate');
      expect(repository.writes).toBe(0);
    });

    it('says that the account is going to leave, not that an enrollment is taken back', async () => {
      knows({ kind: 'terminate' });
      expect((await closingAt(60)).remark).toContain('going to leave');
    });

    it('says how often Control Tower could not unmanage it, also where that gives no reason', async () => {
      knows({ kind: 'terminate', failures: 2 });
      record = { ...record, state: 'FAILED' };
      await expectRejected(
        closingAt(100),
        'could not unmanage the account, 3 times (terminate): it gave no reason',
        'replay this run',
      );
    });

    it('is waited for while Control Tower governs it after its move, and goes on once nothing does', async () => {
      knows({ kind: 'leave', recordId: 'r-ab12' });
      const controlTower = new FakeControlTower();
      controlTower.governance = 'enrolled';
      const waits = await closingAt(60, controlTower);
      expect(waits).toMatchObject({ result: waiting(10) });
      expect(waits.remark).toContain('not let the account go yet');
      controlTower.governance = 'none';
      expect((await closingAt(90, controlTower)).result).toEqual(again);
    });
  });

  it('frees no lane where there is no Control Tower', async () => {
    const ports = { repository, turns, controlTower: new FakeControlTower() };
    const factory = { describeRecord: () => Promise.reject(new Error('not to be asked')) };
    const context = { tenant: repository.tenant, plan: plan({}), now: NOW, stateEnteredAt: NOW };
    expect(await checkEnrollment({ ...ports, factory })(context)).toMatchObject({ result: { ready: true } });
    expect(turns.told).toEqual([]);
  });

  it('asks about the unit into which the account was moved, also where the landing zone names another by now', async () => {
    knows({ kind: 'move', recordId: 'ou-ab12-before01' });
    const controlTower = new FakeControlTower();
    const ports = { repository, turns, controlTower, factory: { describeRecord: () => Promise.resolve(record) } };
    const given = { plan: plan({ enrollment: plannedEnrollment }), now: NOW, stateEnteredAt: NOW };
    await checkEnrollment(ports)({ ...given, tenant: repository.tenant });
    expect(controlTower.asked).toEqual(['444444444444 in ou-ab12-before01']);
    knows({ kind: 'move', recordId: null });
    await checkEnrollment(ports)({ ...given, tenant: repository.tenant });
    expect(controlTower.asked).toHaveLength(2);
    expect(controlTower.asked[1]).toBe('444444444444 in ou-ab12-cdefgh34');
  });

  describe('after a failed enrollment was taken back', () => {
    const reopened = { ready: false, enrollAgain: true, reopen: true, unenrollAgain: false, waitSeconds: 0 };

    it('has the roles made again first, and writes down once that it has seen the end', async () => {
      knows({ kind: 'terminate', failures: 1, busySince: NOW.toISOString() });
      record = { ...record, state: 'SUCCEEDED' };
      expect((await check(300)).result).toEqual(reopened);
      expect(repository.tenant.enrollment).toMatchObject({
        phase: 'waiting',
        kind: 'terminate',
        failures: 1,
        askedAt: after(300).toISOString(),
        busySince: null,
        hasPaused: true,
      });
      expect((await check(301)).result).toEqual(reopened);
      expect(repository.writes).toBe(1);
    });

    it('needs no roles while it is not even begun for want of a place', async () => {
      knows({ kind: 'terminate', phase: 'waiting', recordId: null, busySince: NOW.toISOString(), hasPaused: true });
      expect((await check(60)).result).toEqual(again);
      expect(repository.writes).toBe(0);
    });
  });

  it('begins again after a pause, however long that was ago, where it has not waited for a place', async () => {
    knows({ phase: 'waiting', hasPaused: true });
    expect((await check(5 * HOUR)).result).toEqual(again);
  });

  it.each([
    { wasBusy: true, says: 'no place' },
    { wasBusy: false, says: 'failed' },
  ])('says why it pauses: $says', async ({ wasBusy, says }) => {
    knows();
    record = { ...record, state: 'FAILED', wasBusy };
    expect((await check(100)).remark).toContain(says);
  });

  it('says after how many failures it gives up, and what to mend', async () => {
    knows({ failures: 2 });
    record = { state: 'FAILED', wasBusy: false, error: 'the OU is not registered' };
    await expectRejected(check(100), 'could not enroll the account, 3 times (provision)', 'replay this run');
  });

  it('frees of an account that is to be closed what it has in other lanes of Control Tower, and only that', async () => {
    const closing = { managementAccountId: '222222222222', closesAccount: true, releasesAlias: true };
    const given = plan({ enrollment: plannedEnrollment, closing });
    const ends = async (lanes: readonly string[]): Promise<readonly string[]> => {
      repository.tenant = { ...repository.tenant, turns: Object.fromEntries(lanes.map((lane) => [lane, turn()])) };
      turns = new RecordingTurns(repository);
      const factory = { describeRecord: () => Promise.resolve(record) };
      const ports = { repository, turns, factory, controlTower: new FakeControlTower() };
      await checkEnrollment(ports)({ tenant: repository.tenant, plan: given, now: NOW, stateEnteredAt: NOW });
      return turns.told;
    };
    const left = `auto-enroll:${given.targetOrgUnitId}`;
    expect(await ends([left])).toEqual(['free account-factory', `free ${left}`]);
    expect(await ends([])).toEqual(['free account-factory']);
  });
});
