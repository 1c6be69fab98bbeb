import type { Configuration } from '../../functions/domain/configuration/configuration';
import { customized, network } from '../functions/domain/example-customization';
import { buildsOf, seedFor } from './customizations';
import { RolloutCalls } from './rollout-calls';
import { plainConfiguration, SimulatedVending } from './simulated-vending';

const TENANTS = 8;

/** On a busy machine. */
jest.setTimeout(120_000);

describe('a fleet whose landing zone has a customization', () => {
  let simulation: SimulatedVending;
  let calls: RolloutCalls;
  let deployed: Record<string, unknown>;

  beforeEach(async () => {
    const configuration = plainConfiguration(customized(network()));
    deployed = { ...configuration };
    simulation = new SimulatedVending({
      configuration: deployed as unknown as Configuration,
      seed: seedFor(configuration),
    });
    calls = new RolloutCalls(simulation);
    for (let number = 1; number <= TENANTS; number += 1) {
      simulation.sendEvent(
        ['tenant.metadata.uuid', `7d0c1b1e-0000-4000-8000-${number.toString().padStart(12, '0')}`],
        ['replicationSequence', 1],
        ['tenantPlatformNumber', number],
        ['tenant.metadata.ownedByProject', `project-${number}`],
        ['project.metadata.name', `project-${number}`],
      );
    }
    await simulation.settle();
  });

  afterEach(() => {
    simulation.stop();
  });

  /** As a deployment does it: functions read another configuration from now on. */
  const deploy = (changes: object): void => {
    const configuration = plainConfiguration(customized(network(changes)));
    Object.assign(deployed, configuration);
    simulation.deploy(configuration);
  };

  const night = async (): Promise<void> => {
    await simulation.pass(24 * 3600);
    simulation.application.startNight();
    await simulation.settle();
  };

  it('has it run once for each account, by no night again, and for its change by a rollout in waves', async () => {
    expect(buildsOf(simulation)).toHaveLength(TENANTS);
    await night();
    expect(buildsOf(simulation)).toHaveLength(TENANTS);

    deploy({ environment: { CIDR: '10.1.0.0/16' } });
    await night();
    expect(buildsOf(simulation)).toHaveLength(TENANTS);

    const plan = await calls.planned();
    expect(plan).toMatchObject({ status: 'PLANNED', changing: TENANTS, refused: 0 });
    expect(plan.groups).toMatchObject([{ kinds: ['adds customization network'], tenants: TENANTS }]);
    expect(buildsOf(simulation)).toHaveLength(TENANTS);

    expect(await calls.started(plan)).toMatchObject({ status: 'ENDED', done: TENANTS, failed: 0, unexpected: 0 });
    expect(buildsOf(simulation)).toHaveLength(2 * TENANTS);
    expect(new Set((await calls.tenantsOf(plan.id)).map(({ wave }) => wave)).size).toBeGreaterThan(1);
  });

  it('is spared a change that fails: the rollout stops by itself in its first wave', async () => {
    deploy({ command: 'exit 1', outputs: [] });
    const stopped = await calls.started(await calls.planned());
    expect(stopped).toMatchObject({ status: 'STOPPED', wave: 0, done: 0 });
    expect(stopped.failed).toBeGreaterThanOrEqual(1);
    expect(buildsOf(simulation).length).toBeLessThanOrEqual(TENANTS + 5);
  });
});
