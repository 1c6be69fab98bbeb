import { allFaults } from '../../sandbox/simulation/fault-name';
import { type SimulationFixture, makeFixture } from '../../sandbox/simulation/simulation-fixture';
import { simulate } from '../../sandbox/simulation/simulate';
import { newestOf, type SimulatedTenant, simulatedTenants } from '../../sandbox/simulation/simulated-tenants';
import { TenantLifecycles } from '../../sandbox/simulation/tenant-lifecycles';

/** `npm run test:deep -- seeds` has a hundred, in ten simulations. */
const TENANTS = 4;

/** Of the first seeds, those in which two tenants go for good. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].filter((seed) => goingFor(seed).length >= 2);

function goingFor(seed: number): readonly SimulatedTenant[] {
  const options = { tenants: TENANTS, seed, faults: new Set<never>(), rounds: 0, kill: false };
  return new TenantLifecycles(seed, TENANTS)
    .livedOn(simulatedTenants(options, ['any']))
    .filter((tenant) => newestOf(tenant).desiredState.tenant.status.lifecycle.state === 'MARKED_FOR_DELETION');
}

describe('a simulation in which tenants come and go', () => {
  let fixture: SimulationFixture;

  beforeAll(async () => {
    fixture = await makeFixture();
  });

  it.each([
    { seed: SEEDS[0], kill: false },
    { seed: SEEDS[1], kill: true },
    { seed: SEEDS[2], kill: true },
  ])('ends with everybody vended or closed, as it is wanted (seed $seed, kills: $kill)', async ({ seed = 0, kill }) => {
    const faults = kill ? allFaults() : new Set<never>();
    const report = await simulate({ tenants: TENANTS, seed, faults, rounds: 0, lives: true, kill }, fixture);

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
