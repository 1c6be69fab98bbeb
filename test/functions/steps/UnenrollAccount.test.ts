import { unenrollAccount } from '../../../functions/steps/UnenrollAccount/step';
import { FakeAccountFactory } from '../../fakes/fake-account-factory';
import { FakeFurnishingMemory } from '../../fakes/fake-furnishing-memory';
import { FakeOrganizationTree } from '../../fakes/fake-organization-tree';
import { giveTurn, RecordingTurns } from '../../fakes/recording-turns';
import { account, enrollment, NOW, vending } from '../../fakes/vending';

const LANE = 'account-factory';

describe('UnenrollAccount', () => {
  let memory: FakeFurnishingMemory;
  let factory: FakeAccountFactory;
  let turns: RecordingTurns;

  beforeEach(() => {
    memory = new FakeFurnishingMemory();
    turns = new RecordingTurns(memory);
    factory = new FakeAccountFactory(new FakeOrganizationTree({ [account.id]: 'ou-ab12-cdefgh34' }));
  });

  const product = (status: 'AVAILABLE' | 'UNDER_CHANGE' | 'TAINTED') =>
    factory.products.push({
      ...{ id: 'pp-1', name: 'retail-1', status, lastRecordId: 'rec-0', hasSucceeded: status !== 'TAINTED' },
      accountId: account.id,
    });

  const run = (planned: typeof enrollment | null = enrollment) =>
    unenrollAccount({ memory, factory, turns })({
      ...vending({ plan: { enrollment: planned } }),
      tenant: memory.tenant,
    });

  it('writes nothing where Control Tower does not manage the account', async () => {
    expect(await run()).toMatchObject({ result: { ready: true, turnNeeded: false } });
    expect(memory.writes).toBe(0);
    expect(turns.told).toEqual([]);
  });

  it('asks nobody where there is no Control Tower', async () => {
    product('AVAILABLE');
    expect(await run(null)).toMatchObject({ result: { ready: true } });
  });

  it('asks nothing without a turn', async () => {
    product('AVAILABLE');
    expect(await run()).toMatchObject({ result: { ready: false, turnNeeded: true } });
    expect(factory.operations).toEqual([]);
  });

  it.each(['AVAILABLE', 'TAINTED'] as const)(
    'terminates a product that is %s, and is ready once it is gone',
    async (status) => {
      product(status);
      giveTurn(memory, LANE);
      expect(await run()).toMatchObject({
        result: { ready: false, turnNeeded: false },
        changes: [{ what: 'enrollment', from: 'retail-1', to: null }],
      });
      expect(factory.asked).toEqual(['terminate 1']);
      expect(memory.tenant.enrollment).toMatchObject({ phase: 'asked', kind: 'terminate', recordId: 'rec-1' });
      await factory.end('SUCCEEDED');
      expect(await run()).toMatchObject({ result: { ready: true } });
      // The next operation has another token, should the deletion be taken back.
      expect(memory.tenant.enrollment).toMatchObject({ phase: 'ended', attempt: 1 });
    },
  );

  it('makes the same call again when its answer was lost', async () => {
    product('AVAILABLE');
    giveTurn(memory, LANE);
    factory.losesAnswer = true;
    await expect(run()).rejects.toThrow('reset');
    factory.losesAnswer = false;
    await run();
    expect(factory.asked).toEqual(['terminate 1']);
    expect(memory.tenant.enrollment).toMatchObject({ phase: 'asked', recordId: 'rec-1' });
  });

  it('frees the slot of what has ended after the one who asked was killed', async () => {
    product('AVAILABLE');
    giveTurn(memory, LANE);
    factory.losesAnswer = true;
    await expect(run()).rejects.toThrow('reset');
    await factory.end('SUCCEEDED');
    expect(await run()).toMatchObject({ result: { ready: true } });
    expect(turns.told).toEqual([`free ${LANE}`]);
    await run();
    expect(turns.told).toHaveLength(1);
  });

  it('waits for what an earlier run, or somebody else, has begun', async () => {
    product('UNDER_CHANGE');
    expect(await run()).toMatchObject({ result: { ready: false, turnNeeded: false } });
    expect(factory.operations).toEqual([]);
    expect(memory.tenant.enrollment).toMatchObject({ phase: 'asked', recordId: 'rec-0' });
  });

  it('waits where Control Tower has no place', async () => {
    product('AVAILABLE');
    giveTurn(memory, LANE);
    factory.isBusy = true;
    expect(await run()).toMatchObject({ result: { ready: false, turnNeeded: false } });
    expect(memory.tenant.enrollment).toMatchObject({ phase: 'waiting', busySince: NOW.toISOString() });
  });
});
