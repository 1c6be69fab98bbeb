import type { StepReport } from '../../../functions/domain/run/step-context';
import { checkAccess } from '../../../functions/steps/CheckAccess/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeAccounts } from '../../fakes/fake-accounts';
import { FakeMemberAccount } from '../../fakes/fake-member-account';
import { account, enrollment, NOW, plan, vending } from '../../fakes/vending';

describe('CheckAccess', () => {
  let member: FakeMemberAccount;
  let accounts: FakeAccounts;
  let describe: jest.SpyInstance;

  beforeEach(() => {
    member = new FakeMemberAccount();
    accounts = new FakeAccounts();
    accounts.make({ id: account.id, email: account.email });
    describe = jest.spyOn(accounts, 'describeAccount');
  });

  const look = (at: number, known = account): Promise<StepReport> =>
    checkAccess({ access: member, directory: accounts })(vending({ tenant: { account: known }, at }));

  const knownForHours = { ...account, knownSince: new Date(NOW.getTime() - 3 * 3_600_000).toISOString() };

  it('goes on as soon as the access role can be assumed', async () => {
    member.isOpen = true;
    expect(await look(0)).toEqual({ result: { ready: true, waitSeconds: 0 } });
    expect(member.entries).toEqual([{ accountId: account.id, accessRole: 'MeshstackAccountAccessRole' }]);
  });

  it.each([
    { at: 0, waitSeconds: 7 },
    { at: 7, waitSeconds: 2 },
    { at: 60, waitSeconds: 4 },
    { at: 899, waitSeconds: 30 },
  ])('waits while it cannot: after $at s for $waitSeconds s', async ({ at, waitSeconds }) => {
    member.isOpen = false;
    expect(await look(at)).toEqual({
      result: { ready: false, waitSeconds },
      remark: 'The role MeshstackAccountAccessRole cannot be assumed yet.',
    });
    expect(describe).not.toHaveBeenCalled();
  });

  it.each([
    { at: 0, waitSeconds: 9 },
    { at: 9, waitSeconds: 5 },
    { at: 100, waitSeconds: 14 },
  ])('is in no hurry where an enrollment follows: after $at s for $waitSeconds s', async ({ at, waitSeconds }) => {
    member.isOpen = false;
    const enrolling = vending({ tenant: { account }, plan: plan({ enrollment }), at });

    expect((await checkAccess({ access: member, directory: accounts })(enrolling)).result).toEqual({
      ready: false,
      waitSeconds,
    });
  });

  it('gives up after 15 minutes and says what may be wrong', async () => {
    member.isOpen = false;
    await expectRejected(
      look(900),
      'MeshstackAccountAccessRole of account 444444444444 could not be assumed for 15 minutes',
      'accountAccessRole in platform.json',
    );
    await expectRejected(look(900), 'for 15 minutes', 'no service control policy denies it; then replay');
  });

  it('asks nobody of an account that is open', async () => {
    member.isOpen = true;
    await look(0, knownForHours);
    expect(describe).not.toHaveBeenCalled();
  });

  it('says at once that an account which has long been there has left the organization', async () => {
    member.isOpen = false;
    accounts.accounts.length = 0;
    await expectRejected(look(0, knownForHours), '444444444444 has left the organization', 'Invite it back');
    await expect(look(0, knownForHours)).rejects.toMatchObject({ accountLost: true });
  });

  it.each(['CLOSED', 'PENDING_CLOSURE'])('says at once that such an account is %s', async (state) => {
    member.isOpen = false;
    accounts.accounts.length = 0;
    accounts.make({ id: account.id, email: account.email, state });
    await expectRejected(look(0, knownForHours), `444444444444 is ${state} in AWS`, 'AWS Support to reopen it');
    await expect(look(0, knownForHours)).rejects.toMatchObject({ accountLost: true });
  });

  it('does not give an account up that AWS has suspended', async () => {
    member.isOpen = false;
    accounts.accounts.length = 0;
    accounts.make({ id: account.id, email: account.email, state: 'SUSPENDED' });
    await expectRejected(look(0, knownForHours), '444444444444 is SUSPENDED', 'ask AWS Support why it is suspended');
    await expect(look(0, knownForHours)).rejects.toMatchObject({ accountLost: false });
  });

  it('waits for one that is there all the same: its role may have been changed', async () => {
    member.isOpen = false;
    expect((await look(0, knownForHours)).result).toMatchObject({ ready: false });
  });

  it('is never entered before the account is known', async () => {
    await expectRejected(checkAccess({ access: member, directory: accounts })(vending()), 'knows no account', 'Replay');
  });
});
