import { RejectedError, TransientError } from '../../../functions/domain/base/errors';
import { setAccountAlias } from '../../../functions/steps/SetAccountAlias/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { FakeMemberAccount } from '../../fakes/fake-member-account';
import { account, after, plan, vending } from '../../fakes/vending';

const ALIAS = 'corp-retail-webshop-dev';

const run = (member: FakeMemberAccount, enforceAlias: boolean) =>
  setAccountAlias({ alias: member, repository: new FakeTenantRepository() })(
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

  it('says how long the roles of OpenAccount are still left alone', async () => {
    const ports = { alias: new FakeMemberAccount(), repository: new FakeTenantRepository(), rolesWait: () => 26 };
    const { result } = await setAccountAlias(ports)(vending({ tenant: { account } }));
    expect(result['waitSeconds']).toBe(26);
  });

  it('says which alias stays', async () => {
    const member = new FakeMemberAccount();
    member.alias = 'chosen-by-hand';
    expect((await run(member, false)).remark).toBe(
      'The account keeps its alias "chosen-by-hand": enforceAccountAlias is off.',
    );
  });

  it.each([ALIAS, null])(
    'remembers that the account has it again after a closing that was taken back: %s',
    async (actual) => {
      const member = Object.assign(new FakeMemberAccount(), { alias: actual });
      const repository = new FakeTenantRepository({ account, aliasReleased: true });
      await setAccountAlias({ alias: member, repository })(vending({ tenant: { account, aliasReleased: true } }));
      expect(member.alias).toBe(ALIAS);
      expect(repository.tenant.aliasReleased).toBe(false);
    },
  );

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

describe('SetAccountAlias of a tenant that goes', () => {
  const claims = [`ALIAS#${ALIAS}`, 'EMAIL#x@corp.example'];

  const release = (
    member: FakeMemberAccount,
    { closesAccount = true, at = 3600, repository = new FakeTenantRepository({ account, claims }) } = {},
  ) => {
    const closing = { managementAccountId: '222222222222', closesAccount, releasesAlias: true };
    const { plan: planned, now, stateEnteredAt } = vending({ plan: { closing }, at });
    return setAccountAlias({ alias: member, repository })({
      plan: planned,
      now,
      stateEnteredAt,
      tenant: repository.tenant,
    });
  };

  const having = (alias: string | null): FakeMemberAccount => Object.assign(new FakeMemberAccount(), { alias });

  it.each([
    { what: 'its own, of an account that is closed', actual: ALIAS, closesAccount: true, after: null, released: true },
    { what: 'another, of one that is closed', actual: 'by-hand', closesAccount: true, after: null, released: true },
    { what: 'its own, of an account that stays', actual: ALIAS, closesAccount: false, after: null, released: true },
    { what: 'another, of one that stays', actual: 'by-hand', closesAccount: false, after: 'by-hand', released: true },
    { what: 'none', actual: null, closesAccount: true, after: null, released: true },
  ])('takes it away, or leaves it: $what', async ({ actual, closesAccount, after, released }) => {
    const repository = new FakeTenantRepository({ account, claims });
    const member = having(actual);
    const report = await release(member, { closesAccount, repository });
    expect(report.result).toEqual({ set: actual !== after, alias: after });
    expect(report.changes).toEqual(actual === after ? [] : [{ what: 'alias', from: actual, to: null }]);
    expect(member.alias).toBe(after);
    expect(repository.tenant.aliasReleased).toBe(released);
  });

  it('writes nothing a second time', async () => {
    const repository = new FakeTenantRepository({ account, claims });
    const member = having(ALIAS);
    await release(member, { repository });
    await release(member, { repository });
    expect(member.writes).toEqual([`no alias ${ALIAS}`]);
    expect(repository.writes).toBe(1);
  });

  it('enters the account with its access role', async () => {
    const member = having(ALIAS);
    await release(member);
    const entry = { accountId: account.id, accessRole: 'MeshstackAccountAccessRole' };
    expect(member.entries).toEqual(member.entries.map(() => entry));
    expect(member.entries).not.toEqual([]);
  });

  it('goes on where it was killed before it could write that down', async () => {
    const repository = new FakeTenantRepository({ account, claims });
    repository.killedAt = 1;
    const member = having(ALIAS);
    await expect(release(member, { repository })).rejects.toThrow();
    await release(member, { repository });
    expect(repository.tenant.aliasReleased).toBe(true);
  });

  it('gives it another where its role was sealed by a release that did not let it delete one', async () => {
    const repository = new FakeTenantRepository({ account, claims });
    const member = Object.assign(having(ALIAS), { mayRemoveAlias: false });
    const report = await release(member, { repository });
    expect(report.changes).toEqual([{ what: 'alias', from: ALIAS, to: `gone-${account.id}` }]);
    expect(member.alias).toBe(`gone-${account.id}`);
    expect(repository.tenant.aliasReleased).toBe(true);
  });

  it('lets no closing fail for an alias that it cannot take away', async () => {
    const repository = new FakeTenantRepository({ account, claims });
    const member = having(ALIAS);
    member.read = () => Promise.reject(new RejectedError('AWS refused to read it.', 'Look.', { denied: true }));
    const report = await release(member, { repository });
    expect(report.remark).toContain('AWS refused to read it.');
    expect(repository.tenant.aliasReleased).toBeUndefined();
  });

  it('waits for the role of an account that was made a moment ago', async () => {
    const member = having(null);
    member.read = () => Promise.reject(new RejectedError('AWS refused to read it.', 'Look.', { denied: true }));
    await expect(release(member, { at: 60 })).rejects.toBeInstanceOf(TransientError);
    await expect(release(member, { at: 899 })).rejects.toThrow('AWS refused to read it.');
    expect((await release(member, { at: 900 })).result).toEqual({ set: false, alias: null });
  });

  it('does not wait for the role of an account that was there long before the closing began', async () => {
    const long = { ...account, knownSince: after(-900).toISOString() };
    const member = having(ALIAS);
    member.read = () => Promise.reject(new RejectedError('AWS refused to read it.', 'Look.', { denied: true }));
    const repository = new FakeTenantRepository({ account: long, claims });
    expect((await release(member, { at: 0, repository })).remark).toContain('AWS refused to read it.');
  });

  describe('refused when it takes the alias away', () => {
    it.each([
      { what: 'for another reason than its rights', alias: ALIAS, denied: false },
      { what: 'an alias that another has given it', alias: 'by-hand', denied: true },
    ])('leaves it as it is, and says so: $what', async ({ alias, denied }) => {
      const repository = new FakeTenantRepository({ account, claims });
      const member = having(alias);
      member.remove = () => Promise.reject(new RejectedError('AWS refused to take it.', 'Look.', { denied }));
      expect((await release(member, { repository })).remark).toContain('AWS refused to take it.');
      expect([member.alias, member.writes, repository.writes]).toEqual([alias, [], 0]);
    });

    it('comes again where AWS did not answer, and gives it no other alias', async () => {
      const member = having(ALIAS);
      member.remove = () => Promise.reject(new TransientError('The connection was reset.'));
      await expect(release(member)).rejects.toThrow('reset');
      expect([member.alias, member.writes]).toEqual([ALIAS, []]);
    });
  });

  it('remembers that the account has it again where the deletion is taken back', async () => {
    const repository = new FakeTenantRepository({ account, claims, aliasReleased: true });
    const member = having(null);
    const again = {
      ...vending({ plan: { account: { ...plan().account, enforceAlias: false } } }),
      tenant: repository.tenant,
    };
    await setAccountAlias({ alias: member, repository })(again);
    expect(member.alias).toBe(ALIAS);
    expect(repository.tenant.aliasReleased).toBe(false);
  });

  it('writes nothing about an alias that no closing had taken away', async () => {
    const repository = new FakeTenantRepository({ account, claims });
    await setAccountAlias({ alias: having(null), repository })({ ...vending(), tenant: repository.tenant });
    expect(repository.writes).toBe(0);
  });
});
