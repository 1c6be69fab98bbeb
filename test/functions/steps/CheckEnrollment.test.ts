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

  it('frees of an account that is to go what it has in other lanes of Control Tower, and only that', async () => {
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
