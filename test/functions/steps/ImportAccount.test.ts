import { RejectedError, TransientError } from '../../../functions/domain/base/errors';
import type { TenantRecord } from '../../../functions/domain/records/ledger-records';
import type { VendingPlan } from '../../../functions/domain/plan/plan';
import type { RegionSetup } from '../../../functions/domain/enrollment/enrollment-obstacles';
import type { StepReport } from '../../../functions/domain/run/step-context';
import type { RegionSetups } from '../../../functions/ports/iam';
import { importAccount } from '../../../functions/steps/ImportAccount/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeTenantRepository, ProcessKilledError } from '../../fakes/fake-tenant-repository';
import { FakeAccountTags } from '../../fakes/fake-account-tags';
import { FakeAccounts } from '../../fakes/fake-accounts';
import { FakeControlTower } from '../../fakes/fake-control-tower';
import { FakeMemberAccount } from '../../fakes/fake-member-account';
import { FakeOrganizationTree } from '../../fakes/fake-organization-tree';
import { FakeOwnAccount } from '../../fakes/fake-own-account';
import { account, after, enrollment, OTHER_TENANT, TENANT, vending } from '../../fakes/vending';

const EXISTING = '555555555555';
const [ROOT, LEGACY, SHOPS] = ['r-ab12', 'ou-ab12-legacy01', 'ou-ab12-shops001'] as const;
const RULES = { organizationalUnits: [LEGACY], tag: null };
const FOUND = { id: EXISTING, name: 'legacy shop', email: 'Legacy@corp.example' };

