import { RejectedError, TransientError } from '../../../functions/domain/base/errors';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import type { StepReport } from '../../../functions/domain/run/step-context';
import { createAccount } from '../../../functions/steps/CreateAccount/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeTenantRepository, ProcessKilledError } from '../../fakes/fake-tenant-repository';
import { FakeAccounts } from '../../fakes/fake-accounts';
import { FakeOrganizationTree } from '../../fakes/fake-organization-tree';
import { giveTurn, RecordingTurns } from '../../fakes/recording-turns';
import { account, after, creation, NOW, plan, TENANT, turn, vending } from '../../fakes/vending';

const intended = creation({ phase: 'intended', requestId: null });
const changedPlan = plan({
  account: { ...plan().account, name: 'new.name', email: 'new@corp.example', accessRole: 'New' },
});

describe('CreateAccount', () => {
  let repository: FakeTenantRepository;
  let accounts: FakeAccounts;
  let tree: FakeOrganizationTree;

  let turns: RecordingTurns;

  const remembers = (changes: Partial<TenantRecord> = {}): void => {
    repository = new FakeTenantRepository({ turns: { 'account-creation': turn() }, ...changes });
    turns = new RecordingTurns(repository);
  };

  beforeEach(() => {
    remembers();
    accounts = new FakeAccounts();
    tree = new FakeOrganizationTree({ 'ou-ab12-cdefgh34': 'r-ab12' });
  });

  const run = (planned = plan()): Promise<StepReport> =>
    createAccount({ repository, accounts, tree, turns })({ ...vending({ plan: planned }), tenant: repository.tenant });

  it('asks AWS for the account of the plan, with the tag that ties it to its tenant', async () => {
    // The first look is no earlier than AWS can be done.
    expect(await run()).toEqual({ result: { asked: true, turnNeeded: false, waitSeconds: 6 } });
    expect(accounts.asked).toEqual([
      {
        name: account.name,
        email: account.email,
        roleName: 'MeshstackAccountAccessRole',
        tags: { 'account-vending:tenant-uuid': TENANT },
      },
    ]);
  });

  it('writes what it is going to ask before it asks, and the request id after', async () => {
    let known: unknown;
    const watched = {
      requestAccount: (request: Parameters<FakeAccounts['requestAccount']>[0]) => {
        known = repository.tenant.creation;
        return accounts.requestAccount(request);
      },
    };
    await createAccount({ repository, accounts: watched, tree, turns })({ ...vending(), tenant: repository.tenant });
    expect(known).toEqual(intended);
    expect(repository.creations).toEqual([intended, creation({ requestId: 'car-1' })]);
  });

  it.each([
    { known: 'account', changes: { account }, says: 'known already' },
    { known: 'request', changes: { creation: creation() }, says: 'asked already' },
    { known: 'intent whose answer was lost', changes: { creation: intended }, says: 'was lost' },
  ])('asks nothing and writes nothing when there is an $known already', async ({ changes, says }) => {
    remembers(changes);
    const report = await run(changedPlan);
    expect(report).toMatchObject({ result: { asked: false } });
    expect(report.remark).toContain(says);
    expect(accounts.asked).toEqual([]);
    expect(repository.creations).toEqual([]);
  });

  it('asks again with what was pinned, not with a newer plan, once it is certain that AWS has made nothing', async () => {
    remembers({ creation: creation({ phase: 'cleared', requestId: null, attempt: 2 }) });
    await run(changedPlan);
    expect(accounts.asked).toMatchObject([
      { name: account.name, email: account.email, roleName: 'MeshstackAccountAccessRole' },
    ]);
    expect(repository.tenant.creation).toMatchObject({ phase: 'requested', attempt: 3, intendedAt: NOW.toISOString() });
  });

  it('refuses an OU that does not exist before it asks, names the file to correct, and pins nothing', async () => {
    const misplaced = plan({ targetOrgUnitId: 'ou-ab12-missing0' });
    await expectRejected(run(misplaced), 'ou-ab12-missing0', 'landing-zones/aws-dev.json');
    expect(accounts.asked).toEqual([]);
    expect(repository.creations).toEqual([]);
  });

  it('names the setting of the unit in which workspaces get theirs, where that is missing', async () => {
    const workspaceOrgUnit = { parentOrgUnitId: 'ou-ab12-missing0', name: 'retail' };
    const misplaced = plan({ targetOrgUnitId: null, workspaceOrgUnit });
    await expectRejected(run(misplaced), 'ou-ab12-missing0', 'workspaceOrgUnits.parentOrgUnitId in platform.json');
  });

  it('makes accounts for the root too', async () => {
    expect(await run(plan({ targetOrgUnitId: 'r-ab12' }))).toMatchObject({ result: { asked: true } });
  });

  describe('when AWS has turned the call away', () => {
    const throttle = new TransientError('Too many requests.', { nothingDone: true });
    const refusal = new RejectedError('The quota is reached.', 'Raise it.');
    const turnNeeded = { asked: false, turnNeeded: true, waitSeconds: 20 };

    it('queues again after a pause, so that a throttle uses up no retries and is answered at our own rate', async () => {
      accounts.refusal = throttle;
      expect(await run()).toEqual({ result: turnNeeded, remark: 'Too many requests.' });
      expect(turns.told).toEqual(['free account-creation']);
    });

    it('does not queue for ever', async () => {
      accounts.refusal = throttle;
      const at = (seconds: number): Promise<StepReport> => {
        giveTurn(repository, 'account-creation', after(seconds));
        return createAccount({ repository, accounts, tree, turns })({
          ...vending({ at: seconds }),
          tenant: repository.tenant,
        });
      };
      await run();
      expect(await at(4 * 3600 - 1)).toMatchObject({ result: turnNeeded });
      await expectRejected(at(4 * 3600), 'too busy for 4 hours', 'replay this run');
      await expect(at(4 * 3600)).rejects.toMatchObject({ cause: throttle });
    });

    it('gives its turn to others and ends when AWS says no', async () => {
      accounts.refusal = refusal;
      await expect(run()).rejects.toBe(refusal);
      expect(turns.told).toEqual(['free account-creation']);
    });

    it.each([throttle, refusal])('pins nothing: %s', async (by) => {
      accounts.refusal = by;
      await run().catch(() => undefined);
      expect(repository.tenant.creation).toBeNull();
      accounts.refusal = undefined;
      giveTurn(repository, 'account-creation');
      await run(changedPlan);
      expect(accounts.asked).toMatchObject([{ name: 'new.name', email: 'new@corp.example', roleName: 'New' }]);
    });

    it('keeps what an earlier request has pinned', async () => {
      const cleared = creation({ phase: 'cleared', requestId: null, attempt: 2 });
      remembers({ creation: cleared });
      accounts.refusal = throttle;
      await run();
      expect(repository.tenant.creation).toEqual(cleared);
    });
  });

  describe('without a turn', () => {
    it.each([
      { what: 'none', turns: {} },
      { what: 'one that was used already', turns: { 'account-creation': turn({ used: true }) } },
      {
        what: 'one whose time has passed',
        turns: { 'account-creation': turn({ notBefore: after(-31).toISOString() }) },
      },
    ])('asks AWS for nothing, not even to look: $what', async ({ turns: held }) => {
      remembers({ turns: held });
      tree = new FakeOrganizationTree({});
      expect(await run()).toMatchObject({ result: { asked: false, turnNeeded: true, waitSeconds: 0 } });
      expect(accounts.asked).toEqual([]);
      expect(repository.creations).toEqual([]);
    });

    it('asks nothing when its turn was taken back after it had been read', async () => {
      const read = { ...vending(), tenant: repository.tenant };
      repository.tenant = { ...repository.tenant, turns: {} };
      const report = await createAccount({ repository, accounts, tree, turns })(read);
      expect(report).toMatchObject({ result: { asked: false, turnNeeded: true } });
      expect(report.remark).toContain('taken back');
      expect(accounts.asked).toEqual([]);
    });

    it('says that it has none', async () => {
      remembers({ turns: {} });
      expect((await run()).remark).toContain('no turn');
    });

    it('uses its turn in the write of the intent', async () => {
      await run();
      expect(repository.tenant.turns).toEqual({ 'account-creation': turn({ used: true }) });
    });
  });

  describe('where AWS takes no requests for a while', () => {
    const delay = {
      state: 'DELAYED',
      meaning: 'it is too early',
      remedy: 'Ask AWS.',
      waitSeconds: 300,
      giveUpAfterSeconds: 3600,
    } as const;

    beforeEach(() => {
      accounts.delay = delay;
    });

    const runAt = (at: number, planned = plan()): Promise<StepReport> =>
      createAccount({ repository, accounts, tree, turns })({
        ...vending({ plan: planned, at }),
        tenant: repository.tenant,
      });

    it('writes down when to ask again, and pins nothing: a newer plan decides', async () => {
      expect(await run()).toMatchObject({
        result: { asked: false },
        remark: expect.stringContaining('it is too early') as string,
      });
      const notBefore = after(300).toISOString();
      expect(repository.tenant.creation).toMatchObject({ phase: 'cleared', attempt: 0, notBefore });
      accounts.delay = undefined;
      giveTurn(repository, 'account-creation', after(300));
      await runAt(300, changedPlan);
      expect(accounts.asked).toMatchObject([{ name: 'new.name', email: 'new@corp.example', roleName: 'New' }]);
      expect(repository.tenant.creation).toMatchObject({ phase: 'requested', attempt: 1, notBefore: null });
    });

    it('keeps what an earlier request has pinned', async () => {
      remembers({ creation: creation({ phase: 'cleared', requestId: null, attempt: 2 }) });
      await runAt(0, changedPlan);
      expect(repository.tenant.creation).toMatchObject({ phase: 'cleared', attempt: 2, email: account.email });
    });

    it('gives up in the end, with a remedy, and leaves nothing behind', async () => {
      remembers({ turns: { 'account-creation': turn({ notBefore: after(3599).toISOString() }) } });
      await runAt(3599);
      expect(repository.tenant.creation).not.toBeNull();
      giveTurn(repository, 'account-creation', after(3600));
      await expectRejected(runAt(3600), 'for 1 hours: it is too early', 'Ask AWS.');
      expect(repository.tenant.creation).toBeNull();
    });
  });

  it.each([new TransientError('The connection was reset.'), new Error('unknown')])(
    'leaves the intent when nobody knows what AWS has done: %s',
    async (failure) => {
      accounts.refusal = failure;
      await expect(run()).rejects.toBe(failure);
      expect(repository.tenant.creation).toEqual(intended);
      expect(await run()).toMatchObject({ result: { asked: false } });
      expect(accounts.asked).toEqual([]);
    },
  );

  it.each([
    { when: 'before the intent is written', killedAt: 1, asked: 1 },
    { when: 'after AWS was asked, before the request id is written', killedAt: 2, asked: 1 },
  ])('asks once in all when it is killed $when and runs again', async ({ killedAt, asked }) => {
    repository.killedAt = killedAt;
    await expect(run()).rejects.toBeInstanceOf(ProcessKilledError);
    await run();
    await run();
    expect(accounts.asked).toHaveLength(asked);
  });

  it('asks not at all when it is killed after the intent and runs again: CheckAccount has to look first', async () => {
    const killed = { requestAccount: () => Promise.reject(new ProcessKilledError()) };
    await expect(
      createAccount({ repository, accounts: killed, tree, turns })({ ...vending(), tenant: repository.tenant }),
    ).rejects.toBeInstanceOf(ProcessKilledError);
    expect(await run()).toMatchObject({ result: { asked: false } });
    expect(accounts.asked).toEqual([]);
    expect(repository.tenant.creation).toEqual(intended);
  });

  it('asks nothing when another run has gone on meanwhile', async () => {
    const stale = { ...vending(), tenant: repository.tenant };
    remembers({ creation: creation() });
    await expect(createAccount({ repository, accounts, tree, turns })(stale)).rejects.toBeInstanceOf(TransientError);
    expect(accounts.asked).toEqual([]);
  });
});
