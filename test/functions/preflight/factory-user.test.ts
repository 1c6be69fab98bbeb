import type { Configuration } from '../../../functions/domain/configuration/configuration';
import type { CheckReport } from '../../../functions/domain/fleet/preflight';
import { exampleAuthorization } from '../../../sandbox/organization/authorization/example-authorization';
import { loadPolicyTables } from '../../../sandbox/organization/authorization/policy-simulation';
import { exampleOrganization } from '../../../sandbox/organization/example-organization';
import { grantFactoryUser } from '../../../sandbox/organization/services/sso-admin/grant-factory-user';
import { CONFIGURATION, findingsIn, type PlantedDefects, PreflightWorld } from './preflight-world';

const { identityCenter } = exampleOrganization();

/** Control Tower alone knows IAM Identity Center. */
const CONTROL_TOWER_ALONE: Configuration = {
  ...CONFIGURATION,
  platform: { ...CONFIGURATION.platform, awsIdentityStore: undefined },
};

const keeping = (keepFactoryUser: boolean): Configuration => ({
  ...CONFIGURATION,
  platform: {
    ...CONFIGURATION.platform,
    enrollmentConfiguration: { ...enrollment(), keepFactoryUser },
  },
});

function enrollment() {
  const found = CONFIGURATION.platform.enrollmentConfiguration;
  if (found === undefined) throw new Error('The example enrolls nobody.');
  return found;
}

beforeAll(loadPolicyTables);

describe('the preflight of the Account Factory’s user', () => {
  const look = async (
    planted: PlantedDefects,
    ...accountIds: readonly string[]
  ): Promise<{ readonly found: CheckReport | undefined; readonly findings: readonly string[] }> => {
    const world = new PreflightWorld(planted);
    const parameters = { SSOUserEmail: 'cloud@corp.example', SSOUserFirstName: 'Cloud', SSOUserLastName: 'Foundation' };
    for (const id of accountIds) grantFactoryUser(world.organization.state, parameters, id);
    const reports = await world.look();
    return { found: reports.find(({ id }) => id === 'factory-user'), findings: findingsIn(reports) };
  };

  it('counts the accounts in which the user is still administrator, page after page', async () => {
    const accounts = Array.from({ length: 23 }, (_one, index) => String(500_000_000_000 + index));
    const { found, findings } = await look({}, ...accounts);

    expect(findings).toEqual(['factory-user']);
    expect(found?.detail).toMatch(/^The Account Factory's user is administrator of 23 accounts: 5.* and 13 more\.$/u);
    expect(found?.remedy).toContain('keepFactoryUser');
  });

  it('leaves what the user has by its groups, and by other permission sets, out of account', async () => {
    const seed = { controlTower: { enrollsByItself: false } };
    const world = new PreflightWorld({ seed });
    const center = world.organization.state.identityCenter;
    const user = [...(center?.users.values() ?? [])].find(({ email }) => email === 'cloud@corp.example');
    const other = { accountId: '222222222222', principalType: 'USER', principalId: user?.id ?? '' } as const;
    center?.assignments.set('other', { ...other, permissionSetArn: identityCenter?.permissionSets[0]?.arn ?? '' });

    expect((await world.look()).find(({ id }) => id === 'factory-user')).toMatchObject({ result: 'ok' });
  });

  it('finds IAM Identity Center where none is configured', async () => {
    const roles = () => exampleAuthorization(CONTROL_TOWER_ALONE);
    const { found } = await look({ configuration: CONTROL_TOWER_ALONE, roles }, '222222222222');

    expect(found).toMatchObject({ result: 'failed', detail: expect.stringContaining('one account') as string });
  });

  it('says so where there is no IAM Identity Center in the region of Control Tower', async () => {
    if (identityCenter === undefined) throw new Error('The example has no IAM Identity Center.');
    const seed = { identityCenter: { ...identityCenter, region: 'eu-west-1' } };
    const roles = () => exampleAuthorization(CONTROL_TOWER_ALONE);
    const { found } = await look({ configuration: CONTROL_TOWER_ALONE, roles, seed });

    expect(found?.detail).toContain('There is no IAM Identity Center in eu-central-1');
    expect(found?.remedy).toContain('configure awsIdentityStore or awsSso with that region');
  });

  it('is skipped where the user is to stay', async () => {
    const { found } = await look({ configuration: keeping(true) }, '222222222222');
    expect(found).toMatchObject({ result: 'skipped' });
  });
});
