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
      const report = await enter(changes);
      expect(report).toMatchObject({ result: { ready: true } });
      expect(report.remark).toContain('asked for the account already');
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
        what: 'has a request that AWS does not know, and AWS works on no other',
        changes: { creation: creation({ requestId: 'car-9', accountName: 'other' }) },
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

    it.each([
      { what: 'is known to have made its account', changes: { madeAccountId: account.id } },
      { what: 'is known to have failed', changes: { failure: { reason: 'EMAIL_ALREADY_EXISTS' } } },
    ])('is over when its request $what, whatever AWS shows', async ({ changes }) => {
      expect(await isOver({ creation: creation({ requestId: 'car-1', ...changes }) })).toBe(true);
    });

    describe('had no answer, in an organization with many requests', () => {
      const unanswered = creation({ phase: 'intended', requestId: null });
      const sixHours = 6 * 60 * 60;
      const other = { id: 'car-7', state: 'IN_PROGRESS', accountName: 'other', accountId: null, failureReason: null };
      const ours = { ...other, accountName: unanswered.accountName };

      const looked = async (pages: readonly unknown[], seconds = 0): Promise<unknown> => {
        const listRequests = jest.fn((token: string | null) => Promise.resolve(pages[Number(token ?? 0)] ?? pages[0]));
        const directory = { describeRequest: () => Promise.resolve(undefined), listRequests } as never;
        await awaitCreationTurn({ queue, turns, directory })({ ...vending({ at: seconds }), tenant: tenant() });
        const over = await queue.isOver?.(tenant({ creation: unanswered }));
        return { over, pages: listRequests.mock.calls.length };
      };

      it('is at work where it is among them, on whichever page', async () => {
        const pages = [
          { items: [other], nextToken: '1' },
          { items: [other, { ...ours, state: 'FAILED' }, ours], nextToken: null },
        ];
        expect(await looked(pages)).toEqual({ over: false, pages: 2 });
        expect(await looked(pages, sixHours + 1)).toEqual({ over: false, pages: 2 });
      });

      it('is over where only others are at work, or its own has ended', async () => {
        const pages = [{ items: [other, { ...ours, state: 'SUCCEEDED' }], nextToken: null }];
        expect(await looked(pages)).toEqual({ over: true, pages: 1 });
      });

      it.each([
        { what: 'no list is read to its end', pages: [{ items: [other], nextToken: '0' }], read: 800 },
        { what: 'the place in the list has expired', pages: ['expired'], read: 1 },
      ])('is over only after six hours where $what', async ({ pages, read }) => {
        expect(await looked(pages, sixHours)).toEqual({ over: false, pages: read });
        expect(await looked(pages, sixHours + 1)).toEqual({ over: true, pages: read });
      });
    });
  });
});
