import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';
import { CONFIGURATION, findingsIn, type PlantedDefects, PreflightWorld } from './preflight-world';
import { MANAGEMENT_ROLE, CREATING_ROLE, without, changed, withoutAction, reportOf } from './planted-defects';

/** The Account Factory takes some of them as well, and its own check fails without. */
const rights: readonly (readonly [action: string, unknown: string, failed: readonly string[]])[] = [
  ['organizations:DescribeOrganizationalUnit', 'unit-exists:aws-dev', []],
  ['organizations:ListPoliciesForTarget', 'service-control-policies:aws-dev', []],
  ['organizations:DescribePolicy', 'service-control-policies:aws-dev', []],
  ['controltower:ListLandingZones', 'control-tower-is-set-up', []],
  ['controltower:GetLandingZone', 'control-tower-is-set-up', []],
  ['controltower:ListEnabledBaselines', 'unit-is-registered:aws-dev', []],
  ['servicequotas:GetServiceQuota', 'account-quota', []],
  ['organizations:ListAccounts', 'account-quota', []],
  ['identitystore:GetGroupId', 'identity-store', []],
  ['sso:ListPermissionSets', 'permission-sets', []],
  ['identitystore:GetUserId', 'factory-user', []],
  ['sso:ListAccountAssignmentsForPrincipal', 'factory-user', []],
  ['iam:SimulatePrincipalPolicy', 'account-factory-rights', []],
  ['iam:SimulatePrincipalPolicy', 'landing-zone-update-rights', []],
  ['iam:GetRole', 'role-exists:MeshfedServiceRole-Create', []],
];

beforeAll(loadPolicyTables);

describe('a preflight', () => {
  it('of what the stacks deploy finds nothing', async () => {
    const reports = await new PreflightWorld().look();

    expect(findingsIn(reports)).toEqual([]);
    expect(reports.filter(({ result }) => result === 'skipped').map(({ id }) => id)).toEqual([
      'unit-is-registered:aws-sandbox',
      'unit-is-registered:aws-sealed',
    ]);
  });

  it('tells where managed execution of a stack set is off, which is no fault', async () => {
    const reports = await new PreflightWorld().look();

    const off = expect.stringContaining('--stack-set-name baseline') as string;
    expect(reportOf(reports, 'stack-set-exists:eu-central-1/baseline')).toMatchObject({ result: 'ok', detail: off });
    expect(reportOf(reports, 'stack-set-exists:eu-central-1/network')).toMatchObject({ result: 'ok', detail: null });
  });

  it('writes nothing', async () => {
    const world = new PreflightWorld();

    await world.look();

    expect(world.organization.calls.filter(({ write }) => write)).toEqual([]);
  });

  it('uses every right that it is given', async () => {
    const world = new PreflightWorld();

    await world.look();

    const unused = world.organization.unusedActions.filter(({ role }) => role === 'vending-RunPreflight');
    expect(unused).toEqual([]);
  });

  it.each(rights)('cannot tell without the right to %s, and says so', async (action, id, failed) => {
    const reports = await new PreflightWorld({ roles: changed(MANAGEMENT_ROLE, withoutAction(action)) }).look();

    expect(reports.filter(({ result }) => result === 'failed').map((report) => report.id)).toEqual(failed);
    expect(reportOf(reports, id)).toMatchObject({
      result: 'unknown',
      detail: expect.stringContaining(`not authorized to perform: ${action}`) as string,
      remedy: expect.stringContaining('Deploy ManagementAccountStack') as string,
    });
  });

  it('skips what cannot be looked at because of another finding, and says of which', async () => {
    const reports = await new PreflightWorld({ roles: without(MANAGEMENT_ROLE) }).look();

    expect(reportOf(reports, 'account-quota')).toMatchObject({
      result: 'skipped',
      detail: 'It was not checked, since role-lets-in:MeshfedServiceRole-Read is not ok.',
    });
  });

  it('asks for no right to close where no landing zone closes accounts', async () => {
    const landingZones = Object.fromEntries(
      Object.entries(CONFIGURATION.landingZones).map(([name, one]) => [name, { ...one, closeAccount: false }]),
    );
    const reports = await new PreflightWorld({
      configuration: { ...CONFIGURATION, landingZones },
      roles: changed(CREATING_ROLE, withoutAction('organizations:CloseAccount')),
    }).look();

    expect(findingsIn(reports)).toEqual([]);
    expect(reportOf(reports, 'account-closing-rights')).toMatchObject({
      result: 'skipped',
      detail: 'No landing zone closes accounts (closeAccount).',
    });
  });

  it('asks nothing of Control Tower where accounts are not enrolled', async () => {
    const { enrollmentConfiguration: enrollment, ...platform } = CONFIGURATION.platform;
    expect(enrollment).toBeDefined();
    const landingZones = Object.fromEntries(
      Object.entries(CONFIGURATION.landingZones).map(([name, one]) => [name, { ...one, awsEnrollAccount: false }]),
    );
    const world = new PreflightWorld({ configuration: { platform, landingZones } });

    const reports = await world.look();

    expect(findingsIn(reports)).toEqual([]);
    expect(reports.filter(({ id }) => /control-tower|account-factory/u.test(id))).toEqual([]);
    expect(reportOf(reports, 'landing-zone-update-rights')).toMatchObject({
      result: 'skipped',
      detail: 'Accounts are not enrolled (platform.json has no enrollmentConfiguration).',
    });
    expect(world.organization.calls.filter(({ service }) => /controltower|catalog/u.test(service))).toEqual([]);
  });

  it('tries again when AWS turns a call away, and leaves it alone between the tries', async () => {
    let refusals = 3;
    const faults: PlantedDefects['faults'] & object = {
      beforeCall: ({ operation }) => {
        if (operation !== 'ListLandingZones' || refusals === 0) return undefined;
        refusals -= 1;
        return { kind: 'error', code: 'ThrottlingException', status: 429, message: 'Rate exceeded' };
      },
    };
    const world = new PreflightWorld({ faults });

    expect(findingsIn(await world.look())).toEqual([]);
    expect(world.pauses.slice(0, 3)).toEqual([1, 2, 4]);
  });
});
