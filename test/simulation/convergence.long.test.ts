import { isDeepStrictEqual } from 'node:util';

import type { FaultName } from '../../sandbox/simulation/fault-name';
import { type SimulationFixture, makeFixture } from '../../sandbox/simulation/simulation-fixture';
import { TenantChanges } from '../../sandbox/simulation/changed-tenants';
import { DeployedConfiguration } from '../../sandbox/simulation/deployed-configuration';
import { type DesiredStateJson, newestOf, simulatedTenants } from '../../sandbox/simulation/simulated-tenants';
import { Simulation } from '../../sandbox/simulation/simulation';
import type { SimulationOptions } from '../../sandbox/simulation/simulation-options';

const options = (changes: Partial<SimulationOptions> = {}): SimulationOptions => ({
  tenants: 4,
  seed: 2,
  faults: new Set<FaultName>(),
  rounds: 1,
  changes: true,
  kill: false,
  ...changes,
});

/** On a busy machine. */
describe('a simulation in which everything changes between runs', () => {
  let fixture: SimulationFixture;

  beforeAll(async () => {
    fixture = await makeFixture();
  });

  const simulate = async (changes: Partial<SimulationOptions> = {}): Promise<Simulation> => {
    const simulation = new Simulation(options(changes), fixture);
    try {
      await simulation.run();
      return simulation;
    } finally {
      simulation.end();
    }
  };

  it.each([2, 6])(
    'ends after each run exactly as desired, and writes nothing without a change: seed %i',
    async (seed) => {
      const simulation = await simulate({ seed });
      const report = simulation.report();
      expect(report).toMatchObject({
        vended: 4,
        failed: 0,
        writesOnUnchangedRun: 0,
        selfMadeThrottles: 0,
        violations: [],
      });
      expect(report.changesByHand).toBeGreaterThan(5);
    },
  );

  it('is of changes to everything that meshStack and the operator can change', () => {
    const { configuration } = fixture;
    const changes = new TenantChanges(1, configuration.landingZones);
    const tenants = simulatedTenants(options({ tenants: 20 }), Object.keys(configuration.landingZones));
    const states = tenants.map((tenant) => [newestOf(tenant), newestOf(changes.changed(tenant))] as const);
    const differing = (part: (state: DesiredStateJson) => unknown): number =>
      states.filter(([first, last]) => !isDeepStrictEqual(part(first.desiredState), part(last.desiredState))).length;
    const parts: readonly ((state: DesiredStateJson) => unknown)[] = [
      ({ userPermissions }) => userPermissions,
      ({ project }) => project.spec.tags,
      ({ tenant }) => tenant.metadata.ownedByProject,
      ({ tenant }) => tenant.spec.landingZoneRef.name,
      ({ projectCreatorEmail }) => projectCreatorEmail,
    ];
    expect(parts.map(differing).filter((count) => count === 0 || count === tenants.length)).toEqual([]);
    const deployed = new DeployedConfiguration(1, configuration);
    for (let times = 0; times < 10; times += 1) deployed.change();
    expect(deployed.landingZones).not.toEqual(configuration.landingZones);
    expect(deployed.platform).not.toEqual(configuration.platform);
  });

  it('takes as many calls of AWS for each of many tenants as for each of a few, and is never throttled', async () => {
    const callsPerTenant = async (tenants: number): Promise<number> => {
      const simulation = new Simulation(options({ tenants, rounds: 0, changes: false, seed: 4 }), fixture);
      try {
        const calls = await simulation.callsOfRepetition();
        expect(simulation.report()).toMatchObject({ vended: tenants, selfMadeThrottles: 0, violations: [] });
        return calls / tenants;
      } finally {
        simulation.end();
      }
    };
    const [few, many] = [await callsPerTenant(4), await callsPerTenant(16)];
    // Landing zones differ in what they ask for: a mixture of four is not that of sixteen.
    expect(many / few).toBeGreaterThan(0.8);
    expect(many / few).toBeLessThan(1.2);
  });
});
