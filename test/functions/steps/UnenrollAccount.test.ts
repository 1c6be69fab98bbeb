import { unenrollAccount } from '../../../functions/steps/UnenrollAccount/step';
import { FakeAccountFactory } from '../../fakes/fake-account-factory';
import { FakeControlTower } from '../../fakes/fake-control-tower';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { FakeOrganizationTree, unitArn } from '../../fakes/fake-organization-tree';
import { expectRejected } from '../../fakes/expect-rejected';
import { giveTurn, RecordingTurns } from '../../fakes/recording-turns';
import { account, enrollment, NOW, vending } from '../../fakes/vending';

const LANE = 'account-factory';
const UNENROLLMENT = 'unenrollment';
const DEV = 'ou-ab12-cdefgh34';
const SUSPENDED = 'ou-ab12-suspend1';
const ROOT = 'r-ab12';

describe('UnenrollAccount', () => {
  let repository: FakeTenantRepository;
  let factory: FakeAccountFactory;
  let turns: RecordingTurns;

  let tree: FakeOrganizationTree;
  let controlTower: FakeControlTower;

  beforeEach(() => {
    repository = FakeTenantRepository.withAccount();
    turns = new RecordingTurns(repository);
    tree = new FakeOrganizationTree({ [account.id]: DEV, [DEV]: ROOT, [SUSPENDED]: ROOT });
    controlTower = new FakeControlTower();
    factory = new FakeAccountFactory(tree, controlTower);
  });

  const giveTurns = (): void => {
    giveTurn(repository, LANE);
    giveTurn(repository, UNENROLLMENT);
  };

  const product = (status: 'AVAILABLE' | 'UNDER_CHANGE' | 'TAINTED') =>
    factory.products.push({
      ...{ id: 'pp-1', name: 'retail-1', status, lastRecordId: 'rec-0', hasSucceeded: status !== 'TAINTED' },
      accountId: account.id,
    });

  const run = (planned: typeof enrollment | null = enrollment) =>
    unenrollAccount({ repository, factory, turns, tree, controlTower })({
      ...vending({ plan: { enrollment: planned } }),
      tenant: repository.tenant,
    });

  it('writes nothing where Control Tower does not manage the account', async () => {
    expect(await run()).toMatchObject({ result: { ready: true, turnNeeded: false } });
    expect(repository.writes).toBe(0);
    expect(turns.told).toEqual([]);
  });

  it('asks nobody where there is no Control Tower', async () => {
    product('AVAILABLE');
    expect(await run(null)).toMatchObject({ result: { ready: true } });
  });

  it.each([[], [LANE], [UNENROLLMENT]])('asks nothing without both turns: %j', async (...lanes) => {
    product('AVAILABLE');
    for (const lane of lanes) giveTurn(repository, lane);
    expect(await run()).toMatchObject({ result: { ready: false, turnNeeded: true } });
    expect(factory.operations).toEqual([]);
  });

  it.each(['AVAILABLE', 'TAINTED'] as const)(
    'terminates a product that is %s, and is ready once it is gone',
    async (status) => {
      product(status);
      giveTurns();
      expect(await run()).toMatchObject({
        result: { ready: false, turnNeeded: false },
        changes: [{ what: 'enrollment', from: 'retail-1', to: null }],
      });
      expect(factory.asked).toEqual(['terminate 1']);
      expect(repository.tenant.enrollment).toMatchObject({ phase: 'asked', kind: 'terminate', recordId: 'rec-1' });
      await factory.end('SUCCEEDED');
      expect(await run()).toMatchObject({ result: { ready: true } });
      // The next operation has another token, should the deletion be taken back.
      expect(repository.tenant.enrollment).toMatchObject({ phase: 'ended', attempt: 1 });
    },
  );

  it('makes the same call again when its answer was lost', async () => {
    product('AVAILABLE');
    giveTurns();
    factory.losesAnswer = true;
    await expect(run()).rejects.toThrow('reset');
    factory.losesAnswer = false;
    await run();
    expect(factory.asked).toEqual(['terminate 1']);
    expect(repository.tenant.enrollment).toMatchObject({ phase: 'asked', recordId: 'rec-1' });
  });

  it('frees the slot of what has ended after the one who asked was killed', async () => {
    product('AVAILABLE');
    giveTurns();
    factory.losesAnswer = true;
    await expect(run()).rejects.toThrow('reset');
    await factory.end('SUCCEEDED');
    expect(await run()).toMatchObject({ result: { ready: true } });
    expect(turns.told).toEqual([`free ${UNENROLLMENT}`, `free ${LANE}`]);
    await run();
    expect(turns.told).toHaveLength(2);
  });

  it('waits for what an earlier run, or somebody else, has begun', async () => {
    product('UNDER_CHANGE');
    expect(await run()).toMatchObject({ result: { ready: false, turnNeeded: false } });
    expect(factory.operations).toEqual([]);
    expect(repository.tenant.enrollment).toMatchObject({ phase: 'asked', recordId: 'rec-0' });
  });

  it('waits where Control Tower has no place', async () => {
    product('AVAILABLE');
    giveTurns();
    factory.isBusy = true;
    expect(await run()).toMatchObject({ result: { ready: false, turnNeeded: false } });
    expect(repository.tenant.enrollment).toMatchObject({ phase: 'waiting', busySince: NOW.toISOString() });
  });

  describe('where Control Tower follows moves', () => {
    const byMove = { ...enrollment, strategy: 'auto-enroll' } as const;

    beforeEach(() => {
      controlTower.governance = 'enrolled';
    });

    it('moves nothing without a turn', async () => {
      expect(await run(byMove)).toMatchObject({ result: { ready: false, turnNeeded: true } });
      expect(tree.moves).toEqual([]);
    });

    it.each([
      { to: ROOT, planned: byMove },
      { to: SUSPENDED, planned: { ...byMove, suspendedOrgUnitId: SUSPENDED } },
    ])('moves the account out, to $to, and is ready once it is let go', async ({ to, planned }) => {
      controlTower.registrations.set(unitArn(SUSPENDED), 'absent');
      giveTurn(repository, UNENROLLMENT);
      expect(await run(planned)).toMatchObject({
        result: { ready: false, turnNeeded: false },
        changes: [{ what: 'organizational unit', from: DEV, to }],
      });
      expect(repository.tenant.enrollment).toMatchObject({ phase: 'asked', kind: 'leave', recordId: to });
      const { writes } = repository;
      expect(await run(planned)).toMatchObject({ result: { ready: false, turnNeeded: false } });
      expect(repository.writes).toBe(writes);
      controlTower.governance = 'none';
      expect(await run(planned)).toMatchObject({ result: { ready: true } });
      expect(tree.moves).toHaveLength(1);
      expect(turns.told).toEqual([`free ${UNENROLLMENT}`]);
      expect(repository.tenant.enrollment?.phase).toBe('ended');
    });

    it('moves it after it was killed between writing that down and the move', async () => {
      giveTurn(repository, UNENROLLMENT);
      const move = jest.spyOn(tree, 'moveAccount').mockRejectedValueOnce(new Error('killed'));
      await expect(run(byMove)).rejects.toThrow('killed');
      await run(byMove);
      expect(move).toHaveBeenCalledTimes(2);
      expect(tree.moves).toHaveLength(1);
    });

    it('waits for an enrollment that is at work before it moves anything', async () => {
      controlTower.governance = 'changing';
      giveTurn(repository, UNENROLLMENT);
      expect(await run(byMove)).toMatchObject({ result: { ready: false, turnNeeded: false } });
      expect(tree.moves).toEqual([]);
      expect(repository.tenant.enrollment).toMatchObject({ kind: 'leave', recordId: null });
    });

    it.each(['registered', 'controlled', 'failed'] as const)(
      'refuses a unit for it that is %s',
      async (registration) => {
        controlTower.registrations.set(unitArn(SUSPENDED), registration);
        giveTurn(repository, UNENROLLMENT);
        await expectRejected(
          run({ ...byMove, suspendedOrgUnitId: SUSPENDED }),
          `${SUSPENDED} (suspendedOrgUnitId) is governed`,
          'not registered with Control Tower',
        );
        expect(tree.moves).toEqual([]);
      },
    );

    it('refuses a unit for it that does not exist', async () => {
      controlTower.registrations.set(unitArn('ou-ab12-nowhere1'), 'absent');
      giveTurn(repository, UNENROLLMENT);
      await expectRejected(
        run({ ...byMove, suspendedOrgUnitId: 'ou-ab12-nowhere1' }),
        'does not exist',
        'means the root',
      );
    });
  });

  it('leaves to a person what neither a product nor a move would unenroll', async () => {
    controlTower.governance = 'enrolled';
    await expectRejected(run(), 'there is no provisioned product', '"Unmanage"');
    controlTower.enrollsByItself = true;
    expect(await run()).toMatchObject({ result: { ready: false, turnNeeded: true } });
  });

  describe('of an account that goes on being vended', () => {
    const runOn = (planned = { enrollment: null, unenrollment: enrollment }) =>
      unenrollAccount({ repository, factory, turns, tree, controlTower })({
        ...vending({ plan: planned }),
        tenant: repository.tenant,
      });

    it('terminates its product, and says that it has left', async () => {
      product('AVAILABLE');
      giveTurns();
      await runOn();
      expect(factory.asked).toEqual(['terminate 1']);
      await factory.end('SUCCEEDED');
      expect(await runOn()).toMatchObject({ result: { ready: true } });
      expect(repository.tenant.enrollment).toMatchObject({ phase: 'ended', kind: 'leave' });
      expect(turns.told).toEqual([`free ${UNENROLLMENT}`, `free ${LANE}`]);
      const { writes } = repository;
      await runOn();
      expect(repository.writes).toBe(writes);
    });

    it('leaves to a person what neither a product nor a move would unenroll, and closes nothing', async () => {
      controlTower.governance = 'enrolled';
      await expectRejected(runOn(), 'it stays as it is', '"Unmanage"');
    });
  });

  it('never touches an account that the landing zone alone manages', async () => {
    product('AVAILABLE');
    controlTower.governance = 'shared';
    giveTurns();
    await expectRejected(run(), 'service integration account', 'another account');
    expect(factory.operations).toEqual([]);
  });
});
