import { type VendingDetail } from '../../functions/api/responses';
import { type VendingPreview, VendingPreviewSchema } from '../../functions/api/vending-responses';
import type { Configuration } from '../../functions/domain/configuration/configuration';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { type Change, changed, configuration, desiredStateJson } from '../functions/domain/examples';
import { SimulatedVending, type SimulationOptions } from './simulated-vending';

const EXISTING = '555555555555';
const deletion: readonly Change[] = [
  ['replicationSequence', 18],
  ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
];
const closing: Change = ['landingZone.closeAccount', true];
const stackSets: Change = [
  'landingZone.stackSets',
  [
    { name: 'baseline', regions: ['eu-central-1', 'eu-west-1'], removeStackInstances: true },
    { name: 'network', regions: ['eu-central-1'] },
  ],
];
const { awsIdentityStore } = configuration().platform;
const awsRoleMappings = [
  {
    projectRoleRef: { name: 'admin' },
    awsRole: 'admin',
    permissionSetArns: ['arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-ad00000000000001'],
  },
];
const people: Change = ['platform.awsIdentityStore', { ...awsIdentityStore, region: 'eu-central-1', awsRoleMappings }];

const everything = (...changes: readonly Change[]): Configuration =>
  configuration(people, stackSets, ['landingZone.awsLambdaArn', null], ...changes);

/** A product and requests of IAM Identity Center have no other names beforehand. */
const madeBy = ({ timeline }: VendingDetail): readonly object[] =>
  timeline.flatMap(({ state, changes }) => changes.map((change) => ({ state, ...change })));

describe('POST /vendings?dryRun=true for a tenant that is to be deleted', () => {
  let simulation: SimulatedVending;
  const begin = (options: SimulationOptions): void => {
    simulation = new SimulatedVending(options);
  };
  afterEach(() => {
    simulation.stop();
  });

  const dryRun = async (): Promise<VendingPreview> => {
    const body = changed(desiredStateJson, ...deletion);
    const call = { method: 'POST', path: '/vendings', query: { dryRun: 'true' }, body } as const;
    const answer = await simulation.application.callApi(call);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return VendingPreviewSchema.parse(answer.body);
  };

  const vend = async (...changes: readonly Change[]): Promise<void> => {
    simulation.sendEvent(...changes);
    await simulation.settle();
  };

  const madeAccount = () => {
    const [made] = simulation.madeAccounts;
    if (made === undefined) throw new Error('There is no account.');
    return made;
  };

  const leave = (): void => {
    simulation.organization.state.accounts.delete(madeAccount().id);
  };

  it.each([
    {
      what: 'it is closed',
      options: { configuration: everything(closing) },
      accountState: 'CLOSED',
      states: ['RevokeAccess', 'RemoveStackInstances', 'UnenrollAccount', 'SetAccountAlias', 'CheckClosure'],
    },
    {
      what: 'it stays',
      options: { configuration: everything() },
      accountState: 'KEPT',
      remark: 'does not close accounts (closeAccount)',
      states: ['RevokeAccess', 'RemoveStackInstances'],
    },
    {
      what: 'it stays, and so do groups',
      options: { configuration: everything(['platform.skipUserGroupPermissionCleanup', true]) },
      accountState: 'KEPT',
      states: ['RemoveStackInstances'],
    },
    {
      what: 'somebody has closed it already',
      options: { configuration: everything(closing) },
      drift: () => {
        madeAccount().state = 'CLOSED';
      },
      accountState: 'CLOSED',
      states: ['RevokeAccess', 'CheckClosure'],
    },
    {
      what: 'it has left the organization',
      options: { configuration: everything(closing) },
      drift: leave,
      accountState: 'GONE',
      states: ['RevokeAccess'],
    },
  ])('tells what the run then does: $what', async ({ options, drift, accountState, remark = '', states }) => {
    begin(options);
    await vend();
    expect(await simulation.detail()).toMatchObject({ status: 'VENDED' });
    drift?.();
    const before = simulation.organization.calls.length;
    const told = await dryRun();
    const calls = simulation.organization.calls.slice(before);
    expect(calls.filter(({ write, service }) => write && service !== 'sts')).toEqual([]);

    await vend(...deletion);
    const detail = await simulation.detail();
    expect(detail).toMatchObject({ status: 'CLOSED', replicationSequence: 18, lastError: null });
    expect(simulation.outcomes.at(-1)).toMatchObject({ type: 'Account Closed', detail: { accountState } });
    expect(told).toMatchObject({ tenantUuid: detail.tenantUuid, refusal: null, accountState });
    expect(told.remarks.join(' ')).toContain(remark);
    expect(told.changes).toEqual(madeBy(detail));
    expect([...new Set(told.changes?.map(({ state }) => state))]).toEqual(states);
  });

  it('tells that an imported account stays, and why', async () => {
    const { accounts, rootId } = exampleOrganization();
    const existing = { id: EXISTING, name: 'Legacy Shop', email: 'legacy@corp.example', parentId: rootId };
    const seed = { accounts: [...accounts, { ...existing, accessRole: 'MeshstackAccountAccessRole' }] };
    begin({ configuration: everything(closing, ['platform.import', { organizationalUnits: [rootId] }]), seed });
    await vend(['tenant.spec.platformTenantId', EXISTING]);
    const { accountState, closing: planned, remarks } = await dryRun();
    expect({ accountState, planned }).toMatchObject({ accountState: 'KEPT', planned: { closesAccount: false } });
    expect(remarks.join(' ')).toContain('closeImportedAccounts');
  });

  it('tells what would stop it', async () => {
    begin({ configuration: everything(closing) });
    await vend();
    madeAccount().tags.delete('account-vending:tenant-uuid');
    const { refusal, accountState } = await dryRun();
    expect(refusal).toMatchObject({ state: 'GuardAccount', remedy: expect.stringContaining('replay') as string });
    expect(accountState).toBeUndefined();
  });

  it('tells of a tenant that nobody knows that there is nothing to be done', async () => {
    begin({ configuration: everything(closing) });
    expect(await dryRun()).toMatchObject({ changes: [], refusal: null, accountState: 'NONE' });
  });

  it('tells nothing of an account that AWS is making: it is waited for first', async () => {
    begin({ configuration: everything(closing) });
    simulation.sendEvent();
    await simulation.until(() => simulation.outcomesOf('CreateAccount').length > 0);
    const preview = await dryRun();
    expect(preview).toMatchObject({ changes: null, refusal: null });
    expect(preview.accountState).toBeUndefined();
  });
});
