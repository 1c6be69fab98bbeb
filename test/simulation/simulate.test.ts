import { exampleOrganization } from '../../sandbox/organization/example-organization';
import type { FaultName } from '../../sandbox/simulation/fault-name';
import type { SimulationOptions } from '../../sandbox/simulation/simulation-options';
import { type SimulationFixture, makeFixture } from '../../sandbox/simulation/simulation-fixture';
import { Simulation } from '../../sandbox/simulation/simulation';
import { simulate } from '../../sandbox/simulation/simulate';

const options = (changes: Partial<SimulationOptions> = {}): SimulationOptions => ({
  tenants: 1,
  seed: 1,
  faults: new Set<FaultName>(),
  rounds: 1,
  kill: false,
  ...changes,
});

describe('a simulation', () => {
  let fixture: SimulationFixture;

  beforeAll(async () => {
    fixture = await makeFixture();
  });

  it('vends every tenant where nothing goes wrong, and writes nothing when it is repeated', async () => {
    const report = await simulate(options(), fixture);

    expect(report).toMatchObject({
      seed: 1,
      tenants: 1,
      vended: 1,
      failed: 0,
      accountsPerTenantMax: 1,
      lostRequests: 0,
      quotaBreaches: 0,
      selfMadeThrottles: 0,
      writesOnUnchangedRun: 0,
      violations: [],
    });
    expect(report.apiCalls).toBeGreaterThan(20);
  });

  it('ends with everybody in their groups whom the directory knows, and nobody else', async () => {
    // Two of the four change their people on the way, and two of nine people are not in the directory.
    const simulation = new Simulation(options({ tenants: 4, seed: 7 }), fixture, { keepsCalls: true });
    try {
      await simulation.run();
      const { memberships, users } = simulation.organization.state.identityCenter ?? {};
      const people = simulation.tenants.flatMap((tenant) => tenant.people);
      const removals = simulation.organization.calls.filter(({ operation }) => operation === 'DeleteGroupMembership');

      expect(simulation.report()).toMatchObject({ vended: 4, violations: [] });
      expect(memberships?.size).toBeGreaterThan(2);
      expect(removals.length).toBeGreaterThan(0);
      expect(users?.size).toBe(people.length - 2 + (exampleOrganization().identityCenter?.users.length ?? 0));
    } finally {
      simulation.end();
    }
  });

  it('has one account in the end wherever processes die', async () => {
    const report = await simulate(options({ kill: true, seed: 4 }), fixture);

    expect(report).toMatchObject({ vended: 1, accountsPerTenantMax: 1, lostRequests: 0, violations: [] });
    expect(report.kills).toBeGreaterThan(0);
    expect(report.killedStates.length + report.killedFunctions.length).toBeGreaterThan(0);
  });

  it('takes somebody who is named twice for one member', async () => {
    // The newcomer of the second tenant has the name of somebody who is there, and the same role.
    const report = await simulate(options({ tenants: 3, seed: 90_010, rounds: 2, changes: true }), fixture);

    expect(report).toMatchObject({ vended: 3, violations: [] });
  });

  it('gives every round the time that the first one has', async () => {
    const simulation = new Simulation(options({ rounds: 3, changes: true }), fixture, { longestSeconds: 4000 });
    try {
      await simulation.run();

      expect(simulation.secondsPassed).toBeGreaterThan(2 * 4000);
      expect(simulation.report()).toMatchObject({ vended: 1, violations: [] });
    } finally {
      simulation.end();
    }
  });
});
