import { expectRejected } from '../../fakes/expect-rejected';
import { account } from '../../fakes/vending';
import { FRANKFURT, IRELAND, PARIS, StackSetsUnderTest } from './stack-sets-under-test';

let test: StackSetsUnderTest;

beforeEach(() => {
  test = new StackSetsUnderTest();
});

/** Deployed by an earlier run. */
async function deployed(): Promise<void> {
  await test.goOn();
  test.stackSets.end();
  expect(await test.goOn(60)).toMatchObject({ ready: true });
}

describe('DeployStackInstances', () => {
  it('creates what is missing, with those parameters alone that the template declares', async () => {
    expect(await test.deploy()).toEqual({
      result: { asked: true, turnNeeded: false, waitSeconds: 66 },
      changes: [{ what: 'stack set baseline', from: null, to: 'created in eu-central-1' }],
    });
    const [operation] = test.stackSets.operations;
    expect(operation?.request).toMatchObject({
      accountId: account.id,
      regions: [FRANKFURT],
      parameters: { AccountId: account.id, Stage: 'webshop-dev' },
    });
    expect(operation?.request.operationId).toMatch(/^[a-zA-Z0-9][-a-zA-Z0-9]{0,127}$/);
  });

  it('asks for nothing before the roles of the account count, and waits for them only then', async () => {
    let waits = 0;
    test.rolesCount = () => {
      waits += 1;
      expect(test.stackSets.asked).toEqual([]);
      return Promise.resolve();
    };
    await deployed();
    expect(test.stackSets.asked).toHaveLength(1);
    expect(waits).toBe(1);
  });

  it('creates in all regions by one operation', async () => {
    test.regions = [FRANKFURT, IRELAND];
    expect((await test.deploy()).result).toMatchObject({ asked: true, waitSeconds: 132 });
    expect(test.stackSets.asked).toEqual(['create eu-central-1,eu-west-1']);
  });

  it('writes nothing, neither to AWS nor to the ledger, when all is as planned', async () => {
    await deployed();
    const { writes } = test.repository;
    expect(await test.goOn(3600)).toMatchObject({ ready: true });
    expect(test.stackSets.asked).toHaveLength(1);
    expect(test.repository.writes).toBe(writes);
  });

  it.each([
    {
      what: 'another value',
      change: { Stage: 'webshop-prod' },
      declared: ['AccountId', 'Stage'],
      asked: ['update eu-central-1'],
    },
    {
      what: 'a value that nobody declares',
      change: { Undeclared: 'yes' },
      declared: ['AccountId', 'Stage'],
      asked: [],
    },
    {
      what: 'a parameter that is declared now',
      change: {},
      declared: ['AccountId', 'Stage', 'Undeclared'],
      asked: ['update eu-central-1'],
    },
  ])('updates what is there for $what, by a new operation if at all', async ({ change, declared, asked }) => {
    await deployed();
    test.parameters = { ...test.parameters, ...change };
    test.stackSets.declare(declared);
    await test.goOn(3600);
    expect(test.stackSets.asked.slice(1)).toEqual(asked);
    expect(new Set(test.stackSets.operationIds).size).toBe(1 + asked.length);
  });

  it('creates in a new region first, then updates the others', async () => {
    test.regions = [FRANKFURT, IRELAND];
    await deployed();
    test.regions = [FRANKFURT, IRELAND, PARIS];
    test.parameters = { Stage: 'webshop-prod' };
    await test.goOn(3600);
    test.stackSets.end();
    await test.goOn(3700);
    test.stackSets.end();
    expect(await test.goOn(3800)).toMatchObject({ ready: true });
    expect(test.stackSets.asked.slice(1)).toEqual(['create eu-west-3', 'update eu-central-1,eu-west-1']);
  });

  it('goes back to what was there before by yet another operation', async () => {
    await deployed();
    for (const Stage of ['webshop-prod', 'webshop-dev']) {
      test.parameters = { Stage };
      await test.goOn(3600);
      test.stackSets.end();
      expect(await test.goOn(3700)).toMatchObject({ ready: true });
    }
    expect(new Set(test.stackSets.operationIds).size).toBe(3);
  });

  describe('of which the ledger knows nothing', () => {
    /** The ledger was lost, and has been rebuilt. */
    const lose = (): void => {
      test.repository.tenant = { ...test.repository.tenant, stackInstances: [], numbersFrom: 1_795_730_400 };
    };

    it('are taken as they are where they are current and have the parameters that they are to have', async () => {
      await deployed();
      lose();
      expect(await test.goOn(3600)).toMatchObject({ ready: true });
      expect(test.stackSets.asked).toEqual(['create eu-central-1']);
      expect(test.repository.tenant.stackInstances).toMatchObject([{ region: FRANKFURT, phase: 'current' }]);
      expect(await test.goOn(7200)).toMatchObject({ ready: true });
    });

    it.each([
      { what: 'other parameters', change: () => test.stackSets.overrides.set(FRANKFURT, { Stage: 'other' }) },
      { what: 'fewer parameters', change: () => test.stackSets.overrides.set(FRANKFURT, { Stage: 'webshop-dev' }) },
      {
        what: 'failed',
        change: () => {
          test.stackSets.set(FRANKFURT, { detailedStatus: 'FAILED', status: 'OUTDATED' });
        },
      },
    ])('are updated where they have $what', async ({ change }) => {
      await deployed();
      change();
      lose();
      await test.goOn(3600);
      expect(test.stackSets.asked).toEqual(['create eu-central-1', 'update eu-central-1']);
    });

    it('get operations of their own: those of the ledger that was lost are known to CloudFormation', async () => {
      await deployed();
      test.stackSets.vanish([FRANKFURT]);
      lose();
      await test.goOn(3600);
      expect(test.stackSets.asked).toEqual(['create eu-central-1', 'create eu-central-1']);
      expect(new Set(test.stackSets.operationIds).size).toBe(2);
    });
  });

  describe('killed', () => {
    it.each([
      { where: 'before it wrote anything down', killedAt: 1 },
      { where: 'before it wrote down that AWS has accepted', killedAt: 2 },
    ])('$where, asks for the same operation', async ({ killedAt }) => {
      test.regions = [FRANKFURT, IRELAND];
      test.repository.killedAt = killedAt;
      await expect(test.deploy()).rejects.toThrow();
      await test.goOn(30);
      test.stackSets.end();
      expect(await test.goOn(90)).toMatchObject({ ready: true });
      expect(test.stackSets.asked).toEqual(['create eu-central-1,eu-west-1']);
    });

    it('repeats all of it under its id when the answer was lost and the list shows a part', async () => {
      test.regions = [FRANKFURT, IRELAND];
      test.stackSets.losesAnswer = true;
      test.stackSets.hidden.add(IRELAND);
      await expect(test.deploy()).rejects.toThrow();
      await test.deploy(30);
      expect(test.stackSets.asked).toEqual(['create eu-central-1,eu-west-1']);
      expect(test.repository.tenant.stackInstances.map(({ phase }) => phase)).toEqual(['accepted', 'accepted']);
    });
  });

  it('asks again under the same id while the stack set is busy', async () => {
    test.stackSets.isBusy = true;
    expect(await test.deploy()).toMatchObject({
      result: { asked: false },
      remark: 'baseline is busy with another operation.',
    });
    const [first] = test.repository.tenant.stackInstances;
    test.stackSets.isBusy = false;
    await test.deploy(40);
    expect(test.stackSets.operationIds).toEqual([first?.operationId]);
    expect(test.repository.tenant.stackInstances).toMatchObject([{ n: 1, phase: 'accepted', askedAt: first?.askedAt }]);
  });

  describe('beside other people', () => {
    it('has nothing to do after somebody has changed the stack set itself: the instance keeps our parameters', async () => {
      await deployed();
      test.stackSets.set(FRANKFURT, { lastOperationId: 'foreign', status: 'CURRENT', detailedStatus: 'SUCCEEDED' });
      expect(await test.goOn(3600)).toMatchObject({ ready: true });
      expect(test.stackSets.asked).toHaveLength(1);
    });

    it('waits for what somebody else is doing to the instance', async () => {
      await deployed();
      test.stackSets.set(FRANKFURT, { lastOperationId: 'foreign', status: 'OUTDATED', detailedStatus: 'RUNNING' });
      test.enteredAt = 3600;
      expect(await test.goOn(3600)).toMatchObject({ ready: false, deployAgain: false });
      expect(test.stackSets.asked).toHaveLength(1);
    });

    it('mends what somebody else has left outdated', async () => {
      await deployed();
      test.stackSets.set(FRANKFURT, { lastOperationId: 'foreign', status: 'OUTDATED', detailedStatus: 'FAILED' });
      await test.goOn(3600);
      test.stackSets.end();
      expect(await test.goOn(3700)).toMatchObject({ ready: true });
      expect(test.stackSets.asked).toEqual(['create eu-central-1', 'update eu-central-1']);
    });

    it('creates again what somebody has deleted', async () => {
      await deployed();
      test.stackSets.instances.clear();
      await test.goOn(3600);
      expect(test.stackSets.asked).toEqual(['create eu-central-1', 'create eu-central-1']);
      expect(new Set(test.stackSets.operationIds).size).toBe(2);
    });
  });

  it('creates again, with the same content, what was found gone when it was to be removed', async () => {
    test.regions = [FRANKFURT, IRELAND];
    await deployed();
    test.stackSets.instances.delete(FRANKFURT);
    const stackInstances = test.repository.tenant.stackInstances.map((record) =>
      record.region === FRANKFURT ? { ...record, phase: 'removed' as const } : record,
    );
    test.repository.tenant = { ...test.repository.tenant, stackInstances };
    await test.goOn(3600);
    test.stackSets.end();

    expect(await test.goOn(3700)).toMatchObject({ ready: true });
    expect(test.stackSets.asked).toEqual(['create eu-central-1,eu-west-1', 'create eu-central-1']);
    expect(new Set(test.stackSets.operationIds).size).toBe(2);
  });

  it('refuses a stack set that is not there', async () => {
    test.stackSets.description = undefined;
    await expectRejected(test.deploy(), 'no stack set "baseline" in eu-central-1', 'landing-zones/aws-dev.json');
    expect(test.repository.writes).toBe(0);
  });

  it('gives up on an instance that CloudFormation has given up, and creates it again once a person has deleted it', async () => {
    await test.goOn();
    test.stackSets.end({ status: 'INOPERABLE', detailedStatus: 'INOPERABLE', reason: 'The stack cannot be updated.' });
    expect(await test.check(60)).toMatchObject({ result: { deployAgain: true } });
    await expectRejected(test.deploy(60), 'The stack cannot be updated.', 'retain stacks');
    expect(test.stackSets.asked).toHaveLength(1);
    test.stackSets.instances.clear();
    await test.goOn(600);
    expect(test.stackSets.asked).toHaveLength(2);
  });
});
