import { FRANKFURT, IRELAND, RemovalUnderTest, rolledOut } from './removal-under-test';

let test: RemovalUnderTest;

beforeEach(() => {
  test = new RemovalUnderTest();
});

describe('RemoveStackInstances', () => {
  it('asks for the removal of everything unwanted in one operation, and tells the change', async () => {
    expect(await test.remove()).toEqual({
      result: { asked: true, turnNeeded: false },
      changes: [{ what: 'stack set network', from: 'in eu-central-1, eu-west-1', to: null }],
    });
    expect(test.stackSets.asked).toEqual(['delete eu-central-1,eu-west-1']);
    expect(test.phases).toEqual(['removalAccepted', 'removalAccepted']);
  });

  it('asks CloudFormation nothing without a turn', async () => {
    test.givesTurns = false;
    expect((await test.remove()).result).toEqual({ asked: false, turnNeeded: true });
    expect(test.stackSets.operations).toEqual([]);
  });

  it('needs no turn where the stack set takes many operations at once', async () => {
    test.givesTurns = false;
    Object.assign(test.stackSets.description ?? {}, { takesManyOperations: true });
    expect((await test.remove()).result).toEqual({ asked: true, turnNeeded: false });
    expect(test.turns.told).toEqual(['no limit stack-set:eu-central-1:network']);
  });

  it('writes down what it asks before it asks, and repeats it under the same id after a lost answer', async () => {
    test.stackSets.losesAnswer = true;
    await expect(test.remove()).rejects.toThrow('reset');
    expect(test.phases).toEqual(['removalAsked', 'removalAsked']);
    test.stackSets.losesAnswer = false;
    test.stackSets.set(FRANKFURT, { detailedStatus: 'SUCCEEDED', lastOperationId: 'rolled-out' });
    test.stackSets.set(IRELAND, { detailedStatus: 'SUCCEEDED', lastOperationId: 'rolled-out' });
    expect((await test.remove(10)).result).toMatchObject({ asked: true });
    expect(test.stackSets.operations).toHaveLength(1);
    expect(test.phases).toEqual(['removalAccepted', 'removalAccepted']);
  });

  it('goes on when it was killed before the answer was written down', async () => {
    test.repository.killedAt = 2;
    await expect(test.remove()).rejects.toThrow();
    expect((await test.remove(10)).result).toMatchObject({ asked: false });
    test.stackSets.vanish();
    expect((await test.check(20)).result).toMatchObject({ ready: true });
    expect(test.stackSets.operations).toHaveLength(1);
  });

  it('asks for nothing on a second run', async () => {
    await test.remove();
    test.stackSets.vanish();
    await test.check(20);
    test.repository.writes = 0;
    expect((await test.remove(30)).result).toEqual({ asked: false, turnNeeded: false });
    expect([test.repository.writes, test.stackSets.operations.length]).toEqual([0, 1]);
  });

  it('asks for those alone that are not gone: somebody has removed one by hand', async () => {
    test.stackSets.vanish([FRANKFURT]);
    await test.remove();
    expect(test.stackSets.asked).toEqual(['delete eu-west-1']);
  });

  it('waits for the end of what somebody else does with an instance', async () => {
    test.stackSets.set(IRELAND, { detailedStatus: 'RUNNING', lastOperationId: 'foreign' });
    await test.remove();
    expect(test.stackSets.asked).toEqual(['delete eu-central-1']);
  });

  it('waits for what an earlier run may be about to make', async () => {
    test = new RemovalUnderTest([rolledOut(FRANKFURT, { phase: 'accepted', askedAt: '2026-11-24T09:59:00.000Z' })]);
    test.stackSets.hidden.add(FRANKFURT);
    expect((await test.remove()).result).toMatchObject({ asked: false });
    expect((await test.check()).result).toMatchObject({ ready: false, removeAgain: false });
    test.stackSets.hidden.clear();
    await test.remove(60);
    expect(test.stackSets.asked).toEqual(['delete eu-central-1']);
  });

  it('leaves it for later where the stack set is busy', async () => {
    test.stackSets.isBusy = true;
    expect((await test.remove()).result).toEqual({ asked: false, turnNeeded: false });
    expect(test.phases).toEqual(['removalAsked', 'removalAsked']);
  });

  it('takes instances for gone whose stack set is gone', async () => {
    test.stackSets.description = undefined;
    expect(await test.remove()).toMatchObject({
      result: { asked: false },
      remark: expect.stringContaining('no stack set') as string,
    });
    expect(test.phases).toEqual(['removed', 'removed']);
  });

  it('uses the id of no earlier operation, also when an instance comes and goes again', async () => {
    await test.remove();
    test.stackSets.vanish();
    await test.check(20);
    const again = test.repository.tenant.stackInstances.map((record) => ({
      ...record,
      phase: 'current' as const,
      n: record.n + 1,
    }));
    test.repository.tenant = { ...test.repository.tenant, stackInstances: again };
    for (const region of [FRANKFURT, IRELAND]) test.stackSets.set(region, { detailedStatus: 'SUCCEEDED' });
    await test.remove(100);
    expect(new Set(test.stackSets.operationIds).size).toBe(2);
  });

  it('writes nothing where the stack set is gone and so is every record of it', async () => {
    test.stackSets.description = undefined;
    await test.remove();
    const { writes } = test.repository;
    await test.remove(10);
    expect(test.repository.writes).toBe(writes);
  });

  it('asks nothing again of what CloudFormation has taken and does not show yet', async () => {
    await test.remove();
    for (const region of [FRANKFURT, IRELAND])
      test.stackSets.set(region, { detailedStatus: 'SUCCEEDED', lastOperationId: 'rolled-out' });
    const { writes } = test.repository;
    const report = await test.remove(10);
    expect(report.result).toEqual({ asked: false, turnNeeded: false });
    expect(report.remark).toContain('network');
    expect(test.repository.writes).toBe(writes);
  });

  it('removes from other regions by an operation of its own, though under the same number', async () => {
    test.stackSets.set(IRELAND, { detailedStatus: 'RUNNING', lastOperationId: 'foreign' });
    await test.remove();
    test.stackSets.vanish();
    await test.check(20);
    test.stackSets.set(IRELAND, { detailedStatus: 'SUCCEEDED', status: 'CURRENT' });
    await test.remove(60);
    expect(test.stackSets.asked).toEqual(['delete eu-central-1', 'delete eu-west-1']);
    expect(new Set(test.stackSets.operationIds).size).toBe(2);
  });

  it('counts no failure of the roll-out', async () => {
    test = new RemovalUnderTest([rolledOut(FRANKFURT, { failures: 2 })]);
    await test.remove();
    expect(test.repository.tenant.stackInstances).toMatchObject([{ phase: 'removalAccepted', failures: 0 }]);
  });

  it('repeats for those regions alone that it has asked for', async () => {
    const asked = rolledOut(FRANKFURT, { phase: 'removalAsked', operationId: 'mine', n: 2 });
    test = new RemovalUnderTest([asked, rolledOut(IRELAND)]);
    await test.remove();
    expect(test.stackSets.asked).toEqual(['delete eu-central-1']);
    expect(test.stackSets.operationIds).toEqual(['mine']);
    expect(test.phases).toContain('current');
  });
});
