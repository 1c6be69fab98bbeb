import { allFaults } from '../../sandbox/simulation/fault-name';
import { type SimulationFixture, makeFixture } from '../../sandbox/simulation/simulation-fixture';
import { simulate } from '../../sandbox/simulation/simulate';

describe('a simulation in which tenants come and go', () => {
  let fixture: SimulationFixture;

  beforeAll(async () => {
    fixture = await makeFixture();
  });

  it.each([
    { seed: 1, kill: false },
    { seed: 2, kill: true },
    { seed: 3, kill: true },
  ])('ends with everybody vended or closed, as it is wanted (seed $seed, kills: $kill)', async ({ seed, kill }) => {
    const faults = kill ? allFaults() : new Set<never>();
    const report = await simulate({ tenants: 8, seed, faults, rounds: 0, lives: true, kill }, fixture);

    expect(report).toMatchObject({
      failed: 0,
      accountsPerTenantMax: 1,
      lostRequests: 0,
      quotaBreaches: 0,
      violations: [],
    });
    expect(report.closed).toBeGreaterThan(0);
    expect(report.vended + report.closed).toBe(report.tenants);
  });
});
