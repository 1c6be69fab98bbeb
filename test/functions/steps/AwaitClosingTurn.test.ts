import type { Closure } from '../../../functions/domain/records/account-records';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import { awaitClosingTurn } from '../../../functions/steps/AwaitClosingTurn/step';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { RecordingQueue, RecordingTurns } from '../../fakes/recording-turns';
import { account, after, NOW, tenant, turn, vending } from '../../fakes/vending';

const LANE = 'account-closing';

describe('AwaitClosingTurn', () => {
  const queue = new RecordingQueue();
  let turns: RecordingTurns;
  let state: string | undefined;

  const { id, arn, name, email } = account;
  const describeAccount = () => Promise.resolve(state === undefined ? undefined : { id, arn, name, email, state });

  const enter = (changes: Partial<TenantRecord> = {}) => {
    const repository = FakeTenantRepository.withAccount(changes);
    turns = new RecordingTurns(repository);
    queue.asked.length = 0;
    return awaitClosingTurn({ queue, turns, directory: { describeAccount } })({
      ...vending(),
      tenant: repository.tenant,
    });
  };

  const closure = (phase: Closure['phase'], askedAt = NOW): Closure => ({
    phase,
    failures: 0,
    askedAt: askedAt.toISOString(),
  });

  it('stands in the lane of closings, and gives up the place among known accounts, which others need', async () => {
    expect(await enter()).toMatchObject({ result: { ready: true } });
    expect(queue.asked).toEqual([LANE]);
    expect(turns.told).toEqual(['free reconciliation']);
  });

  it.each(['asked', 'accepted', 'closed'] as const)(
    'goes on without a turn where AWS was asked (%s)',
    async (phase) => {
      expect((await enter({ closure: closure(phase) })).remark).toContain('already');
      expect(queue.asked).toEqual(['pass']);
    },
  );

  it.each([
    { closure: closure('failed') },
    { closure: closure('asked'), turnsNeeded: [LANE], turns: { [LANE]: turn({ used: true }) } },
  ])('stands in the lane again where AWS has to be asked again, with a turn of its own', async (changes) => {
    await enter(changes);
    expect(queue.asked).toEqual([LANE]);
  });

  it('gives back the slot of a request that is over, and keeps one that nobody has asked with', async () => {
    await enter({ closure: closure('failed'), turns: { [LANE]: turn({ used: true }) } });
    expect(turns.told).toEqual(['free reconciliation', `free ${LANE}`]);
    await enter({ closure: closure('failed'), turns: { [LANE]: turn() } });
    expect(turns.told).toEqual(['free reconciliation']);
    await enter({ closure: closure('asked'), turns: { [LANE]: turn({ used: true }) } });
    expect(turns.told).toEqual(['free reconciliation']);
  });

  it('has nothing to wait for where a holder has no account', async () => {
    await enter();
    state = 'PENDING_CLOSURE';
    expect(await queue.isOver?.(tenant({ account: null, closure: closure('asked') }))).toBe(true);
  });

  it.each([
    { what: 'asked nothing', held: null, shows: 'ACTIVE', over: true },
    { what: 'has an account that is being closed', held: closure('accepted'), shows: 'PENDING_CLOSURE', over: false },
    { what: 'has an account that is closed', held: closure('accepted'), shows: 'CLOSED', over: true },
    { what: 'AWS shuts for another reason', held: closure('asked', after(-60)), shows: 'SUSPENDED', over: false },
    { what: 'AWS has shut for long', held: closure('asked', after(-3600)), shows: 'SUSPENDED', over: true },
    { what: 'has a state of tomorrow', held: closure('asked', after(-60)), shows: 'HIBERNATING', over: false },
    { what: 'has an account that is gone', held: closure('accepted'), shows: undefined, over: true },
    { what: 'has asked a moment ago', held: closure('asked', after(-60)), shows: 'ACTIVE', over: false },
    { what: 'has asked a quarter of an hour ago', held: closure('asked', after(-900)), shows: 'ACTIVE', over: true },
    { what: 'has asked a second later', held: closure('asked', after(-899)), shows: 'ACTIVE', over: false },
    { what: 'closes for hours', held: closure('asked', after(-7200)), shows: 'PENDING_CLOSURE', over: false },
    { what: 'has asked in vain, and AWS has said so', held: closure('failed'), shows: 'PENDING_CLOSURE', over: true },
    { what: 'is known to be closed', held: closure('closed'), shows: 'PENDING_CLOSURE', over: true },
    { what: 'has asked long ago and in vain', held: closure('asked', after(-3600)), shows: 'ACTIVE', over: true },
  ])('takes back the slot of a holder that $what: $over', async ({ held, shows, over }) => {
    await enter();
    state = shows;
    expect(await queue.isOver?.(tenant({ account, closure: held }))).toBe(over);
  });
});
