import type { StackInstanceRecord } from '../../../functions/domain/records/account-records';
import { areOperationsOver } from '../../../functions/steps/stack-set-rollout';
import { account, after, NOW, tenant } from '../../fakes/vending';
import { expectRejected } from '../../fakes/expect-rejected';
import { RemovalUnderTest, rolledOut } from './removal-under-test';
import { FRANKFURT, IRELAND, PARIS, StackSetsUnderTest } from './stack-sets-under-test';

let test: StackSetsUnderTest;

beforeEach(() => {
  test = new StackSetsUnderTest();
});

const records = () => test.repository.tenant.stackInstances;
const failed = { status: 'OUTDATED', detailedStatus: 'FAILED', reason: 'no role' } as const;
const change = (changes: (record: StackInstanceRecord) => StackInstanceRecord): void => {
  test.repository.tenant = { ...test.repository.tenant, stackInstances: records().map(changes) };
};
/** Of the same account, and deployed for another landing zone. */
const otherRecord: StackInstanceRecord = {
  stackSet: 'network',
  homeRegion: FRANKFURT,
  region: FRANKFURT,
  removable: true,
  phase: 'accepted',
  contentHash: 'other',
  n: 7,
  operationId: 'other',
  askedAt: NOW.toISOString(),
  failures: 1,
  pauses: 2,
};
const addOther = (): void => {
  test.repository.tenant = { ...test.repository.tenant, stackInstances: [otherRecord, ...records()] };
};

describe('an operation of a stack set', () => {
  it('is over in its lane, whatever another stack set of the same account is at', async () => {
    test.stackSets.ends.set('other', 'running');
    const isOver = areOperationsOver(test.stackSets, { name: 'baseline', homeRegion: FRANKFURT });
    const holder = (stackInstances: StackInstanceRecord[]) => tenant({ account, stackInstances });
    expect(await isOver(holder([otherRecord]))).toBe(true);
    expect(await isOver(holder([{ ...otherRecord, stackSet: 'baseline' }]))).toBe(false);
  });

  it.each([
    {
      what: 'lacks its turn',
      says: 'no turn',
      go: () => {
        test.givesTurns = false;
        return test.deploy();
      },
    },
    {
      what: 'has not begun',
      says: 'not begun',
      go: async () => {
        test.stackSets.hidden.add(FRANKFURT);
        await test.deploy();
        return test.check();
      },
    },
    {
      what: 'is at work',
      says: 'being deployed',
      go: async () => {
        await test.deploy();
        return test.check();
      },
    },
  ])('is told by the name of its stack set: $what', async ({ go, says }) => {
    const { remark } = await go();
    expect(remark).toContain('baseline');
    expect(remark).toContain(says);
  });

  it('is told to have ended, or to be followed by another, by the name of its stack set', async () => {
    expect((await test.check()).remark).toBe('baseline: more is to be done.');
    await test.deploy();
    test.stackSets.end();
    expect((await test.check(60)).remark).toBe('baseline is current.');
  });

  it('is told to be asked for again once it was not seen three times', async () => {
    test.stackSets.isBusy = true;
    await test.deploy();
    const remarks = [];
    for (const at of [0, 10, 20, 30]) remarks.push((await test.check(at)).remark);
    expect(remarks[0]).toContain('baseline: busy with another operation');
    expect(remarks[3]).toContain('baseline: asking CloudFormation again');
  });

  it('is followed without a word about what others of the account wait for', async () => {
    test.stackSets.isBusy = true;
    await test.deploy();
    addOther();
    await test.check(10);
    expect(records().find(({ stackSet }) => stackSet === 'network')).toEqual(otherRecord);
    expect(records().find(({ stackSet }) => stackSet === 'baseline')).toMatchObject({ pauses: 1 });
  });

  it.each([
    { at: 1799, phase: 'accepted' },
    { at: 1800, phase: 'failed' },
  ])('that was taken and never shows has failed after half an hour: $phase after $at s', async ({ at, phase }) => {
    await test.deploy();
    test.stackSets.hidden.add(FRANKFURT);
    await test.check(at);
    expect(records()).toMatchObject([{ phase }]);
  });

  it('that CloudFormation says is at work has not failed, however long it does not show in the list', async () => {
    await test.deploy();
    test.stackSets.hidden.add(FRANKFURT);
    test.stackSets.ends.set(test.stackSets.operationIds[0] ?? '', 'running');
    const { result, remark } = await test.check(3600);
    expect(result).toMatchObject({ ready: false, deployAgain: false });
    expect(remark).toContain('being deployed');
    expect(records()).toMatchObject([{ phase: 'accepted', failures: 0 }]);
    await expectRejected(test.check(7200), 'at work in eu-central-1 for 2 hours', 'StackSets console');
  });

  describe('that has failed in several regions', () => {
    beforeEach(async () => {
      test.regions = [FRANKFURT, IRELAND];
      await test.deploy();
    });

    it('pauses as long as the region wants that has failed most often', async () => {
      change((record) => ({ ...record, failures: record.region === IRELAND ? 2 : 0 }));
      test.stackSets.end(failed);
      expect((await test.check(60)).result).toMatchObject({ waitSeconds: 80 });
      expect(records()).toMatchObject([{ failures: 3 }, { failures: 3 }]);
    });

    it('is not done with the regions that went well', async () => {
      test.stackSets.end({}, [FRANKFURT]);
      test.stackSets.end(failed, [IRELAND]);
      await test.check(60);
      expect((await test.check(80)).result).toMatchObject({ ready: false, deployAgain: true });
    });

    it('has failed in those alone whose end it is: what is deployed by then stays so', async () => {
      test.stackSets.end({}, [FRANKFURT]);
      test.stackSets.hidden.add(IRELAND);
      test.stackSets.ends.set(test.stackSets.operationIds[0] ?? '', 'failed');
      const { remark } = await test.check(60);
      expect(remark).toContain('CloudFormation gives no reason');
      expect(records()).toMatchObject([
        { region: FRANKFURT, phase: 'accepted' },
        { region: IRELAND, phase: 'failed' },
      ]);
    });
  });

  it('of a removal is given up at once where CloudFormation has given up one of its instances', async () => {
    const removal = new RemovalUnderTest([rolledOut(FRANKFURT), rolledOut(IRELAND)]);
    await removal.remove();
    removal.stackSets.end(failed, [FRANKFURT]);
    removal.stackSets.end({ ...failed, status: 'INOPERABLE', reason: 'not empty' }, [IRELAND]);
    await expectRejected(removal.check(20), 'could not be removed', 'retain stacks');
  });

  it('of a removal tells the workflow of no pause: the state after it begins to look at once', async () => {
    const { result } = await new RemovalUnderTest().remove();
    expect(Object.keys(result)).toEqual(['asked', 'turnNeeded']);
  });
});

