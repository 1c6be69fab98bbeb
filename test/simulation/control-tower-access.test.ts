import { readOrganization } from '../../sandbox/organization/independent-reader';
import { inProcessRequestHandler } from '../../sandbox/organization/in-process-transport';
import { assignmentKey } from '../../sandbox/organization/services/sso-admin/identity-center';
import { configuration } from '../functions/domain/examples';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const VIEW = 'arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-c000000000000003';
const { awsIdentityStore } = configuration().platform;
const awsRoleMappings = [{ projectRoleRef: { name: 'admin' }, awsRole: 'admin', permissionSetArns: [VIEW] }];

/** Enrolled in Control Tower, which gives groups of its own the same permission set that the tenant's group has. */
const enrolled = plainConfiguration(
  ['platform.awsIdentityStore', { ...awsIdentityStore, region: 'eu-central-1', awsRoleMappings }],
  ['landingZone.awsTargetOrgUnitId', 'ou-ab12-cdefgh34'],
  ['landingZone.awsEnrollAccount', true],
);

describe('access beside Control Tower’s own', () => {
  let simulation: SimulatedVending;
  beforeEach(() => {
    simulation = new SimulatedVending({ configuration: enrolled });
  });
  afterEach(() => {
    simulation.stop();
  });

  const assignments = async () => {
    const where = { region: 'eu-central-1', managementAccountId: '222222222222', automationAccountId: '333333333333' };
    const requestHandler = inProcessRequestHandler(simulation.organization);
    const accountIds = simulation.madeAccounts.map(({ id }) => id);
    const [reading] = await readOrganization({ ...where, requestHandler, accountIds });
    return (reading?.assignments ?? []).map((one) => `${one.principal ?? 'nobody'}: ${one.permissionSet}`).toSorted();
  };

  const controlTower = [
    'AWSControlTowerAdmins: AWSOrganizationsFullAccess',
    'AWSSecurityAuditors: AWSReadOnlyAccess',
    'AWSSecurityAuditors: ViewOnlyAccess',
  ];

  it('takes none of Control Tower’s assignments away, also where it takes away the same permission set', async () => {
    simulation.sendEvent();
    await simulation.settle();
    const ours = 'mst-retail.webshop-dev-admin: ViewOnlyAccess';
    expect(await assignments()).toEqual([...controlTower, ours]);

    const center = simulation.organization.state.identityCenter;
    const group = [...(center?.groups.values() ?? [])].find(({ displayName }) => displayName.startsWith('mst-'));
    const [, other = ''] = center?.permissionSets.keys() ?? [];
    const accountId = simulation.madeAccounts[0]?.id ?? '';
    const byHand = {
      accountId,
      permissionSetArn: other,
      principalType: 'GROUP',
      principalId: group?.id ?? '',
    } as const;
    center?.assignments.set(assignmentKey(byHand), byHand);
    expect(await assignments()).toHaveLength(5);
    simulation.sendEvent(['replicationSequence', 18], ['userPermissions', []]);
    await simulation.settle();

    expect(await assignments()).toEqual([...controlTower, ours]);
  });
});
