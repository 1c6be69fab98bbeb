import type { AccountSeed, OrganizationSeed } from '../../sandbox/organization/organization-seed';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { inProcessRequestHandler } from '../../sandbox/organization/in-process-transport';
import { type AccountReading, readOrganization } from '../../sandbox/organization/independent-reader';
import { type Change, changed, desiredStateJson } from '../functions/domain/examples';
import { automationAccountId, DEV, provisioningConfiguration, managementAccountId } from './provisioning';
import { plainConfiguration, SimulatedVending, type SimulationOptions } from './simulated-vending';

const EXISTING = '555555555555';
const TENANT = desiredStateJson.tenant.metadata.uuid;
const OTHER = '7d0c1b1e-0000-4000-8000-000000000002';

const existing: AccountSeed = {
  id: EXISTING,
  name: 'Legacy Shop',
  email: 'Legacy.Shop@corp.example',
  parentId: exampleOrganization().rootId,
  accessRole: 'MeshstackAccountAccessRole',
  tags: { owner: 'finance', meshstack_old: 'x' },
};

const withAccount = (account: AccountSeed): Partial<OrganizationSeed> => ({
  accounts: [...exampleOrganization().accounts, account],
});

/** The unit that it is in may be imported from. */
const importable: Change = ['platform.import', { organizationalUnits: [exampleOrganization().rootId] }];

const named = (id: string | null = EXISTING): Change => ['tenant.spec.platformTenantId', id];

const ofOtherTenant: readonly Change[] = [
  ['tenant.metadata.uuid', OTHER],
  ['tenant.metadata.ownedByProject', 'second'],
  ['tenantPlatformNumber', 43],
];