describe('CheckStackInstances', () => {
  it('asks for no operation that its instances name', async () => {
    const operationOf = jest.spyOn(test.stackSets, 'operationOf');
    test.regions = [FRANKFURT, IRELAND];
    await test.deploy();
    await test.check(60);
    test.stackSets.end();
    await test.check(120);
    expect(operationOf).not.toHaveBeenCalled();
  });

  it('takes no instance for deployed that the list does not show, although the operation has succeeded', async () => {
    test.regions = [FRANKFURT, IRELAND];
    await test.deploy();
    test.stackSets.ends.set(test.stackSets.operationIds[0] ?? '', 'succeeded');
    test.stackSets.set(FRANKFURT, { status: 'CURRENT', detailedStatus: 'SUCCEEDED', lastOperationId: 'foreign' });
    test.stackSets.hidden.add(IRELAND);
    expect((await test.check(60)).result).toMatchObject({ ready: false, deployAgain: false });
    expect(records()).toMatchObject([
      { region: FRANKFURT, phase: 'current' },
      { region: IRELAND, phase: 'accepted' },
    ]);
  });

  it('is not done where a region is wanted that nobody has asked for', async () => {
    await test.goOn();
    test.stackSets.end();
    expect(await test.check(60)).toMatchObject({ result: { ready: true } });
    test.regions = [FRANKFURT, PARIS];
    expect(await test.check(90)).toMatchObject({ result: { ready: false, deployAgain: true } });
  });

  it('names both roles to be looked at when it gives up', async () => {
    await test.deploy();
    change((record) => ({ ...record, failures: 3 }));
    test.stackSets.end(failed);
    await expectRejected(test.check(60), '4 times: no role', "administration role's right to assume it");
  });
});