describe('ImportAccount', () => {
  let repository: FakeTenantRepository;
  let accounts: FakeAccounts;
  let member: FakeMemberAccount;
  let tags: FakeAccountTags;
  let tree: FakeOrganizationTree;
  let own: FakeOwnAccount;
  let controlTower: FakeControlTower;
  let setups: Map<string, Partial<RegionSetup>>;
  let looked: string[];

  beforeEach(() => {
    repository = new FakeTenantRepository();
    accounts = new FakeAccounts();
    member = new FakeMemberAccount();
    tags = new FakeAccountTags({ owner: 'finance' });
    tree = new FakeOrganizationTree({ [EXISTING]: SHOPS, [SHOPS]: LEGACY, [LEGACY]: ROOT });
    own = new FakeOwnAccount();
    controlTower = new FakeControlTower();
    setups = new Map();
    looked = [];
  });

  const regions: RegionSetups = {
    of: (entry, region) => {
      looked.push(`${entry.accessRole} of ${entry.accountId} in ${region}`);
      return Promise.resolve({ region, hasSts: true, recorders: [], deliveryChannels: [], ...setups.get(region) });
    },
  };

  const step = () =>
    importAccount({ repository, directory: accounts, access: member, tags, tree, own, controlTower, regions });
  const run = (at = 0, plan: Partial<VendingPlan> = {}): Promise<StepReport> =>
    step()(vending({ tenant: repository.tenant, plan: { existingAccountId: EXISTING, import: RULES, ...plan }, at }));

  const nothingIsWritten = (): void => {
    expect(repository.tenant.account).toBeNull();
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
    expect(repository.tenant.account).toEqual({
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
    const known: TenantRecord = repository.tenant;
    expect(await run()).toEqual({ result: { imported: true }, changes: [] });
    expect(repository.tenant).toEqual(known);
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
    repository.killedAt = 1;
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
    jest
      .spyOn(repository, 'recordAccount')
      .mockRejectedValue(new RejectedError('It belongs to another.', 'Use yours.'));
    await expectRejected(run(), 'It belongs to another', 'Use yours');
    nothingIsWritten();
  });

  it('has some patience with a role that may have been made a moment ago, and then tells how it has to be', async () => {
    accounts.make(FOUND);
    member.isOpen = false;
    await expect(run(59)).rejects.toThrow(TransientError);
    await expect(run(59)).rejects.toThrow('The role MeshstackAccountAccessRole of account 555555555555');
    await expectRejected(run(60), 'The role MeshstackAccountAccessRole of account 555555555555', 'Make the role');
    await expectRejected(run(60), 'an account is imported through it', 'no service control policy denies it');
    nothingIsWritten();
  });

  it('only claims the management account: no tag, no way in, no question whether it may be imported', async () => {
    accounts.make(FOUND);
    member.isOpen = false;
    const claim = (at = 0) => run(at, { accessOnly: true, import: null });
    expect(await claim(7)).toEqual({
      result: { imported: true },
      changes: [{ what: 'account', from: null, to: EXISTING }],
    });
    expect(repository.tenant.account).toEqual({
      ...FOUND,
      arn: `arn:aws:organizations::222222222222:account/o-1/${EXISTING}`,
      knownSince: after(7).toISOString(),
      imported: true,
    });
    expect([tags.writes, member.entries, looked]).toEqual([[], [], []]);
    const known: TenantRecord = repository.tenant;
    expect(await claim(7)).toEqual({ result: { imported: true }, changes: [] });
    expect(repository.tenant).toEqual(known);
  });

  it('has nothing to do where no account is named', async () => {
    expect(await step()(vending({ tenant: { account } }))).toEqual({ result: { imported: false } });
    expect(own.asked).toBe(0);
  });

  describe('allows an account', () => {
    const TAG = { key: 'importable', value: 'yes' };

    it.each([
      { what: 'directly in a unit', rules: { organizationalUnits: [SHOPS], tag: null } },
      { what: 'below a unit', rules: RULES },
      { what: 'anywhere below the root', rules: { organizationalUnits: [ROOT], tag: null } },
      { what: 'by its unit, although it lacks the tag', rules: { organizationalUnits: [LEGACY], tag: TAG } },
    ])('$what', async ({ rules }) => {
      accounts.make(FOUND);
      expect(await run(0, { import: rules })).toMatchObject({ result: { imported: true } });
    });

    it('with the tag, wherever it is', async () => {
      accounts.make(FOUND);
      tags = new FakeAccountTags({ importable: 'yes' });
      const rules = { organizationalUnits: ['ou-ab12-prod0001'], tag: TAG };
      expect(await run(0, { import: rules })).toMatchObject({ result: { imported: true } });
    });

    it.each([
      { what: 'of another unit', rules: { organizationalUnits: ['ou-ab12-prod0001'], tag: null }, carries: {} },
      { what: 'without the tag', rules: { organizationalUnits: [], tag: TAG }, carries: {} },
      {
        what: 'with another value of the tag',
        rules: { organizationalUnits: [], tag: TAG },
        carries: { importable: 'Yes' },
      },
    ])('but none $what, and says where it is and what would allow it', async ({ rules, carries }) => {
      accounts.make(FOUND);
      tags = new FakeAccountTags(carries);
      const refused = run(0, { import: rules });
      await expectRejected(
        refused,
        `tenant.spec.platformTenantId is ${EXISTING} ("legacy shop"), which is in ${SHOPS}`,
        '',
      );
      await expectRejected(refused, 'only accounts', `add ${SHOPS} to import.organizationalUnits in platform.json`);
      nothingIsWritten();
    });

    it('but none where imports are off, which plans of earlier releases are taken to mean', async () => {
      accounts.make(FOUND);
      await expectRejected(run(0, { import: null }), 'imports are off', `add ${SHOPS} to import.organizationalUnits`);
      nothingIsWritten();
    });

    it('that was claimed before it was moved away', async () => {
      accounts.make(FOUND);
      jest.spyOn(tags, 'put').mockRejectedValueOnce(new ProcessKilledError());
      await expect(run()).rejects.toThrow(ProcessKilledError);
      tree.place(EXISTING, 'ou-ab12-prod0001');
      expect(await run(0, { import: null })).toMatchObject({ result: { imported: true } });
    });
  });

  describe('refuses an account that serves others, although the access role is there and every account may be imported', () => {
    const everything = { import: { organizationalUnits: [ROOT], tag: null } };

    it.each([
      {
        what: 'the application',
        is: () => (own.id = () => Promise.resolve(EXISTING)),
        says: 'this application runs in',
      },
      {
        what: 'the configuration',
        is: () => undefined,
        plan: { serviceAccounts: [{ id: EXISTING, what: 'the automation account' }] },
        says: 'the automation account',
      },
      {
        what: 'Control Tower',
        is: () => (controlTower.sharedAccounts = [{ id: EXISTING, part: 'centralizedLogging' }]),
        plan: { controlTowerRegion: 'eu-central-1' },
        says: 'Control Tower shares (centralizedLogging of its landing zone)',
      },
    ])('by the word of $what', async ({ is, plan = {}, says }) => {
      accounts.make(FOUND);
      is();
      await expectRejected(run(0, { ...everything, ...plan }), says, 'with a higher replicationSequence');
      nothingIsWritten();
    });

    it('also where it was claimed by an earlier release', async () => {
      accounts.make(FOUND);
      await run();
      controlTower.sharedAccounts = [{ id: EXISTING, part: 'securityRoles' }];
      await expectRejected(run(0, { controlTowerRegion: 'eu-central-1' }), 'securityRoles', 'higher');
    });

    it('and asks Control Tower only where there is one', async () => {
      accounts.make(FOUND);
      controlTower.isThere = false;
      const look = jest.spyOn(controlTower, 'landingZone');
      await run(0, everything);
      expect(look).not.toHaveBeenCalled();
      expect(await run(0, { ...everything, controlTowerRegion: 'eu-central-1' })).toMatchObject({ changes: [] });
    });
  });

  describe('of an account that is to be enrolled with Control Tower', () => {
    const enrolling = { enrollment, controlTowerRegion: 'eu-central-1' };

    beforeEach(() => {
      accounts.make(FOUND);
      controlTower.governedRegions = ['eu-central-1', 'eu-west-1'];
    });

    it('looks into every region that is governed, through the access role', async () => {
      expect(await run(0, enrolling)).toMatchObject({ result: { imported: true } });
      expect(looked).toEqual([
        `MeshstackAccountAccessRole of ${EXISTING} in eu-central-1`,
        `MeshstackAccountAccessRole of ${EXISTING} in eu-west-1`,
      ]);
    });

    it('looks into the home region where Control Tower is not set up yet', async () => {
      controlTower.isThere = false;
      await run(0, enrolling);
      expect(looked).toEqual([`MeshstackAccountAccessRole of ${EXISTING} in eu-central-1`]);
    });

    it('looks into the home region where Control Tower does not say which it governs', async () => {
      controlTower.governedRegions = null;
      await run(0, enrolling);
      expect(looked).toEqual([`MeshstackAccountAccessRole of ${EXISTING} in eu-central-1`]);
    });

    it('refuses what would keep it from being enrolled, all of it at once and before anything is written', async () => {
      setups.set('eu-central-1', { recorders: ['default'], deliveryChannels: ['to-the-lake'] });
      setups.set('eu-west-1', { hasSts: false });
      await expectRejected(
        run(0, enrolling),
        'a configuration recorder "default" in eu-central-1, a delivery channel "to-the-lake" in eu-central-1, that STS is not active in eu-west-1',
        'delete-configuration-recorder',
      );
      nothingIsWritten();
    });

    it('lets an account with what Control Tower itself has left, or without an opt-in region, through', async () => {
      controlTower.governedRegions = ['eu-central-1', 'eu-south-1'];
      setups.set('eu-central-1', { recorders: ['aws-controltower-BaselineConfigRecorder'] });
      setups.set('eu-south-1', { hasSts: false });
      expect(await run(0, enrolling)).toMatchObject({ result: { imported: true } });
    });

    it('does not look where it is governed already, where it was claimed before, or where nothing is enrolled', async () => {
      setups.set('eu-central-1', { recorders: ['default'] });
      expect(await run()).toMatchObject({ result: { imported: true } });
      expect(await run(0, enrolling)).toMatchObject({ result: { imported: true } });
      repository = new FakeTenantRepository();
      controlTower.governance = 'enrolled';
      expect(await run(0, enrolling)).toMatchObject({ result: { imported: true } });
      expect(looked).toEqual([]);
    });
  });

  it('asks no further for the units above an account than to the one that imports', async () => {
    accounts.make(FOUND);
    const parentOf = jest.spyOn(tree, 'parentOf');
    await run();
    expect(parentOf.mock.calls.map(([child]) => child)).toEqual([EXISTING, SHOPS]);
  });
});