describe('importing an account', () => {
  let simulation: SimulatedVending;

  const begin = (options: SimulationOptions = {}): void => {
    simulation = new SimulatedVending({
      seed: withAccount(existing),
      configuration: plainConfiguration(importable),
      ...options,
    });
  };

  afterEach(() => {
    simulation.stop();
  });

  const reading = async (): Promise<AccountReading | undefined> => {
    const [found] = await readOrganization({
      requestHandler: inProcessRequestHandler(simulation.organization),
      region: 'eu-central-1',
      managementAccountId,
      automationAccountId,
      accountIds: [EXISTING],
    });
    return found;
  };

  it('brings it to the desired state as if it had been made for the tenant, and keeps its name, e-mail and foreign tags', async () => {
    begin({ configuration: provisioningConfiguration(importable) });
    simulation.sendEvent(named());
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', account: { id: EXISTING, imported: true } });
    expect(simulation.madeAccounts).toEqual([]);
    expect(await reading()).toMatchObject({
      name: 'Legacy Shop',
      email: 'Legacy.Shop@corp.example',
      ouId: DEV,
      alias: 'corp-retail-webshop-dev',
      tags: {
        'account-vending:tenant-uuid': TENANT,
        owner: 'finance',
        meshstack_costCenter: '4711',
        meshstack_environment: 'dev',
        meshstack_project: 'webshop-dev',
      },
      provisionedProduct: { status: 'AVAILABLE' },
    });
    const states = (await simulation.detail()).timeline.map(({ state }) => state);
    expect(states).not.toContain('CreateAccount');
    expect(states.slice(0, 4)).toEqual(['PlanVending', 'AwaitReconciliationTurn', 'ImportAccount', 'RevokeAccess']);
  });

  it('is done once: anyone who names the account again later changes nothing', async () => {
    begin();
    simulation.sendEvent(named());
    await simulation.settle();
    const before = simulation.organization.calls.length;
    simulation.sendEvent(named(), ['replicationSequence', 18]);
    await simulation.settle();
    simulation.sendEvent(named(null), ['replicationSequence', 19]);
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', account: { id: EXISTING } });
    const calls = simulation.organization.calls.slice(before);
    expect(calls.filter(({ write }) => write).map(({ operation }) => operation)).toEqual([]);
    expect((await simulation.detail()).timeline.map(({ state }) => state)).not.toContain('ImportAccount');
  });

  it('is refused for a second tenant, and the first keeps its account', async () => {
    begin();
    simulation.sendEvent(named());
    simulation.sendEvent(named(), ...ofOtherTenant);
    await simulation.settle();
    const details = [await simulation.detail(), await simulation.detail(OTHER)];
    expect(details.map(({ status }) => status).toSorted()).toEqual(['FAILED', 'VENDED']);
    const refused = details.find(({ status }) => status === 'FAILED');
    expect(refused?.lastError).toMatchObject({ name: 'RejectedError' });
    expect(refused?.lastError?.message).toMatch(/belongs to (another )?tenant/u);
    expect(refused?.account).toBeNull();
    expect((await reading())?.tags['account-vending:tenant-uuid']).toBe(
      details.find(({ status }) => status === 'VENDED')?.tenantUuid,
    );
  });

  it.each([
    { what: 'of another organization', account: { ...existing, id: '666666666666' }, cause: 'has no account' },
    {
      what: 'without the access role',
      account: { ...existing, accessRole: 'OrganizationAccountAccessRole' },
      cause: 'cannot be assumed',
    },
    {
      what: 'that carries the mark of another tenant',
      account: { ...existing, tags: { 'account-vending:tenant-uuid': OTHER } },
      cause: `belongs to tenant ${OTHER}`,
    },
  ])('is refused of an account $what, before anything is written to AWS', async ({ account, cause }) => {
    begin({ seed: withAccount(account) });
    simulation.sendEvent(named());
    await simulation.settle();
    const detail = await simulation.detail();
    expect(detail).toMatchObject({ status: 'FAILED', account: null, lastError: { name: 'RejectedError' } });
    expect(detail.lastError?.message).toContain(cause);
    expect(detail.timeline.at(-1)?.state).toBe('ImportAccount');
    expect(simulation.organization.calls.filter(({ write, service }) => write && service !== 'sts')).toEqual([]);
  });

  it('goes on by replay, once what was refused has been put right', async () => {
    begin({ seed: withAccount({ ...existing, tags: { 'account-vending:tenant-uuid': OTHER } }) });
    simulation.sendEvent(named());
    await simulation.settle();
    simulation.organization.state.accounts.get(EXISTING)?.tags.delete('account-vending:tenant-uuid');
    expect((await simulation.replay()).status).toBe(202);
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', account: { id: EXISTING } });
  });

  describe('where the configuration does not allow it', () => {
    const LEGACY: Change = ['platform.import', { organizationalUnits: ['ou-ab12-legacy01'] }];
    const writes = (): readonly string[] =>
      simulation.organization.calls
        .filter(({ write, service }) => write && service !== 'sts')
        .map(({ operation }) => operation);

    it('is refused at the door where imports are off, as they are unless configured', async () => {
      begin({ configuration: plainConfiguration() });
      const answer = await simulation.post(named());
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'tenant.spec.platformTenantId' }] } });
      expect(JSON.stringify(answer.body)).toContain('import.organizationalUnits');
      simulation.sendEvent(named());
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({ status: 'REJECTED', account: null });
      expect(writes()).toEqual([]);
    });

    it('is refused by its run in another unit, and by the dry run in the same words; it goes on once the account is moved there', async () => {
      begin({ configuration: plainConfiguration(LEGACY) });
      const preview = await simulation.application.callApi({
        method: 'POST',
        path: '/vendings',
        query: { dryRun: 'true' },
        body: changed(desiredStateJson, named()),
      });
      simulation.sendEvent(named());
      await simulation.settle();
      const { lastError } = await simulation.detail();
      expect(lastError?.message).toContain(`${EXISTING} ("Legacy Shop"), which is in r-ab12`);
      expect(lastError?.remedy).toContain('import.organizationalUnits');
      expect(preview.body).toMatchObject({
        changes: [],
        refusal: { state: 'ImportAccount', message: lastError?.message, remedy: lastError?.remedy },
      });
      expect(writes()).toEqual([]);
      const account = simulation.organization.state.accounts.get(EXISTING);
      if (account !== undefined) account.parentId = 'ou-ab12-legacy01';
      await simulation.replay();
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({ status: 'VENDED', account: { id: EXISTING } });
    });

    it('is allowed by a tag, and what was imported goes on where the configuration no longer allows it', async () => {
      const tag = { key: 'owner', value: 'finance' };
      const configuration = plainConfiguration(['platform.import', { tag }]);
      begin({ configuration });
      simulation.sendEvent(named());
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({ status: 'VENDED', account: { imported: true } });
      // A deployment with another configuration.
      Reflect.deleteProperty(configuration.platform, 'import');
      const before = writes().length;
      simulation.sendEvent(named(), ['replicationSequence', 18]);
      await simulation.settle();
      expect(await simulation.detail()).toMatchObject({ status: 'VENDED', replicationSequence: 18 });
      expect(writes()).toHaveLength(before);
    });
  });

  it('never takes the place of an account that the tenant has', async () => {
    begin({ configuration: plainConfiguration(importable) });
    simulation.sendEvent();
    await simulation.settle();
    const made = simulation.madeAccounts[0]?.id;
    simulation.sendEvent(named(), ['replicationSequence', 18]);
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'FAILED', account: { id: made, imported: false } });
    expect((await simulation.detail()).lastError?.message).toContain(`but this tenant has account ${made ?? ''}`);
    expect((await reading())?.tags).toEqual(existing.tags);
  });
});
