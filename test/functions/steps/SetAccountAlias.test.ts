import { setAccountAlias } from '../../../functions/steps/SetAccountAlias/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeMemberAccount } from '../../fakes/fake-member-account';
import { account, plan, vending } from '../../fakes/vending';

const ALIAS = 'corp-retail-webshop-dev';

const run = (member: FakeMemberAccount, enforceAlias: boolean) =>
  setAccountAlias({ alias: member })(
    vending({ tenant: { account }, plan: { account: { ...plan().account, enforceAlias } } }),
  );

describe('SetAccountAlias', () => {
  it.each([
    { actual: null, enforced: true, set: true },
    { actual: null, enforced: false, set: true },
    { actual: ALIAS, enforced: true, set: false },
    { actual: ALIAS, enforced: false, set: false },
    { actual: 'chosen-by-hand', enforced: true, set: true },
    { actual: 'chosen-by-hand', enforced: false, set: false },
  ])('of an account with alias $actual, enforced $enforced: sets it $set', async ({ actual, enforced, set }) => {
    const member = new FakeMemberAccount();
    member.alias = actual;
    const report = await run(member, enforced);
    expect(report.result).toEqual({ set, alias: member.alias });
    expect(report.changes).toEqual(set ? [{ what: 'alias', from: actual, to: ALIAS }] : undefined);
    expect(member.writes).toEqual(set ? [`alias ${ALIAS}`] : []);
    expect(member.alias).toBe(set ? ALIAS : actual);
  });

  it('says which alias stays', async () => {
    const member = new FakeMemberAccount();
    member.alias = 'chosen-by-hand';
    expect((await run(member, false)).remark).toBe(
      'The account keeps its alias "chosen-by-hand": enforceAccountAlias is off.',
    );
  });

  it('writes nothing a second time', async () => {
    const member = new FakeMemberAccount();
    await run(member, true);
    await run(member, true);
    expect(member.writes).toHaveLength(1);
  });

  it('gives up on an alias that another AWS account has', async () => {
    const member = new FakeMemberAccount();
    member.takenAliases.add(ALIAS);
    await expectRejected(run(member, true), ALIAS, 'accountAliasPattern');
  });

  it('enters the account with its access role', async () => {
    const member = new FakeMemberAccount();
    await run(member, true);
    expect(new Set(member.entries.map((entry) => JSON.stringify(entry)))).toEqual(
      new Set([JSON.stringify({ accountId: account.id, accessRole: 'MeshstackAccountAccessRole' })]),
    );
  });
});