describe('DeployStackInstances', () => {
  const deployed = async (): Promise<void> => {
    await test.goOn();
    test.stackSets.end();
    await test.goOn(60);
  };

  it('tells what it has updated', async () => {
    await deployed();
    test.parameters = { Stage: 'webshop-prod' };
    expect((await test.deploy(100)).changes).toEqual([
      { what: 'stack set baseline', from: null, to: 'updated in eu-central-1' },
    ]);
  });

  it('has nothing to ask for where all is current, and remembers whether it may be removed by now', async () => {
    await deployed();
    const before = records();
    change((record) => ({ ...record, removable: true }));
    const report = await test.deploy(100);
    expect(report.result).toEqual({ asked: false, turnNeeded: false, waitSeconds: 0 });
    expect(report.remark).toContain('baseline');
    expect(records()).toEqual(before);
  });

  it('creates in a region that is added with the same content by an operation of its own', async () => {
    await deployed();
    test.regions = [FRANKFURT, IRELAND];
    await test.goOn(100);
    expect(test.stackSets.asked).toEqual(['create eu-central-1', 'create eu-west-1']);
    expect(new Set(test.stackSets.operationIds).size).toBe(2);
  });

  describe('while the stack set is busy', () => {
    it('asks again for those regions alone that it has asked for', async () => {
      test.regions = [FRANKFURT, IRELAND];
      await deployed();
      test.regions = [FRANKFURT, IRELAND, PARIS];
      test.stackSets.isBusy = true;
      await test.deploy(100);
      test.stackSets.isBusy = false;
      await test.deploy(140);
      expect(test.stackSets.asked).toEqual(['create eu-central-1,eu-west-1', 'create eu-west-3']);
      expect(records().map(({ phase }) => phase)).toEqual(['current', 'current', 'accepted']);
    });

    it('asks again for an update as for an update', async () => {
      await deployed();
      test.parameters = { Stage: 'webshop-prod' };
      test.stackSets.isBusy = true;
      await test.deploy(100);
      test.stackSets.isBusy = false;
      await test.deploy(140);
      expect(test.stackSets.asked).toEqual(['create eu-central-1', 'update eu-central-1']);
    });

    it('leaves the records of other stack sets as they are', async () => {
      addOther();
      test.stackSets.isBusy = true;
      await test.deploy();
      test.stackSets.isBusy = false;
      await test.deploy(40);
      expect(records()[0]).toEqual(otherRecord);
    });
  });

  it('asks nothing again of what CloudFormation has taken and does not show yet', async () => {
    await test.deploy();
    test.stackSets.hidden.add(FRANKFURT);
    const { writes } = test.repository;
    expect((await test.deploy(30)).result).toMatchObject({ asked: false });
    expect(test.repository.writes).toBe(writes);
  });

  describe('of an instance that CloudFormation has given up', () => {
    const inoperable = { status: 'INOPERABLE', detailedStatus: 'INOPERABLE' } as const;

    it('writes down once that its operation is over, and frees the lane', async () => {
      await test.deploy();
      test.stackSets.end(inoperable);
      await expectRejected(test.deploy(60), '(INOPERABLE): no reason given', 'retain stacks');
      expect(records()).toMatchObject([{ phase: 'failed' }]);
      expect(test.turns.told.at(-1)).toBe('free stack-set:eu-central-1:baseline');
      const { writes } = test.repository;
      await expectRejected(test.deploy(90), 'INOPERABLE', 'retain stacks');
      expect(test.repository.writes).toBe(writes);
    });

    it('has nothing to write down where the ledger does not know it', async () => {
      test.stackSets.set(FRANKFURT, inoperable);
      await expectRejected(test.deploy(), 'INOPERABLE', 'retain stacks');
      expect(test.repository.writes).toBe(0);
    });
  });

  describe('of an instance of which the ledger knows nothing', () => {
    const lose = (): void => {
      test.repository.tenant = { ...test.repository.tenant, stackInstances: [], numbersFrom: 1_795_730_400 };
    };

    it('writes down what it finds, under the operation that it names', async () => {
      await deployed();
      const [known] = records();
      lose();
      await test.deploy(3600);
      expect(records()).toMatchObject([
        {
          region: FRANKFURT,
          phase: 'current',
          contentHash: known?.contentHash,
          n: 1_795_730_400,
          operationId: known?.operationId,
          askedAt: after(3600).toISOString(),
        },
      ]);
    });

    it('does not take it for current while somebody is at work on it', async () => {
      await deployed();
      test.stackSets.set(FRANKFURT, { detailedStatus: 'RUNNING', status: 'OUTDATED', lastOperationId: 'foreign' });
      lose();
      await test.deploy(3600);
      expect(records()).toMatchObject([{ phase: 'accepted' }]);
    });
  });
});
