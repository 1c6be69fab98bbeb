import { awsLimits } from '../../sandbox/organization/organization-limits';
import { configuration } from '../functions/domain/examples';
import { fewOrMany } from '../few-or-many';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const COUNT = fewOrMany(24, 200);
/** Slow enough that more than fifteen would be at work at once, as fast as accounts are made. */
const ASSIGNMENT_SECONDS = 90;

const permissionSet = (id: string) => `arn:aws:sso:::permissionSet/ssoins-1234567890abcdef/ps-${id}`;
const awsRoleMappings = [
  {
    projectRoleRef: { name: 'admin' },
    awsRole: 'admin',
    permissionSetArns: [permissionSet('ad00000000000001'), permissionSet('c000000000000003')],
  },
];

function simulate(): SimulatedVending {
  const { awsIdentityStore } = configuration().platform;
  const block = { ...awsIdentityStore, region: 'eu-central-1', awsRoleMappings };
  const simulation = new SimulatedVending({
    configuration: plainConfiguration(['platform.awsIdentityStore', block]),
    latencies: { accountAssignment: [ASSIGNMENT_SECONDS, ASSIGNMENT_SECONDS] },
  });
  for (let index = 1; index <= COUNT; index += 1) {
    simulation.sendEvent(
      ['tenantPlatformNumber', index],
      ['tenant.metadata.uuid', `7d0c1b1e-0000-4000-8000-${String(index).padStart(12, '0')}`],
      ['tenant.metadata.ownedByProject', `project-${index}`],
      ['project.metadata.name', `project-${index}`],
    );
  }
  return simulation;
}

describe('account assignments of many tenants at once', () => {
  let simulation: SimulatedVending;

  beforeAll(async () => {
    simulation = simulate();
    await simulation.settle();
  });

  afterAll(() => {
    simulation.stop();
  });

  const callsOf = (isOne: (operation: string) => boolean) =>
    simulation.organization.calls.filter(({ service, operation }) => service === 'sso' && isOne(operation));

  it('are all made in the end', () => {
    expect(simulation.organization.state.identityCenter?.assignments.size).toBe(2 * COUNT);
  });

  it('are never more than fifteen at work, and fifteen where so many wait', () => {
    const begun = callsOf((operation) => operation === 'CreateAccountAssignment');
    const times = begun.flatMap(({ at, outcome }) => (outcome === 'ok' ? [at] : []));
    const atWork = times.map((now) => times.filter((at) => at <= now && at > now - ASSIGNMENT_SECONDS * 1000).length);
    expect(Math.max(...atWork)).toBe(awsLimits.outstandingAssignments);
    expect(begun.filter(({ outcome }) => outcome !== 'ok')).toEqual([]);
  });

  it('take no more than twenty calls in any second', () => {
    const times = callsOf(() => true).map(({ at }) => at);
    const inSecond = times.map((from) => times.filter((at) => at >= from && at < from + 1000).length);
    expect(Math.max(...inSecond)).toBeLessThanOrEqual(20);
    expect(times.length).toBeGreaterThan(6 * COUNT);
  });
});
