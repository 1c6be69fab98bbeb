import { RejectedError, TransientError } from '../../../functions/domain/errors';
import type { TenantRecord } from '../../../functions/domain/ledger-records';
import type { StepReport } from '../../../functions/domain/vending';
import { importAccount } from '../../../functions/steps/ImportAccount/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeAccountMemory, ProcessKilledError } from '../../fakes/fake-account-memory';
import { FakeAccountTags } from '../../fakes/fake-account-tags';
import { FakeAccounts } from '../../fakes/fake-accounts';
import { FakeMemberAccount } from '../../fakes/fake-member-account';
import { account, after, OTHER_TENANT, TENANT, vending } from '../../fakes/vending';

const EXISTING = '555555555555';
const FOUND = { id: EXISTING, name: 'legacy shop', email: 'Legacy@corp.example' };

describe('ImportAccount', () => {
  let memory: FakeAccountMemory;
  let accounts: FakeAccounts;
  let member: FakeMemberAccount;
  let tags: FakeAccountTags;

  beforeEach(() => {
    memory = new FakeAccountMemory();
    accounts = new FakeAccounts();
    member = new FakeMemberAccount();
    tags = new FakeAccountTags({ owner: 'finance' });
  });

  const run = (at = 0): Promise<StepReport> =>
    importAccount({ memory, directory: accounts, access: member, tags })(
      vending({ tenant: memory.tenant, plan: { existingAccountId: EXISTING }, at }),
    );

  const nothingIsWritten = (): void => {
    expect(memory.tenant.account).toBeNull();
    expect(tags.writes).toEqual([]);
  };

  it('makes the account the tenant’s, under its own name and e-mail, and ties it to the tenant', async () => {
    accounts.make(FOUND);
    expect(await run(7)).toEqual({
      result: { imported: true },
      changes: [
        { what: 'account', from: null, to: EXISTING },
        { what: 'tag account-vending:tenant-uuid', from: null, to: TENANT },
      ],
    });
    expect(memory.tenant.account).toEqual({
      ...FOUND,
      arn: `arn:aws:organizations::222222222222:account/o-1/${EXISTING}`,
      knownSince: after(7).toISOString(),
      imported: true,
    });
    expect(tags.tags).toEqual({ owner: 'finance', 'account-vending:tenant-uuid': TENANT });
    expect(member.entries).toEqual([{ accountId: EXISTING, accessRole: 'MeshstackAccountAccessRole' }]);
  });

  it('writes nothing the second time', async () => {
    accounts.make(FOUND);
    await run();
    const known: TenantRecord = memory.tenant;
    expect(await run()).toEqual({ result: { imported: true }, changes: [] });
    expect(memory.tenant).toEqual(known);
    expect(tags.writes).toHaveLength(1);
  });

  it('puts the tag that was left undone when it was killed after the claim', async () => {
    accounts.make(FOUND);
    jest.spyOn(tags, 'put').mockRejectedValueOnce(new ProcessKilledError());
    await expect(run()).rejects.toThrow(ProcessKilledError);
    expect((await run()).changes).toEqual([{ what: 'tag account-vending:tenant-uuid', from: null, to: TENANT }]);
  });

  it('tags nothing before the ledger has the claim', async () => {
    accounts.make(FOUND);
    memory.killedAt = 1;
    await expect(run()).rejects.toThrow(ProcessKilledError);
    nothingIsWritten();
  });

  it('refuses an account of another organization', async () => {
    await expectRejected(run(), `The organization has no account ${EXISTING}`, 'Invite the account');
    nothingIsWritten();
  });

  it.each(['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED', 'PENDING_ACTIVATION'])(
    'refuses an account that is %s',
    async (state) => {
      accounts.make({ ...FOUND, state });
      await expectRejected(run(), `is ${state}`, 'platformTenantId');
      nothingIsWritten();
    },
  );

  it('refuses the account of another tenant, and says whose it is', async () => {
    accounts.make(FOUND);
    tags = new FakeAccountTags({ 'account-vending:tenant-uuid': OTHER_TENANT });
    await expectRejected(run(), `belongs to tenant ${OTHER_TENANT}`, 'Correct platformTenantId');
    nothingIsWritten();
  });

  it('refuses an account that another tenant has in the ledger, and leaves its tags alone', async () => {
    accounts.make(FOUND);
    jest.spyOn(memory, 'recordAccount').mockRejectedValue(new RejectedError('It belongs to another.', 'Use yours.'));
    await expectRejected(run(), 'It belongs to another', 'Use yours');
    nothingIsWritten();
  });

  it('has some patience with a role that may have been made a moment ago, and then tells how it has to be', async () => {
    accounts.make(FOUND);
    member.isOpen = false;
    await expect(run(59)).rejects.toThrow(TransientError);
    await expectRejected(run(60), 'The role MeshstackAccountAccessRole of account 555555555555', 'Make the role');
    nothingIsWritten();
  });

  it('has nothing to do where no account is named', async () => {
    const step = importAccount({ memory, directory: accounts, access: member, tags });
    expect(await step(vending({ tenant: { account } }))).toEqual({ result: { imported: false } });
  });
});
