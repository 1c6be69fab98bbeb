import { landingZoneFaults } from '../../functions/domain/configuration/landing-zone-faults';
import { platformFaults } from '../../functions/domain/configuration/platform-faults';
import { exampleAuthorization } from '../../sandbox/organization/authorization/example-authorization';
import { assignmentKey } from '../../sandbox/organization/services/sso-admin/identity-center';
import { keepRole } from '../../sandbox/organization/services/sso-admin/rights-of-the-caller';
import { type Change, changed, desiredStateJson } from '../functions/domain/examples';
import { ADMINISTRATOR_SET, VIEW_ONLY_SET, withManagementAccess } from '../management-access';
import { type SimulationOptions, SimulatedVending } from './simulated-vending';

const MANAGEMENT = '222222222222';
const inManagement: readonly Change[] = [
  ['tenant.spec.landingZoneRef.name', 'aws-management'],
  ['tenant.spec.platformTenantId', MANAGEMENT],
];

describe('the management account, where people may get access to it', () => {
  let simulation: SimulatedVending;
  afterEach(() => {
    simulation.stop();
  });

  const begin = (options: Partial<SimulationOptions> = {}): SimulatedVending => {
    simulation = new SimulatedVending({ configuration: withManagementAccess(), ...options });
    return simulation;
  };

  /** An administrator has given his own group the permission set there once, so that its role is there. */
  const provision = (permissionSetArn = VIEW_ONLY_SET): void => {
    const { state } = simulation.organization;
    const center = state.identityCenter;
    if (center === null) throw new Error('There is no IAM Identity Center.');
    const own = { accountId: MANAGEMENT, permissionSetArn, principalType: 'GROUP', principalId: 'g-own' } as const;
    center.assignments.set(assignmentKey(own), own);
    keepRole({ state, now: Date.now() }, center, own);
  };

  const assigned = (): readonly string[] =>
    [...(simulation.organization.state.identityCenter?.assignments.having('accountId', MANAGEMENT) ?? [])]
      .filter(({ principalId }) => principalId !== 'g-own')
      .map(({ permissionSetArn }) => permissionSetArn);

  const writes = (): readonly string[] => [
    ...new Set(simulation.organization.calls.filter(({ write }) => write).map(({ operation }) => operation)),
  ];

  it('gets groups, members and assignments, and nothing else; a second run writes nothing; a deletion takes them away', async () => {
    begin();
    provision();
    const { parentId, tags } = simulation.organization.state.accounts.get(MANAGEMENT) ?? {};
    simulation.sendEvent(...inManagement);
    await simulation.settle();

    expect(await simulation.detail()).toMatchObject({ status: 'VENDED', lastError: null, account: { id: MANAGEMENT } });
    expect(assigned()).toEqual([VIEW_ONLY_SET]);
    expect(
      writes()
        .filter((one) => one !== 'AssumeRole')
        .toSorted(),
    ).toEqual(['CreateAccountAssignment', 'CreateGroup', 'CreateGroupMembership']);
    expect(simulation.organization.state.accounts.get(MANAGEMENT)).toMatchObject({ parentId, tags, alias: null });
    const by = simulation.organization.calls.find(({ operation }) => operation === 'CreateAccountAssignment');
    expect(by?.principal?.arn).toContain('MeshfedServiceRole-Management/');

    const before = simulation.organization.calls.length;
    simulation.sendEvent(['replicationSequence', 18], ...inManagement);
    await simulation.settle();
    const again = simulation.organization.calls.slice(before);
    expect(again.filter(({ write, operation }) => write && operation !== 'AssumeRole')).toEqual([]);

    simulation.sendEvent(
      ['replicationSequence', 19],
      ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'],
      ...inManagement,
    );
    await simulation.settle();
    expect(await simulation.detail()).toMatchObject({ status: 'CLOSED', lastError: null });
    expect(simulation.outcomes.at(-1)).toMatchObject({ type: 'Account Closed', detail: { accountState: 'KEPT' } });
    expect(assigned()).toEqual([]);
    expect(writes()).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:Move|Tag|Untag|Close|Create(?:Role|AccountAlias))/u)]),
    );
    expect(simulation.organization.state.accounts.get(MANAGEMENT)?.state).toBe('ACTIVE');
  });

  it('is entered by nobody', async () => {
    begin();
    provision();
    simulation.sendEvent(...inManagement);
    await simulation.settle();

    const assumed = simulation.organization.calls
      .filter(({ operation }) => operation === 'AssumeRole')
      .map(({ input }) => JSON.stringify(input));
    expect(assumed.filter((one) => one.includes('OrganizationAccountAccessRole'))).toEqual([]);
    expect(assumed.filter((one) => one.includes('-Enter'))).toEqual([]);
  });

  it('is refused in AWS’s words where no administrator has given the permission set there, and nobody made a role', async () => {
    begin().sendEvent(...inManagement);
    await simulation.settle();

    const { status, lastError } = await simulation.detail();
    expect([status, lastError?.name]).toEqual(['FAILED', 'RejectedError']);
    expect(lastError?.message).toContain('Access denied by IAM');
    expect(lastError?.message).toContain('iam:CreateRole');
    expect(lastError?.remedy).toContain('let an administrator');
    expect(assigned()).toEqual([]);
  });

  it('needs rights that no role has without the setting', async () => {
    const { platform, landingZones } = withManagementAccess();
    const { managementAccountAccess, ...plain } = platform;
    begin({ authorization: exampleAuthorization({ platform: plain, landingZones }) });
    provision();
    simulation.sendEvent(...inManagement);
    await simulation.settle();

    expect(managementAccountAccess).toBeDefined();
    expect(await simulation.detail()).toMatchObject({ status: 'FAILED' });
    expect(assigned()).toEqual([]);
  });

  it('is nobody’s elsewhere: not in another landing zone, not by null once it is a tenant’s, and no other account is in its own', async () => {
    begin();
    provision();
    const faultsOf = async (...changes: readonly Change[]) => {
      const { status, body } = await simulation.post(...changes);
      return [status, JSON.stringify(body)] as const;
    };
    expect(await faultsOf(['tenant.spec.platformTenantId', MANAGEMENT])).toEqual([
      422,
      expect.stringContaining('name a landing zone with managementAccount'),
    ]);
    expect(await faultsOf(['tenant.spec.landingZoneRef.name', 'aws-management'])).toEqual([
      422,
      expect.stringContaining('is for the management account alone'),
    ]);
    simulation.sendEvent(...inManagement);
    await simulation.settle();
    expect(await faultsOf(['replicationSequence', 18])).toEqual([
      422,
      expect.stringContaining('this tenant is the management account'),
    ]);
  });

  it('is previewed as it is done', async () => {
    begin();
    provision();
    const body = changed(desiredStateJson, ...inManagement);
    const dryRun = await simulation.application.callApi({
      method: 'POST',
      path: '/vendings',
      query: { dryRun: 'true' },
      body,
    });
    expect(dryRun.status).toBe(200);
    expect(JSON.stringify(dryRun.body)).toContain('"accessOnly":true');
    expect(JSON.stringify(dryRun.body)).toContain(VIEW_ONLY_SET);
  });
});

