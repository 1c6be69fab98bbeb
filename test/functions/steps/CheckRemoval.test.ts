import { expectRejected } from '../../fakes/expect-rejected';
import { FRANKFURT, IRELAND, RemovalUnderTest, rolledOut } from './removal-under-test';

const HOUR = 3600;
const LANE = 'stack-set:eu-central-1:network';

let test: RemovalUnderTest;

beforeEach(() => {
  test = new RemovalUnderTest();
});

const waiting = (waitSeconds: number) => ({ ready: false, removeAgain: false, waitSeconds });
const again = { ready: false, removeAgain: true, waitSeconds: 0 };
const failed = { status: 'OUTDATED', detailedStatus: 'FAILED', reason: 'no way' } as const;
const failures = () => test.repository.tenant.stackInstances.map((record) => record.failures);

describe('CheckRemoval', () => {
  it.each([
    { at: 0, waitSeconds: 5 },
    { at: 100, waitSeconds: 12 },
    { at: 1000, waitSeconds: 30 },
  ])('looks more and more seldom while it goes on: after $at s, in $waitSeconds s', async ({ at, waitSeconds }) => {
    await test.remove();
    expect((await test.check(at)).result).toEqual(waiting(waitSeconds));
  });

  it('is done when no instance is left, and frees the lane', async () => {
    await test.remove();
    test.stackSets.vanish([FRANKFURT]);
    expect((await test.check(60)).result).toMatchObject({ ready: false });
    test.stackSets.vanish([IRELAND]);
    expect((await test.check(120)).result).toEqual({ ready: true, removeAgain: false, waitSeconds: 0 });
    expect(test.phases).toEqual(['removed', 'removed']);
    expect(test.turns.told).toContain(`free ${LANE}`);
  });

  describe('where the list is behind', () => {
    const ends = (status: 'running' | 'waiting' | 'succeeded' | 'failed') => {
      test.stackSets.ends.set(test.stackSets.operationIds[0] ?? '', status);
    };
    const showOld = () => {
      for (const region of [FRANKFURT, IRELAND]) {
        test.stackSets.set(region, {
          status: 'CURRENT',
          detailedStatus: 'SUCCEEDED',
          lastOperationId: 'rolled-out',
        });
      }
    };

    it('is done when its operation has succeeded, and the list is not asked for', async () => {
      await test.remove();
      showOld();
      ends('succeeded');
      const { lists } = test.stackSets;
      expect((await test.check(60)).result).toEqual({ ready: true, removeAgain: false, waitSeconds: 0 });
      expect(test.phases).toEqual(['removed', 'removed']);
      expect(test.stackSets.lists).toBe(lists);
      expect(test.turns.told).toContain(`free ${LANE}`);
    });

    it.each(['running', 'waiting'] as const)(
      'is not done while its operation is %s, whatever the list shows',
      async (status) => {
        await test.remove();
        test.stackSets.vanish();
        ends(status);
        const { lists } = test.stackSets;
        expect((await test.check(60)).result).toMatchObject({ ready: false, removeAgain: false });
        expect(test.phases).toEqual(['removalAccepted', 'removalAccepted']);
        expect(test.stackSets.lists).toBe(lists);
      },
    );

    it('is asked for where one of two operations does not tell', async () => {
      const asked = { phase: 'removalAccepted', askedAt: '2026-11-24T10:00:00.000Z' } as const;
      test = new RemovalUnderTest([
        rolledOut(FRANKFURT, { ...asked, operationId: 'told' }),
        rolledOut(IRELAND, { ...asked, operationId: 'unknown' }),
      ]);
      test.stackSets.ends.set('told', 'succeeded');
      expect((await test.check(60)).result).toMatchObject({ ready: false });
      expect(test.stackSets.lists).toBe(1);
    });

    it('has failed when its operation has failed, where an instance is left', async () => {
      await test.remove();
      showOld();
      test.stackSets.vanish([FRANKFURT]);
      ends('failed');
      expect((await test.check(60)).result).toEqual(waiting(20));
      expect(test.repository.tenant.stackInstances).toMatchObject([
        { failures: 0 },
        { phase: 'removalFailed', failures: 1 },
      ]);
    });
  });

  it('answers at once on a second run', async () => {
    await test.remove();
    test.stackSets.vanish();
    await test.check(60);
    test.repository.writes = 0;
    expect((await test.check(120)).result).toMatchObject({ ready: true });
    expect(test.repository.writes).toBe(0);
  });

  it('asks for more where nothing was asked for yet', async () => {
    expect((await test.check()).result).toEqual(again);
  });

  it('looks three times and asks again, when it may not have been taken', async () => {
    test.stackSets.isBusy = true;
    await test.remove();
    const results = [];
    for (const at of [0, 10, 20, 30]) results.push((await test.check(at)).result);
    expect(results).toEqual([waiting(10), waiting(10), waiting(10), again]);
  });

  it('gives up a stack set that is busy for four hours, and waits again after a replay', async () => {
    test.stackSets.isBusy = true;
    await test.remove();
    await expectRejected(test.pass(0, 5 * HOUR), 'busy with other operations for 4 hours', 'managed execution');
    test.enteredAt = 5 * HOUR;
    await test.remove(5 * HOUR);
    expect((await test.check(5 * HOUR)).result).toEqual(waiting(10));
  });

  it('takes it for failed after half an hour in which it did not show', async () => {
    await test.remove();
    for (const region of [FRANKFURT, IRELAND]) {
      test.stackSets.set(region, { detailedStatus: 'SUCCEEDED', lastOperationId: 'rolled-out' });
    }
    await test.pass(0, 1900);
    expect(test.stackSets.asked).toHaveLength(2);
  });

  it('pauses after a failure, counts it once, and asks again under a new id', async () => {
    await test.remove();
    test.stackSets.end(failed);
    expect(await test.check(20)).toMatchObject({
      result: waiting(20),
      remark: expect.stringContaining('no way') as string,
    });
    expect((await test.check(40)).result).toEqual(again);
    await test.remove(40);
    expect(new Set(test.stackSets.operationIds).size).toBe(2);
    expect(test.repository.tenant.stackInstances).toMatchObject([{ failures: 1 }, { failures: 1 }]);
  });

  it('gives up after four failures, with the reason of the instance that failed', async () => {
    for (const at of [0, 100, 200]) {
      await test.remove(at);
      test.stackSets.end(failed);
      await test.check(at + 20);
    }
    await test.remove(300);
    test.stackSets.end({ ...failed, detailedStatus: 'CANCELLED', reason: 'cancelled' }, [FRANKFURT]);
    test.stackSets.end(failed, [IRELAND]);
    await expectRejected(
      test.check(320),
      '"network" in eu-west-1 could not be removed: no way',
      'bucket that is not empty',
    );
    expect(test.turns.told.at(-1)).toBe(`free ${LANE}`);
    expect(failures()).toEqual([0, 0]);
  });

  it('counts from the beginning for a replay, whether it has failed four times or was given up at once', async () => {
    const inoperable = { ...failed, status: 'INOPERABLE' } as const;
    for (const { earlier, end } of [
      { earlier: [0, 100, 200], end: failed },
      { earlier: [100, 200], end: inoperable },
    ]) {
      test = new RemovalUnderTest();
      for (const at of earlier) {
        await test.remove(at);
        test.stackSets.end(failed);
        await test.check(at + 20);
      }
      await test.remove(300);
      test.stackSets.end(end);
      await expectRejected(test.check(320), 'could not be removed: no way', 'replay this run');
      await test.remove(600);
      test.stackSets.end(failed);
      expect((await test.check(620)).result).toEqual(waiting(20));
      expect(failures()).toEqual([1, 1]);
    }
  });

  it('gives up at once what CloudFormation has given up; a replay asks again', async () => {
    await test.remove();
    test.stackSets.end({ status: 'INOPERABLE', detailedStatus: 'FAILED', reason: 'the bucket is not empty' });
    await expectRejected(test.check(20), 'the bucket is not empty', 'retain stacks');
    await test.remove(100);
    test.stackSets.vanish();
    expect((await test.check(120)).result).toMatchObject({ ready: true });
    expect(test.stackSets.operations).toHaveLength(2);
  });

  it('gives an operation two hours', async () => {
    await test.remove();
    await expectRejected(test.check(2 * HOUR), 'at work in eu-central-1 for 2 hours', 'StackSets console');
  });
});
