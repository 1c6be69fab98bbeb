import type { Closure } from '../../../functions/domain/records/account-records';
import { checkClosure } from '../../../functions/steps/CheckClosure/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { RecordingTurns } from '../../fakes/recording-turns';
import { account, NOW, vending } from '../../fakes/vending';

describe('CheckClosure', () => {
  let repository: FakeTenantRepository;
  let turns: RecordingTurns;

  const { id, arn, name, email } = account;
  const run = (state: string | undefined, closure: Partial<Closure> | null = {}, at = 60) => {
    const before =
      closure === null ? null : { phase: 'accepted' as const, askedAt: NOW.toISOString(), failures: 0, ...closure };
    repository = FakeTenantRepository.withAccount({ closure: before });
    turns = new RecordingTurns(repository);
    const describeAccount = (accountId: string) =>
      Promise.resolve(state === undefined || accountId !== id ? undefined : { id, arn, name, email, state });
    return checkClosure({ repository, turns, directory: { describeAccount } })({
      ...vending({ at }),
      tenant: repository.tenant,
    });
  };

  it('sees that the account is closed, writes it down, and lets the next one in', async () => {
    expect(await run('CLOSED')).toMatchObject({
      result: { ready: true },
      changes: [{ what: 'account', from: 'ACTIVE', to: 'CLOSED' }],
    });
    expect(repository.tenant.closure).toEqual({ phase: 'closed', askedAt: NOW.toISOString(), failures: 0 });
    expect(turns.told).toEqual(['free account-closing']);
  });

  it.each(['SUSPENDED', 'PENDING_ACTIVATION'])('never takes an account that is %s for closed', async (state) => {
    expect(await run(state, {}, 60)).toMatchObject({ result: { ready: false, closeAgain: false } });
    await expectRejected(run(state, {}, 900), `(${state}): it is not closed`, 'replay this run');
    expect(repository.tenant.closure?.phase).toBe('accepted');
    expect(turns.told).toEqual(['free account-closing']);
  });

  it('waits while AWS says a word that is not known, and gives up after a day', async () => {
    const report = await run('HIBERNATING', {}, 3600);
    expect(report).toMatchObject({ result: { ready: false, closeAgain: false } });
    expect(report.remark).toContain('HIBERNATING');
    await expectRejected(run('HIBERNATING', {}, 24 * 3600), 'for 24 hours', 'AWS Support');
    expect(repository.tenant.closure?.phase).toBe('accepted');
  });

  it('takes an account that AWS has removed for closed', async () => {
    expect(await run(undefined)).toMatchObject({ result: { ready: true } });
  });

  it('answers at once when it knows', async () => {
    const report = await run('ACTIVE', { phase: 'closed' });
    expect(report).toMatchObject({ result: { ready: true } });
    expect(report.changes).toBeUndefined();
  });

  it.each([
    { at: 60, waitSeconds: 10 },
    { at: 600, waitSeconds: 72 },
    { at: 3600, waitSeconds: 120 },
  ])('looks again the later, the longer it takes: after $at seconds in $waitSeconds', async ({ at, waitSeconds }) => {
    expect(await run('PENDING_CLOSURE', {}, at)).toMatchObject({
      result: { ready: false, closeAgain: false, waitSeconds },
    });
    expect(turns.told).toEqual([]);
  });

  it('takes a quarter of an hour for as long as AWS may need to show what it has taken', async () => {
    for (const state of ['ACTIVE', 'SUSPENDED']) {
      expect(await run(state, {}, 899)).toMatchObject({ result: { ready: false, closeAgain: false } });
      expect(repository.tenant.closure?.phase).toBe('accepted');
      expect(turns.told).toEqual([]);
    }
  });

  it('counts how often AWS has not done what it had taken, and remembers when it was asked', async () => {
    expect(await run('ACTIVE', { failures: 1 }, 900)).toMatchObject({ result: { closeAgain: true } });
    expect(repository.tenant.closure).toEqual({ phase: 'failed', askedAt: NOW.toISOString(), failures: 2 });
  });

  it('gives up after a day', async () => {
    await expectRejected(run('PENDING_CLOSURE', {}, 24 * 3600), 'for 24 hours', 'AWS Support');
  });

  it('waits until AWS shows what it has taken, and asks again when it does not', async () => {
    expect(await run('ACTIVE', {}, 60)).toMatchObject({ result: { ready: false, closeAgain: false } });
    expect(await run('ACTIVE', {}, 900)).toMatchObject({ result: { ready: false, closeAgain: true } });
    expect(repository.tenant.closure).toMatchObject({ phase: 'failed', failures: 1 });
    expect(turns.told).toEqual(['free account-closing']);
  });

  it('gives up after three requests in vain', async () => {
    await expectRejected(run('ACTIVE', { failures: 2 }, 900), '3 times', 'CloseAccountResult');
    expect(repository.tenant.closure).toMatchObject({ phase: 'failed', failures: 0 });
  });

  it.each([null, { phase: 'failed' as const }])('sends a run on that has asked nothing: %j', async (closure) => {
    expect(await run('ACTIVE', closure)).toMatchObject({ result: { closeAgain: true } });
  });

  it.each([
    { state: 'PENDING_CLOSURE', says: 'AWS is closing' },
    { state: 'ACTIVE', says: 'open still' },
    { state: 'SUSPENDED', says: 'as SUSPENDED' },
    { state: 'CLOSED', says: 'is closed' },
  ])('says what it waits for while AWS shows $state: $says', async ({ state, says }) => {
    expect((await run(state)).remark).toContain(says);
  });

  it('says why it asks again', async () => {
    expect((await run('ACTIVE', {}, 900)).remark).toContain('open all the same');
    expect((await run('ACTIVE', null)).remark).toContain('to be asked');
  });

  it('tells of no change that an earlier look has told', async () => {
    expect(await run('CLOSED', { phase: 'closed' })).not.toHaveProperty('changes');
  });

  it('gives a replay the whole day again', async () => {
    const dayBefore = new Date(NOW.getTime() - 24 * 3600 * 1000).toISOString();
    expect(await run('PENDING_CLOSURE', { askedAt: dayBefore })).toMatchObject({ result: { ready: false } });
    expect(await run('SUSPENDED', { askedAt: dayBefore })).toMatchObject({ result: { ready: false } });
  });
});