describe('the configuration of access to the management account', () => {
  const { platform, landingZones } = withManagementAccess();
  const zone = landingZones['aws-management'];
  const faults = (change: object) =>
    zone === undefined ? [] : landingZoneFaults({ ...zone, ...change }, platform).map(({ field }) => field);

  it('is right as it stands, and asks for nothing that would touch the account', () => {
    expect(platformFaults(platform)).toEqual([]);
    expect(faults({})).toEqual([]);
    expect(faults({ awsEnrollAccount: true })).toContain('awsEnrollAccount');
    expect(faults({ closeAccount: true })).toEqual(['closeAccount']);
    expect(faults({ stackSets: [{ name: 'network', regions: ['eu-central-1'] }] })).toEqual(['stackSets']);
    expect(faults({ awsRoleMappings: [] })).toEqual(['awsRoleMappings']);
    expect(
      faults({
        awsRoleMappings: [{ projectRoleRef: { name: 'admin' }, awsRole: 'a', permissionSetArns: [ADMINISTRATOR_SET] }],
      }),
    ).toEqual(['awsRoleMappings[0]']);
  });

  it('does not go with a delegated administrator account, nor without IAM Identity Center', () => {
    const identityCenterRole = 'arn:aws:iam::333333333333:role/MeshfedIdentityCenterRole';
    expect(platformFaults({ ...platform, identityCenterRole })).toMatchObject([
      {
        field: 'managementAccountAccess',
        message: expect.stringContaining('delegated administrator cannot') as string,
      },
    ]);
    expect(platformFaults({ ...platform, awsIdentityStore: undefined })).toMatchObject([
      { field: 'managementAccountAccess' },
    ]);
    const { managementAccountAccess, ...plain } = platform;
    expect(managementAccountAccess).toBeDefined();
    expect(zone === undefined ? [] : landingZoneFaults(zone, plain)).toMatchObject([{ field: 'managementAccount' }]);
  });
});
