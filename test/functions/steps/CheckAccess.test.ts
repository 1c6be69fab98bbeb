import type { StepReport } from '../../../functions/domain/vending';
import { checkAccess } from '../../../functions/steps/CheckAccess/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeMemberAccount } from '../../fakes/fake-member-account';
import { account, vending } from '../../fakes/vending';

describe('CheckAccess', () => {
  let member: FakeMemberAccount;

  beforeEach(() => {
    member = new FakeMemberAccount();
  });

  const look = (at: number): Promise<StepReport> =>
    checkAccess({ access: member })(vending({ tenant: { account }, at }));

  it('goes on as soon as the access role can be assumed', async () => {
    member.isOpen = true;
    expect(await look(0)).toEqual({ result: { ready: true, waitSeconds: 0 } });
    expect(member.entries).toEqual([{ accountId: account.id, accessRole: 'MeshstackAccountAccessRole' }]);
  });

  it.each([
    { at: 0, waitSeconds: 9 },
    { at: 9, waitSeconds: 4 },
    { at: 100, waitSeconds: 10 },
    { at: 899, waitSeconds: 30 },
  ])('waits while it cannot: after $at s for $waitSeconds s', async ({ at, waitSeconds }) => {
    member.isOpen = false;
    expect(await look(at)).toEqual({
      result: { ready: false, waitSeconds },
      remark: 'The role MeshstackAccountAccessRole cannot be assumed yet.',
    });
  });

  it('gives up after 15 minutes and says what may be wrong', async () => {
    member.isOpen = false;
    await expectRejected(
      look(900),
      'MeshstackAccountAccessRole of account 444444444444 could not be assumed for 15 minutes',
      'accountAccessRole in platform.json',
    );
  });

  it('is never entered before the account is known', async () => {
    await expectRejected(checkAccess({ access: member })(vending()), 'knows no account', 'Replay');
  });
});
