import type { Configuration } from '../../functions/domain/configuration/configuration';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { type Change, platformJson } from '../functions/domain/examples';
import { provisioningConfiguration } from './provisioning';
import { LosableLedger, rebuildFrom } from './lost-ledger';
import { SimulatedVending } from './simulated-vending';

const IMPORTED = '555555555555';
const [FIRST, SECOND, THIRD] = [1, 2, 3].map((n) => `7d0c1b1e-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
const ADMINISTRATOR = 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-ad00000000000001';

const withGroups = {
  ...platformJson.awsIdentityStore,
  region: 'eu-central-1',
  awsRoleMappings: [{ projectRoleRef: { name: 'admin' }, awsRole: 'admin', permissionSetArns: [ADMINISTRATOR] }],
};

/** Control Tower, two stack sets, groups, imports, downgraded access roles. */
const configuration: Configuration = provisioningConfiguration(
  ['platform.awsIdentityStore', withGroups],
  ['platform.import', { organizationalUnits: [exampleOrganization().rootId] }],
);

/** Two whose accounts are made for them, and one that had its account before. */
const tenants: readonly (readonly Change[])[] = [
  [],
  [
    ['tenant.metadata.uuid', SECOND],
    ['tenant.metadata.ownedByProject', 'second'],
    ['tenant.spec.landingZoneRef.name', 'aws-prod'],
    ['tenantPlatformNumber', 43],
  ],
  [
    ['tenant.metadata.uuid', THIRD],
    ['tenant.metadata.ownedByProject', 'third'],
    ['tenant.spec.platformTenantId', IMPORTED],
    ['tenantPlatformNumber', 44],
  ],
];

describe('a ledger that is lost', () => {
  let simulation: SimulatedVending;
  let ledger: LosableLedger;
  /** After which two of the tenants were vended. */
  let writesOfTwo: number;

  const send = async (replicationSequence: number, of = tenants): Promise<void> => {
    for (const ofTenant of of) {
      simulation.sendEvent(['replicationSequence', replicationSequence], ...ofTenant);
    }
    await simulation.settle();
  };

  /** What the landing zone's function is told is no change of AWS. */
  const writesOf = async (act: () => Promise<void>): Promise<readonly string[]> => {
    const before = simulation.organization.calls.length;
    await act();
    return simulation.organization.calls
      .slice(before)
      .filter(({ write, service }) => write && service !== 'sts' && service !== 'lambda')
      .map(({ service, operation }) => `${service}:${operation}`);
  };

  beforeEach(async () => {
    ledger = new LosableLedger();
    const { accounts, rootId } = exampleOrganization();
    const imported = {
      id: IMPORTED,
      name: 'Legacy Shop',
      email: 'Legacy.Shop@corp.example',
      parentId: rootId,
      accessRole: 'MeshstackAccountAccessRole',
      tags: { owner: 'finance' },
    };
    simulation = new SimulatedVending({ configuration, ledger, seed: { accounts: [...accounts, imported] } });
    await send(17, tenants.slice(0, 2));
    writesOfTwo = ledger.writes;
    await send(17, tenants.slice(2));
  });

  afterEach(() => {
    simulation.stop();
  });

  const rebuilt = (options: Parameters<typeof rebuildFrom>[3] = {}) =>
    rebuildFrom(simulation, ledger, configuration, options);

  const statuses = () =>
    Promise.all([FIRST, SECOND, THIRD].map(async (uuid) => (await simulation.detail(uuid)).status));

  it('is rebuilt from the organization, and the next desired state of each tenant writes nothing to AWS', async () => {
    expect(await statuses()).toEqual(['VENDED', 'VENDED', 'VENDED']);
    ledger.lose();

    expect(await rebuilt()).toMatchObject({
      exitCode: 0,
      rebuilt: expect.arrayContaining([FIRST, SECOND, THIRD]) as string[],
      completed: [],
      present: [],
    });

    expect(await writesOf(() => send(18))).toEqual([]);
    expect(await statuses()).toEqual(['VENDED', 'VENDED', 'VENDED']);
  });

  it('leaves groups without a mark to the next run, which takes over those of the account alone', async () => {
    const groups = simulation.organization.state.identityCenter?.groups;
    const marked = [...(groups?.values() ?? [])].filter(({ description }) => description?.includes('tenant-uuid'));
    expect(marked).toHaveLength(3);
    for (const group of marked) groups?.set(group.id, { ...group, description: null });
    ledger.lose();
    await rebuilt();

    expect(await writesOf(() => send(18))).toEqual([]);
    expect(await statuses()).toEqual(['VENDED', 'VENDED', 'VENDED']);
  });

  it('is rebuilt once: a second time, and a dry run, write nothing', async () => {
    ledger.lose();
    expect(await rebuilt({ dryRun: true })).toMatchObject({ rebuilt: expect.arrayContaining([FIRST]) as string[] });
    const { status } = await simulation.application.callApi({ method: 'GET', path: `/vendings/${FIRST}` });
    expect(status).toBe(404);

    await rebuilt();
    expect(await rebuilt()).toMatchObject({
      rebuilt: [],
      completed: [],
      present: expect.arrayContaining([FIRST, SECOND, THIRD]) as string[],
    });
  });

  it('takes a desired state of the same number as a new run, and a night leaves alone what nobody has asked for again', async () => {
    ledger.lose();
    await rebuilt();
    simulation.application.startNight();
    await simulation.settle();
    expect(simulation.application.driftReports.at(-1)).toMatchObject({ reconciled: 0, failed: 0 });

    const runs = simulation.application.workflow.executions.length;
    await send(17);

    expect(simulation.application.workflow.executions).toHaveLength(runs + 3);
    expect(await statuses()).toEqual(['VENDED', 'VENDED', 'VENDED']);
  });

  it('is restored as it was before, and completed: what has happened since is not done again', async () => {
    await send(18);
    await ledger.restore(writesOfTwo);

    expect(await rebuilt({ restoredAt: new Date() })).toMatchObject({
      exitCode: 0,
      rebuilt: [THIRD],
      completed: expect.arrayContaining([FIRST, SECOND]) as string[],
    });

    const runs = simulation.application.workflow.executions.length;
    // A number that the lost ledger has run already.
    expect(await writesOf(() => send(18))).toEqual([]);
    expect(simulation.application.workflow.executions).toHaveLength(runs + 3);
    expect(await statuses()).toEqual(['VENDED', 'VENDED', 'VENDED']);
  });

  it('knows what is to be taken away from a tenant that goes before anything else is wanted of it', async () => {
    ledger.lose();
    await rebuilt();
    simulation.sendEvent(['replicationSequence', 18], ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION']);
    await simulation.settle();

    expect(await simulation.detail()).toMatchObject({ status: 'CLOSED', lastError: null });
    const groups = [...(simulation.organization.state.identityCenter?.groups.values() ?? [])];
    expect(groups.filter(({ description }) => description?.includes(FIRST))).toEqual([]);
  });

  it('never gives an account to another tenant, and knows one that AWS has closed', async () => {
    const { accounts } = simulation.organization.state;
    const account = [...accounts.values()].find(({ tags }) => tags.get('account-vending:tenant-uuid') === FIRST);
    if (account === undefined) throw new Error('There is no account.');
    account.state = 'CLOSED';
    ledger.lose();
    await rebuilt();

    simulation.sendEvent(['replicationSequence', 18]);
    await simulation.settle();

    expect(await simulation.detail()).toMatchObject({ status: 'CLOSED', account: { id: account.id } });
    expect(simulation.madeAccounts).toHaveLength(2);
  });

  it('names what it cannot know: two accounts of one tenant, and a tag that names none', async () => {
    const { accounts } = simulation.organization.state;
    const ofTenant = (uuid: string) =>
      [...accounts.values()].find(({ tags }) => tags.get('account-vending:tenant-uuid') === uuid);
    ofTenant(SECOND)?.tags.set('account-vending:tenant-uuid', FIRST);
    ofTenant(THIRD)?.tags.set('account-vending:tenant-uuid', 'nobody');
    ledger.lose();

    const report = await rebuilt();

    expect(report).toMatchObject({ exitCode: 1, rebuilt: [] });
    expect(report.findings.map(({ about }) => about)).toEqual(expect.arrayContaining([ofTenant(FIRST)?.id, IMPORTED]));
  });
});
