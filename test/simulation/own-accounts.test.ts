import type { Configuration } from '../../functions/domain/configuration/configuration';
import type { TenantRecord } from '../../functions/domain/records/ledger-records';
import { tenantKey } from '../../functions/ledger/base/keys';
import { readTenant } from '../../functions/ledger/tenants/tenant-items';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { AccountSeed, OrganizationSeed } from '../../sandbox/organization/organization-seed';
import { type Change, desiredStateJson } from '../functions/domain/examples';
import { SimulatedStory } from './simulated-story';
import { plainConfiguration } from './simulated-vending';

const TENANT = desiredStateJson.tenant.metadata.uuid;
const [MESHCLOUD, MANAGEMENT, AUTOMATION] = ['111111111111', '222222222222', '333333333333'] as const;
const [LOG_ARCHIVE, AUDIT] = ['777777777771', '777777777772'] as const;
const ACCESS_ROLE = 'MeshstackAccountAccessRole';

const shared = (id: string, name: string): AccountSeed => {
  const email = `aws+${name.toLowerCase()}@corp.example`;
  return { id, name, email, parentId: 'ou-ab12-infra001', accessRole: ACCESS_ROLE };
};

/**
 * As where the access role has the name that AWS gives it by default: it is in every account, in our own and in those
 * of Control Tower too.
 */
function openEverywhere(): Partial<OrganizationSeed> {
  const { accounts } = exampleOrganization();
  return {
    accounts: [
      ...accounts.map((account) => ({ ...account, accessRole: ACCESS_ROLE })),
      shared(LOG_ARCHIVE, 'LogArchive'),
      shared(AUDIT, 'Audit'),
    ],
    controlTower: { sharedAccounts: { logArchive: LOG_ARCHIVE, audit: AUDIT } },
  };
}

/** Every account of the organization may be imported, and closed again. */
const permissive = (): Configuration =>
  plainConfiguration(
    ['platform.import', { organizationalUnits: [exampleOrganization().rootId] }],
    ['landingZone.closeAccount', true],
    ['landingZone.closeImportedAccounts', true],
  );

const named = (id: string): Change => ['tenant.spec.platformTenantId', id];

const deletion: readonly Change[] = [
  ['replicationSequence', 18],
  ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
];

describe('accounts that serve others', () => {
  const story = new SimulatedStory(() => ({ seed: openEverywhere(), configuration: permissive() }));

  const writes = (): readonly string[] =>
    story.simulation.organization.calls
      .filter(({ write, service }) => write && service !== 'sts')
      .map(({ operation }) => operation);

  it.each([
    { what: 'of the application', id: MESHCLOUD },
    { what: 'that manages the organization', id: MANAGEMENT },
    { what: 'of the automation', id: AUTOMATION },
  ])(
    'refuses to import the account $what at the door, with no write, although the access role is there',
    async (row) => {
      const { id } = row;
      const simulation = story.simulate();
      simulation.sendEvent(named(id));
      await simulation.settle();
      const detail = await simulation.detail();
      expect(detail).toMatchObject({ status: 'REJECTED', account: null });
      expect(JSON.stringify(detail)).toContain('tenant.spec.platformTenantId');
      const answer = await simulation.post(named(id), ['replicationSequence', 18]);
      expect(answer.status).toBe(422);
      expect(writes()).toEqual([]);
    },
  );

  it.each([
    { what: 'log archive', id: LOG_ARCHIVE },
    { what: 'audit', id: AUDIT },
  ])('refuses to import the $what account of Control Tower with no write', async ({ id }) => {
    const simulation = story.simulate();
    simulation.sendEvent(named(id));
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'FAILED', account: null });
    expect((await story.lastError())?.message).toContain('Control Tower');
    expect((await simulation.detail()).timeline.at(-1)?.state).toBe('ImportAccount');
    expect(writes()).toEqual([]);
  });

  /** As an earlier release left it, which imported any account: with the tenant's tag, and known in the ledger. */
  const adopted = async (id: string): Promise<void> => {
    const { application, organization } = story.simulation;
    const account = organization.state.accounts.get(id);
    if (account === undefined) throw new Error(`There is no account ${id}.`);
    account.tags.set('account-vending:tenant-uuid', TENANT);
    const tenant = await readTenant(application.ledger, TENANT);
    if (tenant?.account == null) throw new Error('The tenant has no account.');
    const { arn, name, email } = account;
    const changed: TenantRecord = { ...tenant, account: { ...tenant.account, id, arn, name, email, imported: true } };
    const [item] = await application.ledger.read([tenantKey(TENANT)]);
    await application.ledger.commit([{ key: tenantKey(TENANT), expectedVersion: item?.version ?? 0, data: changed }]);
  };

  it.each([
    { what: 'of the application', id: MESHCLOUD },
    { what: 'that manages the organization', id: MANAGEMENT },
    { what: 'of the automation', id: AUTOMATION },
    { what: 'log archive of Control Tower', id: LOG_ARCHIVE },
    { what: 'audit of Control Tower', id: AUDIT },
  ])('refuses to close the account $what, and takes nothing from it', async ({ id }) => {
    const simulation = story.simulate();
    await story.vend();
    await adopted(id);
    const before = writes().length;
    simulation.sendEvent(...deletion);
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'FAILED', account: { id } });
    expect((await simulation.detail()).timeline.at(-1)?.state).toBe('GuardAccount');
    expect(writes().slice(before)).toEqual([]);
    expect(simulation.organization.state.accounts.get(id)?.state).toBe('ACTIVE');
  });
});
