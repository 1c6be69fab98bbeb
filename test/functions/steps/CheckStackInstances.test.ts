import { expectRejected } from '../../fakes/expect-rejected';
import { rolledOut } from './removal-under-test';
import { FRANKFURT, IRELAND, PARIS, StackSetsUnderTest } from './stack-sets-under-test';

const HOUR = 3600;
const ROLE = "Account 444444444444 should have 'AWSCloudFormationStackSetExecutionRole' role";

let test: StackSetsUnderTest;

beforeEach(() => {
  test = new StackSetsUnderTest();
});

const waiting = (waitSeconds: number) => ({ ready: false, deployAgain: false, waitSeconds });
const again = { ready: false, deployAgain: true, waitSeconds: 0 };
const failed = { status: 'OUTDATED', detailedStatus: 'FAILED', reason: ROLE } as const;
const records = () => test.repository.tenant.stackInstances;

describe('CheckStackInstances', () => {
  it.each([
    { at: 0, waitSeconds: 66 },
    { at: 66, waitSeconds: 5 },
    { at: 400, waitSeconds: 20 },
    { at: 1000, waitSeconds: 30 },
  ])('looks more and more seldom while it goes on: after $at s, in $waitSeconds s', async ({ at, waitSeconds }) => {
    await test.deploy();
    expect((await test.check(at)).result).toEqual(waiting(waitSeconds));
  });

  it('knows that one region comes after the other', async () => {
    test.regions = [FRANKFURT, IRELAND];
    await test.deploy();
    expect((await test.check(0)).result).toEqual(waiting(132));
    expect((await test.check(66)).result).toEqual(waiting(66));
    expect((await test.check(132)).result).toEqual(waiting(7));
  });

  it('does not wait for the regions of other stack sets', async () => {
    await test.deploy();
    const before = records();
    const after = [...before, rolledOut(FRANKFURT), rolledOut(IRELAND)];
    await test.repository.update('stackInstances', { before: [...before], after });
    expect((await test.check(0)).result).toEqual(waiting(66));
  });

  it('looks sooner while somebody else waits for its end', async () => {
    await test.deploy();
    test.turns.areAwaited = true;
    expect((await test.check(66)).result).toEqual(waiting(4));
  });

  it('is done when every instance that names our operation is current', async () => {
    test.regions = [FRANKFURT, IRELAND];
    await test.deploy();
    test.stackSets.end({}, [FRANKFURT]);
    expect((await test.check(60)).result).toMatchObject({ ready: false });
    test.stackSets.end({}, [IRELAND]);
    expect((await test.check(120)).result).toEqual({ ready: true, deployAgain: false, waitSeconds: 0 });
    expect(records().map(({ phase }) => phase)).toEqual(['current', 'current']);
  });

  it('does not take the end of somebody else for ours', async () => {
    test.stackSets.set(FRANKFURT, { status: 'CURRENT', detailedStatus: 'SUCCEEDED' });
    test.stackSets.isBusy = true;
    await test.deploy();
    expect((await test.check()).result).toEqual(waiting(10));
  });

  it('takes our operation for done where somebody else has worked on the instance since', async () => {
    await test.deploy();
    test.stackSets.set(FRANKFURT, { status: 'CURRENT', detailedStatus: 'SUCCEEDED', lastOperationId: 'foreign' });
    expect((await test.check(60)).result).toMatchObject({ ready: false });
    test.stackSets.ends.set(test.stackSets.operationIds[0] ?? '', 'succeeded');
    expect((await test.check(90)).result).toEqual({ ready: true, deployAgain: false, waitSeconds: 0 });
    expect(records().map(({ phase }) => phase)).toEqual(['current']);
  });

  it('waits for the end of what somebody else does after us, and mends what he leaves', async () => {
    await test.deploy();
    test.stackSets.ends.set(test.stackSets.operationIds[0] ?? '', 'succeeded');
    test.stackSets.set(FRANKFURT, { status: 'OUTDATED', detailedStatus: 'RUNNING', lastOperationId: 'foreign' });
    expect((await test.check(60)).result).toMatchObject({ ready: false, deployAgain: false });
    test.stackSets.set(FRANKFURT, { detailedStatus: 'FAILED' });
    expect((await test.check(90)).result).toEqual(again);
    await test.deploy(91);
    expect(test.stackSets.asked).toEqual(['create eu-central-1', 'update eu-central-1']);
  });

  it.each(['running', 'waiting'] as const)(
    'waits for our operation that no instance names, while it is %s',
    async (end) => {
      await test.deploy();
      test.stackSets.ends.set(test.stackSets.operationIds[0] ?? '', end);
      test.stackSets.hidden.add(FRANKFURT);
      expect((await test.check(100)).result).toMatchObject({ ready: false, deployAgain: false });
    },
  );

  it('does not wait for the list where our operation has failed', async () => {
    await test.deploy();
    test.stackSets.ends.set(test.stackSets.operationIds[0] ?? '', 'failed');
    test.stackSets.set(FRANKFURT, { ...failed, lastOperationId: 'foreign' });
    expect((await test.check(60)).result).toEqual(waiting(20));
    expect(records()).toMatchObject([{ phase: 'failed', failures: 1 }]);
  });

  it.each([
    ['eu-central-2', 'AWSCloudFormation/latest/UserGuide/stacksets-opt-in-regions.html'],
    ['xx-nowhere-1', 'accounts/latest/reference/manage-acct-regions.html'],
  ])('names the page of AWS where accounts may not have the region: %s', async (region, page) => {
    test.regions = [region];
    for (const at of [0, 300, 600]) {
      await test.deploy(at);
      test.stackSets.end({ ...failed, reason: `Region ${region} is not enabled.` });
      await test.check(at + 60);
    }
    await test.deploy(900);
    test.stackSets.end({ ...failed, reason: `Region ${region} is not enabled.` });
    await expectRejected(test.check(960), `in ${region}, 4 times`, page);
  });

  it('asks for more where a region has been made and the others are as they were', async () => {
    test.regions = [FRANKFURT];
    await test.goOn();
    test.stackSets.end();
    await test.check(60);
    test.regions = [FRANKFURT, IRELAND];
    test.parameters = { Stage: 'webshop-prod' };
    await test.deploy(100);
    test.stackSets.end();
    expect((await test.check(160)).result).toEqual(again);
    await test.deploy(160);
    test.stackSets.end();
    expect((await test.check(220)).result).toMatchObject({ ready: true });
    expect(test.stackSets.asked).toEqual(['create eu-central-1', 'create eu-west-1', 'update eu-central-1']);
  });

  it('asks for more where nothing has been asked for yet', async () => {
    expect((await test.check()).result).toEqual(again);
  });

  describe('of an operation that does not show', () => {
    it('looks three times and asks again, when it may not have been taken', async () => {
      test.stackSets.isBusy = true;
      await test.deploy();
      const results = [];
      for (const at of [0, 10, 20, 30]) results.push((await test.check(at)).result);
      expect(results).toEqual([waiting(10), waiting(10), waiting(10), again]);
    });

    it('bears a stack set that is busy for an hour', async () => {
      test.stackSets.isBusy = true;
      await test.deploy();
      await test.pass(0, HOUR);
      test.stackSets.isBusy = false;
      await test.pass(HOUR, 60);
      test.stackSets.end();
      expect(await test.pass(HOUR + 100, 60)).toMatchObject({ ready: true });
      expect(test.stackSets.asked).toEqual(['create eu-central-1']);
      expect(records()).toMatchObject([{ n: 1, failures: 0 }]);
    });

    it('gives up after four hours, and waits again after a replay', async () => {
      test.stackSets.isBusy = true;
      await test.deploy();
      await expectRejected(test.pass(0, 5 * HOUR), 'busy with other operations for 4 hours', 'managed execution');
      test.enteredAt = 5 * HOUR;
      await test.deploy(5 * HOUR);
      expect((await test.check(5 * HOUR)).result).toEqual(waiting(10));
    });

    it('waits without asking again when it was taken: the list is behind, or the queue long', async () => {
      await test.deploy();
      test.stackSets.hidden.add(FRANKFURT);
      await test.pass(0, 1700);
      expect(test.stackSets.asked).toHaveLength(1);
      test.stackSets.hidden.clear();
      test.stackSets.end();
      expect((await test.check(1750)).result).toMatchObject({ ready: true });
    });

    it('takes it for failed after half an hour: somebody else has worked on the instance since', async () => {
      await test.deploy();
      test.stackSets.set(FRANKFURT, { lastOperationId: 'foreign', status: 'CURRENT', detailedStatus: 'SUCCEEDED' });
      await test.pass(0, 1900);
      expect(test.stackSets.asked).toEqual(['create eu-central-1', 'update eu-central-1']);
      expect(records()).toMatchObject([{ n: 2, failures: 1 }]);
    });
  });

  describe('of an operation that failed', () => {
    it('pauses once, and then lets a new operation begin', async () => {
      await test.deploy();
      test.stackSets.end(failed);
      expect(await test.check(20)).toMatchObject({
        result: waiting(20),
        remark: expect.stringContaining(ROLE) as string,
      });
      expect(records()).toMatchObject([{ phase: 'failed', failures: 1 }]);
      expect((await test.check(40)).result).toEqual(again);
      await test.deploy(40);
      expect(records()).toMatchObject([{ phase: 'accepted', n: 2, failures: 1 }]);
      expect(new Set(test.stackSets.operationIds).size).toBe(2);
    });

    it('pauses also when it was not seen at first', async () => {
      test.stackSets.isBusy = true;
      await test.deploy();
      await test.check(0);
      await test.check(10);
      test.stackSets.isBusy = false;
      await test.deploy(20);
      test.stackSets.end(failed);
      expect((await test.check(30)).result).toEqual(waiting(20));
    });

    it('pauses longer after every failure', async () => {
      const waits = [];
      for (const at of [0, 100, 200]) {
        await test.deploy(at);
        test.stackSets.end(failed);
        waits.push((await test.check(at + 10)).result['waitSeconds']);
      }
      expect(waits).toEqual([20, 40, 80]);
    });

    it('counts it once when it was killed during the pause', async () => {
      await test.deploy();
      test.stackSets.end(failed);
      await test.check(20);
      await test.check(21);
      expect(records()).toMatchObject([{ failures: 1 }]);
    });

    it('forgets failures when it ends well', async () => {
      await test.deploy();
      test.stackSets.end(failed);
      await test.check(20);
      await test.deploy(40);
      test.stackSets.end({ reason: null });
      await test.check(120);
      expect(records()).toMatchObject([{ phase: 'current', failures: 0 }]);
    });

    it("gives up after four failures with the instance's own reason, and begins to count again for a replay", async () => {
      for (const turn of [0, 100, 200]) {
        await test.deploy(turn);
        test.stackSets.end(failed);
        await test.check(turn + 20);
      }
      await test.deploy(300);
      test.stackSets.end(failed);
      await expectRejected(test.check(320), ROLE, 'stackSetExecutionRole in platform.json');
      expect(test.stackSets.operations).toHaveLength(4);
      expect(records()).toMatchObject([{ phase: 'failed', failures: 0 }]);
      await test.deploy(600);
      test.stackSets.end(failed);
      expect((await test.check(620)).result).toEqual(waiting(20));
      expect(records()).toMatchObject([{ phase: 'failed', failures: 1 }]);
      await test.deploy(640);
      test.stackSets.end({ reason: null });
      expect((await test.check(700)).result).toMatchObject({ ready: true });
    });

    it('tells the reason of the region that failed, not of those that were cancelled for it, and keeps what is current', async () => {
      test.regions = [PARIS, FRANKFURT, IRELAND];
      await test.deploy();
      test.stackSets.end({}, [PARIS]);
      test.stackSets.end({ ...failed, detailedStatus: 'CANCELLED', reason: 'Cancelled' }, [FRANKFURT]);
      test.stackSets.end(failed, [IRELAND]);
      expect((await test.check(60)).remark).toContain(ROLE);
      await test.check(80);
      await test.deploy(80);
      expect(test.stackSets.asked.at(-1)).toBe('update eu-central-1,eu-west-1');
    });
  });

  it('gives an operation two hours', async () => {
    await test.deploy();
    await expectRejected(test.check(2 * HOUR), 'at work in eu-central-1 for 2 hours', 'StackSets console');
    test.enteredAt = HOUR;
    expect((await test.check(2 * HOUR)).result).toEqual(waiting(30));
  });
});
