import type { Enrollment } from '../../../functions/domain/records/account-records';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import { unenrollAccount } from '../../../functions/steps/UnenrollAccount/step';
import { FakeAccountFactory } from '../../fakes/fake-account-factory';
import { FakeControlTower } from '../../fakes/fake-control-tower';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { FakeOrganizationTree, unitArn } from '../../fakes/fake-organization-tree';
import { expectRejected } from '../../fakes/expect-rejected';
import { giveTurn, RecordingTurns } from '../../fakes/recording-turns';
import { account, after, enrollment, NOW, vending } from '../../fakes/vending';

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
    controlTower.knownAccount = account.arn;
    factory = new FakeAccountFactory(tree, controlTower);
  });

  const giveTurns = (): void => {
    giveTurn(repository, LANE);
    giveTurn(repository, UNENROLLMENT);
  };

  const product = (status: 'AVAILABLE' | 'UNDER_CHANGE' | 'TAINTED') =>
    factory.products.push({
      id: 'pp-1',
      name: 'retail-1',
      status,
      lastRecordId: 'rec-0',
      hasSucceeded: status !== 'TAINTED',
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

  describe('beside what the ledger remembers', () => {
    const known = (changes: Partial<Enrollment>): void => {
      const before: Enrollment = {
        phase: 'asked',
        kind: 'terminate',
        attempt: 1,
        recordId: null,
        requestHash: null,
        productName: null,
        askedAt: after(-60).toISOString(),
        busySince: null,
        hasPaused: false,
        failures: 0,
        ...changes,
      };
      repository.tenant = { ...repository.tenant, enrollment: before };
    };
    const runPlan = (changes: Partial<VendingPlan>) =>
      unenrollAccount({ repository, factory, turns, tree, controlTower })({
        ...vending({ plan: { enrollment, ...changes } }),
        tenant: repository.tenant,
      });
    const closing = { managementAccountId: '222222222222', closesAccount: true, releasesAlias: true };
    const byMove = { ...enrollment, strategy: 'auto-enroll' } as const;

    it('says of an account that is to be closed that it was not, where only a person can unenroll it', async () => {
      controlTower.governance = 'enrolled';
      await expectRejected(runPlan({ closing }), 'it was not closed', '"Unmanage"');
    });

    it.each(['terminate', 'provision'] as const)(
      'writes down once that a %s is over, and keeps its kind before a closing',
      async (kind) => {
        known({ kind, failures: 2 });
        await runPlan({ closing });
        expect(repository.tenant.enrollment).toMatchObject({ kind, phase: 'ended', failures: 0 });
        await runPlan({ closing });
        expect(repository.writes).toBe(1);
      },
    );

    it('writes down that an account has left which goes on being vended, although its last operation was another', async () => {
      known({ kind: 'provision', phase: 'ended' });
      await runPlan({ enrollment: null, unenrollment: enrollment });
      expect(repository.tenant.enrollment).toMatchObject({ kind: 'leave', phase: 'ended' });
    });

    it('writes down once which operation of others it waits for, and names its product', async () => {
      product('UNDER_CHANGE');
      const first = await run();
      expect(first.remark).toContain('retail-1');
      const { writes } = repository;
      await run();
      expect(repository.writes).toBe(writes);
    });

    it('counts its time from the operation that it sees, whatever was asked for before', async () => {
      known({ kind: 'provision' });
      controlTower.governance = 'changing';
      await runPlan({ enrollment: byMove });
      expect(repository.tenant.enrollment).toMatchObject({ kind: 'leave', askedAt: NOW.toISOString() });
    });

    it('counts its time from when somebody has moved the account out, and remembers where it is', async () => {
      known({ kind: 'leave' });
      controlTower.governance = 'changing';
      tree.place(account.id, ROOT);
      await runPlan({ enrollment: byMove });
      expect(repository.tenant.enrollment).toMatchObject({ recordId: ROOT, askedAt: NOW.toISOString() });
    });

    it('says which turn it lacks', async () => {
      product('AVAILABLE');
      expect((await run()).remark).toContain('leave Control Tower');
      giveTurn(repository, UNENROLLMENT);
      expect((await run()).remark).toContain('Account Factory');
    });

    it('names the record of the termination, by which a person finds it', async () => {
      product('AVAILABLE');
      giveTurns();
      expect((await run()).remark).toContain('rec-1');
    });

    it('moves it to the root where suspendedOrgUnitId names that, which is no unit to be described', async () => {
      controlTower.governance = 'enrolled';
      giveTurn(repository, UNENROLLMENT);
      const describe = jest.spyOn(tree, 'describeOrganizationalUnit');
      await runPlan({ enrollment: { ...byMove, suspendedOrgUnitId: ROOT } });
      expect(tree.moves).toEqual([{ accountId: account.id, from: DEV, to: ROOT }]);
      expect(describe).not.toHaveBeenCalled();
    });

    it('takes an account in suspendedOrgUnitId for outside, and does not move it again', async () => {
      controlTower.governance = 'enrolled';
      tree.place(account.id, SUSPENDED);
      giveTurn(repository, UNENROLLMENT);
      const report = await runPlan({ enrollment: { ...byMove, suspendedOrgUnitId: SUSPENDED } });
      expect(report.result).toMatchObject({ ready: false, turnNeeded: false });
      expect(tree.moves).toEqual([]);
    });

    it('takes an account in any unit that is not registered for outside, and waits until it is let go', async () => {
      controlTower.governance = 'enrolled';
      tree.place(account.id, SUSPENDED);
      controlTower.registrations.set(unitArn(SUSPENDED), 'absent');
      giveTurn(repository, UNENROLLMENT);
      const report = await runPlan({ enrollment: byMove });
      expect(report.result).toMatchObject({ ready: false, turnNeeded: false });
      expect(tree.moves).toEqual([]);
      expect(repository.tenant.enrollment).toMatchObject({ kind: 'leave', phase: 'asked', recordId: SUSPENDED });
    });

    it('moves nothing that Control Tower does not govern, even where it follows moves by itself', async () => {
      controlTower.enrollsByItself = true;
      giveTurn(repository, UNENROLLMENT);
      expect(await run()).toMatchObject({ result: { ready: true } });
      expect(tree.moves).toEqual([]);
    });

    it('terminates the product that there is, even where Control Tower follows moves by itself', async () => {
      controlTower.enrollsByItself = true;
      controlTower.governance = 'enrolled';
      product('AVAILABLE');
      giveTurns();
      await run();
      expect([factory.asked, tree.moves]).toEqual([['terminate 1'], []]);
    });

    it('leaves to a person an account of a Control Tower that is not set up any more', async () => {
      controlTower.governance = 'enrolled';
      controlTower.isThere = false;
      await expectRejected(run(), 'there is no provisioned product', '"Unmanage"');
    });

    describe('of the product that it has made', () => {
      const other = { id: 'pp-2', name: 'made-by-hand', status: 'AVAILABLE', lastRecordId: null } as const;
      const unknowing = (): void => {
        known({ phase: 'ended', productName: 'retail-1' });
        product('TAINTED');
        factory.products[0] = { ...factory.products[0], accountId: null } as (typeof factory.products)[number];
      };

      it('terminates it by its name where its first operation failed before it knew the account', async () => {
        unknowing();
        giveTurns();
        await run();
        expect(factory.operations).toMatchObject([{ kind: 'terminate', productId: 'pp-1' }]);
      });

      it('is not done with another product of the account while its own is left', async () => {
        unknowing();
        factory.products.push({ ...other, accountId: account.id, hasSucceeded: true });
        const terminated: string[] = [];
        for (let n = 0; n < 2; n += 1) {
          giveTurns();
          await run();
          terminated.push(factory.operations.at(-1)?.productId ?? '');
          await factory.end('SUCCEEDED');
        }
        expect(terminated).toEqual(['pp-2', 'pp-1']);
        expect(await run()).toMatchObject({ result: { ready: true } });
      });

      it('is waited for before another product is terminated, where it is at work', async () => {
        unknowing();
        factory.products[0] = { ...factory.products[0], status: 'UNDER_CHANGE' } as (typeof factory.products)[number];
        factory.products.push({ ...other, accountId: account.id, hasSucceeded: true });
        giveTurns();
        expect((await run()).remark).toContain('retail-1');
        expect(factory.asked).toEqual([]);
      });

      it('asks for it by name only where the account does not show it', async () => {
        const findByName = jest.spyOn(factory, 'findByName');
        await run();
        known({ phase: 'ended', productName: 'retail-1' });
        factory.products.push({ ...other, accountId: account.id, hasSucceeded: true });
        product('AVAILABLE');
        await run();
        expect(findByName).not.toHaveBeenCalled();
      });

      it('is done where nobody knows it any more', async () => {
        known({ phase: 'ended', productName: 'retail-1' });
        expect(await run()).toMatchObject({ result: { ready: true } });
      });
    });
  });
});
