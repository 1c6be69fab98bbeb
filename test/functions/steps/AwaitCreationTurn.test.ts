import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import { awaitCreationTurn } from '../../../functions/steps/AwaitCreationTurn/step';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { FakeAccounts } from '../../fakes/fake-accounts';
import { RecordingQueue, RecordingTurns } from '../../fakes/recording-turns';
import { account, creation, tenant, turn, vending } from '../../fakes/vending';

describe('AwaitCreationTurn', () => {
  const queue = new RecordingQueue();
  const accounts = new FakeAccounts();
  let turns: RecordingTurns;

  const enter = (changes: Partial<TenantRecord> = {}) => {
    const repository = new FakeTenantRepository(changes);
    turns = new RecordingTurns(repository);
    queue.asked.length = 0;
    return awaitCreationTurn({ queue, turns, directory: accounts })({ ...vending(), tenant: repository.tenant });
  };

  const isOver = async (changes: Partial<TenantRecord>): Promise<boolean | undefined> => {
    await enter();
    return queue.isOver?.(tenant(changes));
  };

  it.each([true, false])('stands in the lane of account creations; its turn is there: %s', async (isItsTurn) => {
    queue.isItsTurn = isItsTurn;
    expect(await enter()).toMatchObject({ result: { ready: isItsTurn } });
    expect(queue.asked).toEqual(['account-creation']);
    expect(turns.told).toEqual([]);
  });

  it.each([{ account }, { creation: creation() }, { creation: creation({ phase: 'intended', requestId: null }) }])(
    'goes on without a turn where AWS was asked already',
    async (changes) => {
      expect(await enter(changes)).toMatchObject({ result: { ready: true } });
      expect(queue.asked).toEqual(['pass']);
    },
  );

  it('gives back the slot of a request that is over before it asks for a new one', async () => {
    const cleared = creation({ phase: 'cleared', requestId: null });
    await enter({ creation: cleared, turns: { 'account-creation': turn({ used: true }) } });
    expect(turns.told).toEqual(['free account-creation']);
    expect(queue.asked).toEqual(['account-creation']);
  });

  describe('a holder that has held its slot for long', () => {
    beforeEach(async () => {
      accounts.requests.length = 0;
      await accounts.requestAccount({ name: account.name, email: account.email, roleName: 'role', tags: {} });
    });

    it.each([
      { what: 'asked nothing', changes: {}, over: true },
      { what: 'has its account', changes: { account }, over: true },
      { what: 'has a request that AWS works on', changes: { creation: creation({ requestId: 'car-1' }) }, over: false },
      {
        what: 'has a request that AWS does not know',
        changes: { creation: creation({ requestId: 'car-9' }) },
        over: false,
      },
      {
        what: 'had no answer, and AWS works on one',
        changes: { creation: creation({ phase: 'intended', requestId: null }) },
        over: false,
      },
      {
        what: 'had no answer, and AWS works on none',
        changes: { creation: creation({ phase: 'intended', requestId: null, accountName: 'other' }) },
        over: true,
      },
    ] as const)('$what: over is $over', async ({ changes, over }) => {
      expect(await isOver(changes)).toBe(over);
    });

    it.each(['SUCCEEDED', 'FAILED'] as const)('is over when its request has %s', async (state) => {
      accounts.settle(0, { state });
      expect(await isOver({ creation: creation({ requestId: 'car-1' }) })).toBe(true);
    });
  });
});
