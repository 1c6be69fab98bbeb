import { PreflightSchema } from '../../functions/api/responses';
import { exampleAuthorization } from '../../sandbox/organization/authorization/example-authorization';
import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { ServiceRoleSeed } from '../../sandbox/organization/organization-seed';
import { DEV, provisioningConfiguration } from './provisioning';
import { SimulatedVending, type SimulationOptions } from './simulated-vending';

const example = exampleOrganization();
const { accountFactory: factory } = example;
if (factory === undefined) throw new Error('The example organization has no Account Factory.');

const configuration = provisioningConfiguration();
const roles = exampleAuthorization(configuration);
/** Without the roles of all classes. */
const without = (name: string): readonly ServiceRoleSeed[] => roles.filter((role) => !role.name.startsWith(`${name}-`));

/** The trust of the service roles asks for another ExternalId than the one of the secret. */
const otherExternalId = (role: ServiceRoleSeed): ServiceRoleSeed => ({
  ...role,
  trust: JSON.parse(
    JSON.stringify(role.trust, (key, value: unknown) => (key === 'sts:ExternalId' ? 'another-one-1a2b3c' : value)),
  ) as ServiceRoleSeed['trust'],
});

interface Missing {
  readonly what: string;
  readonly planted: SimulationOptions;
  /** What preflight finds. */
  readonly id: string;
  /** What the vending ends with. */
  readonly reason: string;
  readonly remedy: string;
}

const missing: readonly Missing[] = [
  {
    what: 'another ExternalId in the trust',
    planted: { authorization: roles.map(otherExternalId) },
    id: 'role-lets-in:MeshfedServiceRole-Read',
    reason: 'it asks for another ExternalId',
    remedy: 'Deploy ManagementAccountStack in account 222222222222',
  },
  {
    what: 'no MeshfedServiceRole',
    planted: { authorization: without('MeshfedServiceRole') },
    id: 'role-lets-in:MeshfedServiceRole-Read',
    reason: 'there is no such role',
    remedy: 'Deploy ManagementAccountStack in account 222222222222',
  },
  {
    what: 'no MeshfedAutomationRole',
    planted: { authorization: without('MeshfedAutomationRole') },
    id: 'role-lets-in:MeshfedAutomationRole-Read',
    reason: 'there is no such role',
    remedy: 'Deploy AutomationAccountStack in account 333333333333',
  },
  {
    what: 'an OU that is not registered',
    planted: {
      seed: {
        organizationalUnits: example.organizationalUnits.map((unit) => ({ ...unit, registered: unit.id !== DEV })),
        // From 4.0 on, Control Tower's own answer decides.
        controlTower: { version: '3.3' },
      },
    },
    id: 'unit-is-registered:aws-dev',
    reason: `The organizational unit ${DEV} is not registered with Control Tower.`,
    remedy: '"Register organizational unit"',
  },
  {
    what: 'a product without an active version',
    planted: {
      seed: {
        accountFactory: { ...factory, artifacts: factory.artifacts.map((one) => ({ ...one, active: false })) },
      },
    },
    id: 'account-factory-version',
    reason: 'has no version that is active and not deprecated',
    remedy: 'which publishes a new version',
  },
  {
    what: 'no launch path',
    planted: { seed: { accountFactory: { ...factory, launchPaths: [] } } },
    id: 'account-factory-launch-path',
    reason: 'has no launch path',
    remedy: 'Open the portfolio',
  },
  {
    what: 'no stack set',
    planted: { seed: { stackSets: [] } },
    id: 'stack-set-exists:eu-central-1/baseline',
    reason: 'baseline',
    remedy: 'replay this run',
  },
];

describe('a missing prerequisite', () => {
  let simulation: SimulatedVending;

  afterEach(() => {
    simulation.stop();
  });

  const preflight = async () => {
    const { body } = await simulation.application.callApi({ method: 'POST', path: '/preflight' });
    const { id } = body as { id: string };
    await simulation.settle();
    const answer = await simulation.application.callApi({ method: 'GET', path: `/preflight/${id}` });
    return PreflightSchema.parse(answer.body);
  };

  it('is none where everything is deployed', async () => {
    simulation = new SimulatedVending({ configuration });

    const { status, checks } = await preflight();

    expect(checks.filter(({ result }) => result === 'failed' || result === 'unknown')).toEqual([]);
    expect(status).toBe('PASSED');
  });

  it.each(missing)('is found by preflight, and ends a vending with its remedy: $what', async (one) => {
    simulation = new SimulatedVending({ configuration, ...one.planted });

    const { status, checks } = await preflight();
    simulation.sendEvent();
    await simulation.settle();

    expect(status).toBe('FINDINGS');
    expect(checks.filter(({ result }) => result === 'failed').map(({ id }) => id)).toContain(one.id);
    const detail = await simulation.detail();
    expect(detail.status).toBe('FAILED');
    expect(detail.lastError).toMatchObject({
      name: 'RejectedError',
      message: expect.stringContaining(one.reason) as string,
      remedy: expect.stringContaining(one.remedy) as string,
    });
  });

  it('of a role is told from one that AWS has yet to hear of: for a minute, nothing is final', async () => {
    simulation = new SimulatedVending({ configuration, authorization: without('MeshfedServiceRole') });

    simulation.sendEvent();
    await simulation.settle();

    const refusals = simulation.retries.filter((state) => state === 'CreateAccount');
    expect(refusals.length).toBeGreaterThan(2);
    expect(simulation.secondsPassed).toBeGreaterThan(60);
  });

  it('of registration is told before Control Tower is asked to enroll anything', async () => {
    const { planted } = missing.find(({ id }) => id === 'unit-is-registered:aws-dev') ?? { planted: {} };
    simulation = new SimulatedVending({ configuration, ...planted });

    simulation.sendEvent();
    await simulation.settle();

    expect(simulation.outcomesOf('ProvisionProduct')).toEqual([]);
  });

  it('of registration is Control Tower to tell from landing zone 4.0 on', async () => {
    const { organizationalUnits } = example;
    const seed = { organizationalUnits: organizationalUnits.map((unit) => ({ ...unit, registered: unit.id !== DEV })) };
    simulation = new SimulatedVending({ configuration, seed });

    simulation.sendEvent();
    await simulation.settle();

    expect(simulation.outcomesOf('ProvisionProduct')).toEqual(['ok', 'ok', 'ok']);
    expect((await simulation.detail()).lastError?.message).toContain('is not registered with AWS Control Tower');
  });
});
