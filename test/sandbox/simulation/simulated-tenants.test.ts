import { simulatedTenants } from '../../../sandbox/simulation/simulated-tenants';

const tenantsOf = (seed: number, ...faults: readonly 'taken-names'[]) =>
  simulatedTenants({ seed, tenants: 400, faults: new Set(faults) }, ['bare']);

type Tenant = ReturnType<typeof tenantsOf>[number];

const firstName = ({ requests: [{ desiredState }] }: Tenant): string => desiredState.project.metadata.name;

describe('tenants that come with the name of another', () => {
  it.each([1, 2, 3])('are some, and the other one comes with its own, before them (seed %i)', (seed) => {
    const own = tenantsOf(seed).map(firstName);
    const tenants = tenantsOf(seed, 'taken-names');
    const takers = tenants.filter((tenant, index) => firstName(tenant) !== own[index]);
    expect(takers.length).toBeGreaterThan(10);
    for (const taker of takers) {
      const holders = tenants.filter((tenant) => tenant !== taker && firstName(tenant) === firstName(taker));
      expect(holders).toHaveLength(1);
      expect(holders[0]?.requests[0].at).toBeLessThan(taker.requests[0].at);
      expect(taker.requests[1]?.desiredState.project.metadata.name).toBe(own[tenants.indexOf(taker)]);
    }
  });
});
