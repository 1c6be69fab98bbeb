import { RejectedError, TransientError } from '../../../functions/domain/base/errors';
import type { Closure } from '../../../functions/domain/records/account-records';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import type { AccountCloser } from '../../../functions/ports/organizations';
import { closeAccount } from '../../../functions/steps/CloseAccount/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { giveTurn, RecordingTurns } from '../../fakes/recording-turns';
import { account, after, NOW, OTHER_TENANT, TENANT, turn, vending } from '../../fakes/vending';

const KEY = 'account-vending:tenant-uuid';
const LANE = 'account-closing';
const closing = { managementAccountId: '222222222222', closesAccount: true, releasesAlias: true };

describe('CloseAccount', () => {
  let repository: FakeTenantRepository;
  let turns: RecordingTurns;
  let state: string | undefined;
  let tags: Readonly<Record<string, string>>;
  let answer: () => ReturnType<AccountCloser['close']>;
  let closed: string[];
  let counts: number;

  const begin = (changes: Partial<TenantRecord> = {}, { turn: hasTurn = true } = {}): void => {
    repository = FakeTenantRepository.withAccount(changes);
    turns = new RecordingTurns(repository);
    if (hasTurn) giveTurn(repository, LANE);
  };

  beforeEach(() => {
    begin();
    state = 'ACTIVE';
    tags = { [KEY]: TENANT };
    answer = () => Promise.resolve('taken');
    closed = [];
    counts = 0;
  });

  const { id, arn, name, email } = account;
  const run = ({ at = 0, managementAccountId = closing.managementAccountId, ownAccountId = '111111111111' } = {}) =>
    closeAccount({
      repository,
      turns,
      closer: {
        close: (accountId) => {
          closed.push(accountId);
          return answer();
        },
      },
      directory: {
        describeAccount: (accountId) =>
          Promise.resolve(state === undefined || accountId !== id ? undefined : { id, arn, name, email, state }),
        listTags: (accountId) => Promise.resolve(accountId === id ? tags : {}),
      },
      own: { id: () => Promise.resolve(ownAccountId) },
      quota: { count: () => Promise.resolve((counts += 2000)) },
    })({ ...vending({ plan: { closing: { ...closing, managementAccountId } }, at }), tenant: repository.tenant });

  const closure = (phase: Closure['phase'], askedAt = NOW): Closure => ({
    phase,
    failures: 0,
    askedAt: askedAt.toISOString(),
  });

  it('writes down that AWS is asked, asks once, and writes down that AWS has taken it', async () => {
    answer = () => {
      expect(repository.tenant.closure).toEqual(closure('asked'));
      return Promise.resolve('taken');
    };
    expect(await run()).toMatchObject({ result: { asked: true, turnNeeded: false } });
    expect(closed).toEqual([account.id]);
    expect(repository.tenant.closure).toEqual(closure('accepted'));
    expect(repository.tenant.turns[LANE]?.used).toBe(true);
  });

  it('remembers how often AWS has not done it, and when it was asked last', async () => {
    begin({ closure: { ...closure('failed', after(-3600)), failures: 2 } });
    const { result } = await run({ at: 7 });
    expect(result).toMatchObject({ asked: true, waitSeconds: 15 });
    expect(repository.tenant.closure).toEqual({ ...closure('accepted', after(7)), failures: 2 });
  });

  it('remembers that, too, where somebody else has closed the account', async () => {
    begin({ closure: { ...closure('failed', after(-3600)), failures: 2 } });
    state = 'PENDING_CLOSURE';
    await run({ at: 7 });
    expect(repository.tenant.closure).toEqual({ ...closure('accepted', after(7)), failures: 2 });
    expect(closed).toEqual([]);
  });

  it('asks nothing without a turn', async () => {
    begin({}, { turn: false });
    expect(await run()).toMatchObject({ result: { asked: false, turnNeeded: true } });
    expect(closed).toEqual([]);
  });

  it('asks nothing again while AWS does not show what it was asked for', async () => {
    begin({ closure: closure('accepted') });
    expect(await run()).toMatchObject({ result: { asked: false, turnNeeded: false } });
    expect(closed).toEqual([]);
  });

  it.each(['PENDING_CLOSURE', 'CLOSED'])('takes an account that is %s for closed by somebody', async (now) => {
    state = now;
    const report = await run();
    expect(report).toMatchObject({ result: { asked: false, turnNeeded: false } });
    expect(report.remark).toContain(now);
    expect(closed).toEqual([]);
    expect(repository.tenant.closure).toEqual(closure('accepted'));
    expect(turns.told).toEqual([`free ${LANE}`]);
  });

  it.each(['SUSPENDED', 'PENDING_ACTIVATION'])(
    'takes an account that is %s for neither open nor closed',
    async (now) => {
      state = now;
      await expectRejected(run(), `(${now}): it is not closed`, 'once AWS shows the account as ACTIVE or CLOSED');
      expect(closed).toEqual([]);
      expect(repository.tenant.closure).toBeNull();
    },
  );

  it('waits while AWS says a word that is not known, for a day', async () => {
    state = 'HIBERNATING';
    expect(await run()).toMatchObject({ result: { asked: false, turnNeeded: true, waitSeconds: 900 } });
    expect(turns.told).toEqual([`free ${LANE}`]);
    await expectRejected(run({ at: 24 * 3600 }), 'HIBERNATING', 'AWS Organizations console');
    expect(closed).toEqual([]);
    expect(repository.tenant.closure).toBeNull();
  });

  it('goes on with a request whose answer was lost, and asks with another turn if AWS shows nothing of it', async () => {
    answer = () => Promise.reject(new TransientError('The connection was reset.'));
    await expect(run()).rejects.toThrow('reset');
    expect(repository.tenant.closure).toEqual(closure('asked'));
    answer = () => Promise.resolve('taken');
    expect(await run({ at: 10 })).toMatchObject({ result: { turnNeeded: true } });
    begin({ closure: closure('asked') });
    expect(await run()).toMatchObject({ result: { asked: true } });
    expect(closed).toHaveLength(2);
  });

  it.each([
    { what: 'another tenant’s', found: { [KEY]: OTHER_TENANT } },
    { what: 'untagged', found: {} },
  ])('guards once more: an account that is $what is not closed', async ({ found }) => {
    tags = found;
    await expectRejected(run(), 'nothing was taken from it', KEY);
    expect(closed).toEqual([]);
    expect(repository.tenant.closure).toBeNull();
  });

  it('never closes the management account', async () => {
    await expectRejected(run({ managementAccountId: account.id }), 'is the management account', 'ACTIVE');
    expect(closed).toEqual([]);
  });

  it('never closes the account of the application', async () => {
    await expectRejected(run({ ownAccountId: account.id }), 'the account that this application runs in', 'ACTIVE');
    expect(closed).toEqual([]);
  });

  it('takes an account that AWS has closed already for done', async () => {
    answer = () => Promise.resolve('done');
    expect(await run()).toMatchObject({ remark: 'The account was closed already.' });
    expect(repository.tenant.closure).toEqual(closure('accepted'));
  });

  it.each([
    {
      what: 'a limit',
      refusal: () => Promise.resolve({ meaning: 'of a limit', waitSeconds: 60, giveUpAfterSeconds: 100 }),
    },
    {
      what: 'a throttle',
      refusal: () => Promise.reject(new TransientError('too fast', { nothingDone: true, throttled: true })),
    },
  ])('queues again after $what, having asked for nothing', async ({ refusal }) => {
    answer = refusal;
    const { result } = await run();
    expect(result).toMatchObject({ asked: false, turnNeeded: true });
    expect(result['waitSeconds']).toBeGreaterThanOrEqual(20);
    expect(repository).toMatchObject({ counted: 0, tenant: { closure: null } });
    expect(turns.told).toEqual([`free ${LANE}`]);
  });

  it('gives up when AWS refuses for longer than it may', async () => {
    answer = () => Promise.resolve({ meaning: 'of a limit', waitSeconds: 60, giveUpAfterSeconds: 100 });
    giveTurn(repository, LANE, after(100));
    repository.tenant = { ...repository.tenant, turns: {} };
    giveTurn(repository, LANE, after(100));
    await expectRejected(run({ at: 100 }), 'of a limit', 'replay');
  });

  it('fails with the remedy of a final refusal, and the deletion can be taken back again', async () => {
    answer = () => Promise.reject(new RejectedError('AWS refused.', 'Mend it.'));
    await expectRejected(run(), 'AWS refused.', 'Mend it.');
    expect(repository).toMatchObject({ counted: 0, tenant: { closure: null } });
  });

  it('waits for AWS’s share of thirty days, and says until when', async () => {
    const freeAt = after(5 * 24 * 3600).toISOString();
    repository.spent = { closings: 1000, freeAt, isToBeCounted: true };
    const report = await run();
    expect(report).toMatchObject({ result: { asked: false, turnNeeded: true, waitSeconds: 7200 } });
    expect(report.remark).toContain(
      `1000 accounts were closed in the past 30 days, as many as AWS allows: it goes on at ${freeAt}`,
    );
    expect(closed).toEqual([]);
    expect(turns.told).toEqual([`free ${LANE}`]);
  });

  it('counts the accounts of the organization when the least share is spent, and goes on if AWS allows more', async () => {
    repository.spent = { closings: 250, freeAt: after(1).toISOString(), isToBeCounted: true };
    expect(await run()).toMatchObject({ result: { asked: true } });
    expect(repository.allowance).toBe(400);
  });

  it('says how to end a run whose account has left the organization', async () => {
    state = undefined;
    await expectRejected(run(), `The account ${id} has left the organization`, 'Replay this run');
    expect(closed).toEqual([]);
  });

  it('leaves the lanes alone where it has no turn, and says so', async () => {
    begin({}, { turn: false });
    const report = await run();
    expect(report.result).toEqual({ asked: false, turnNeeded: true, waitSeconds: 0 });
    expect(report.remark).toContain('no turn');
    expect(turns.told).toEqual([]);
  });

  it('waits for a word that is not known until the very end of the day, and names it', async () => {
    state = 'HIBERNATING';
    const report = await run({ at: 24 * 3600 - 1 });
    expect(report.result).toMatchObject({ turnNeeded: true, waitSeconds: 900 });
    expect(report.remark).toContain('HIBERNATING');
    await expectRejected(run({ at: 24 * 3600 }), 'for 24 hours', 'close it there');
  });

  describe('an account that is closed already', () => {
    beforeEach(() => {
      state = 'CLOSED';
    });

    it('keeps the slot that it was closed with: CheckClosure frees it at the end', async () => {
      begin({ closure: closure('asked') });
      repository.tenant = { ...repository.tenant, turns: { [LANE]: turn({ used: true }) } };
      await run();
      expect(turns.told).toEqual([]);
    });

    it('needs no turn', async () => {
      begin({}, { turn: false });
      expect(await run()).toMatchObject({ result: { asked: false, turnNeeded: false } });
      expect(turns.told).toEqual([]);
    });

    it.each(['accepted', 'closed'] as const)('writes nothing where the ledger says %s', async (phase) => {
      begin({ closure: closure(phase) });
      await run();
      expect(repository.writes).toBe(0);
    });

    it.each([
      { phase: 'asked', askedAt: NOW },
      { phase: 'failed', askedAt: after(60) },
    ] as const)('counts from the request that is $phase, or from now: $askedAt', async ({ phase, askedAt }) => {
      begin({ closure: closure(phase) });
      await run({ at: 60 });
      expect(repository.tenant.closure).toEqual(closure('accepted', askedAt));
    });
  });

  describe('a request whose answer was lost, and that AWS refuses when it is made again', () => {
    const refusedAt = async (at: number): Promise<Closure | null> => {
      begin({ closure: closure('asked') }, { turn: false });
      giveTurn(repository, LANE, after(at));
      answer = () => Promise.resolve({ meaning: 'of a limit', waitSeconds: 60, giveUpAfterSeconds: 7200 });
      const report = await run({ at });
      expect(report.remark).toContain('of a limit');
      return repository.tenant.closure;
    };

    it('may have begun all the same, for a quarter of an hour', async () => {
      expect(await refusedAt(899)).toEqual(closure('asked'));
    });

    it('is forgotten after that: AWS would show it by then', async () => {
      expect(await refusedAt(900)).toBeNull();
    });

    it('is not forgotten where AWS has taken it once in vain', async () => {
      begin({ closure: { ...closure('failed'), failures: 1 } }, { turn: false });
      giveTurn(repository, LANE, after(3600));
      answer = () => Promise.resolve({ meaning: 'of a limit', waitSeconds: 60, giveUpAfterSeconds: 7200 });
      await run({ at: 3600 });
      expect(repository.tenant.closure).toMatchObject({ phase: 'failed', failures: 1 });
    });
  });

  /** With the turn that it has waited for. */
  const runAfter = (at: number) => {
    begin({}, { turn: false });
    giveTurn(repository, LANE, after(at));
    return run({ at });
  };

  it('bears a throttle for four hours, and then says who has to mend it', async () => {
    answer = () => Promise.reject(new TransientError('too fast', { nothingDone: true, throttled: true }));
    expect(await runAfter(4 * 3600 - 1)).toMatchObject({ result: { turnNeeded: true, waitSeconds: 20 } });
    await expectRejected(runAfter(4 * 3600), 'for 4 hours: too fast', 'Look who else closes accounts');
  });

  it('says that AWS is at it, once AWS has taken the request', async () => {
    expect((await run()).remark).toContain('is closing');
  });

  describe('the share of thirty days', () => {
    it('is asked of AWS only where it matters: not while there is room', async () => {
      await run();
      expect(counts).toBe(0);
    });

    it('is asked of AWS once a day: not where it was counted of late', async () => {
      repository.spent = { closings: 250, freeAt: after(60).toISOString(), isToBeCounted: false };
      repository.allowance = 250;
      expect(await run()).toMatchObject({ result: { turnNeeded: true, waitSeconds: 60 } });
      expect(counts).toBe(0);
    });

    it('is waited for three months of thirty-one days, and no longer', async () => {
      const end = 93 * 24 * 3600;
      const runWithoutShare = (at: number) => {
        begin({}, { turn: false });
        giveTurn(repository, LANE, after(at));
        repository.spent = { closings: 1000, freeAt: after(end + 59).toISOString(), isToBeCounted: true };
        return run({ at });
      };
      expect(await runWithoutShare(end - 1)).toMatchObject({ result: { turnNeeded: true, waitSeconds: 60 } });
      await expectRejected(runWithoutShare(end), 'for 93 days: 1000 accounts', 'replay this run');
    });
  });
});
