import { exampleOrganization } from '../../sandbox/organization/example-organization';
import { SimulatedVending } from './simulated-vending';

const uuidOf = (index: number): string => `7d0c1b1e-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** As many as a list needs forty pages for. */
function largeOrganization() {
  const { accounts, rootId } = exampleOrganization();
  const others = Array.from({ length: 800 }, (_, index) => {
    const id = String(800_000_000_000 + index);
    return { id, name: `other-${index}`, email: `other+${index}@corp.example`, parentId: rootId };
  });
  return { accounts: [...accounts, ...others] };
}

describe('vendings whose request for an account has no answer, in an organization of 800 accounts', () => {
  const TENANTS = 6;
  let simulation: SimulatedVending;
  const lost = new Set<unknown>();

  beforeAll(async () => {
    simulation = new SimulatedVending({
      seed: largeOrganization(),
      faults: {
        beforeCall: ({ operation, input }) => {
          if (operation !== 'CreateAccount') return undefined;
          const request = JSON.stringify(input);
          if (lost.has(request)) return undefined;
          lost.add(request);
          return { kind: 'connection-reset' };
        },
      },
    });
    for (let index = 1; index <= TENANTS; index += 1) {
      simulation.sendEvent(
        ['replicationSequence', 1],
        ['tenantPlatformNumber', index],
        ['tenant.metadata.uuid', uuidOf(index)],
        ['tenant.metadata.ownedByProject', `project-${index}`],
        ['project.metadata.name', `project-${index}`],
      );
    }
    await simulation.settle();
  });

  afterAll(() => {
    simulation.stop();
  });

  it('are looked for, page by page', () => {
    expect(lost.size).toBe(TENANTS);
    expect(simulation.outcomesOf('ListAccounts').length).toBeGreaterThan(40);
    expect(simulation.madeAccounts).toHaveLength(TENANTS);
    expect(simulation.outcomes.map(({ type }) => type)).toEqual(
      Array.from({ length: TENANTS }, () => 'Account Vended'),
    );
  });

  it('do not ask faster than AWS answers', () => {
    const throttled = simulation.organization.calls.filter(({ outcome }) => outcome === 'TooManyRequestsException');
    expect(throttled.map(({ operation }) => operation)).toEqual([]);
  });
});
