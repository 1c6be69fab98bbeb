import type { Fault, FaultInjector } from '../../sandbox/organization/fault-injector';
import { followed, type Snapshot, TracedLedger } from './protocol-trace';
import { SimulatedVending } from './simulated-vending';

const uuidOf = (index: number): string => `7d0c1b1e-0000-4000-8000-${String(index).padStart(12, '0')}`;
const TENANTS = [1, 2, 3].map(uuidOf);

/** The first calls of CreateAccount meet these. */
function meeting(...faults: readonly Fault[]): FaultInjector {
  let calls = 0;
  return {
    beforeCall: ({ operation }) => {
      if (operation !== 'CreateAccount') return undefined;
      calls += 1;
      return faults[calls - 1];
    },
  };
}

/** Three tenants are ordered at once, and there is room for two. */
async function traced(faults: readonly Fault[]): Promise<readonly Snapshot[]> {
  const ledger = await TracedLedger.of(TENANTS);
  const simulation = new SimulatedVending({ ledger: ledger.store, faults: meeting(...faults) });
  try {
    for (const [index, uuid] of TENANTS.entries()) {
      simulation.sendEvent(
        ['tenantPlatformNumber', index + 1],
        ['tenant.metadata.uuid', uuid],
        ['tenant.metadata.ownedByProject', `project-${index}`],
        ['project.metadata.name', `project-${index}`],
      );
    }
    await simulation.settle();

    expect(simulation.madeAccounts).toHaveLength(3);

    return ledger.snapshots;
  } finally {
    simulation.stop();
  }
}

jest.setTimeout(20 * 60_000);

describe('simulated runs, as behaviours of protocol/vending.pml', () => {
  it.each<{ what: string; faults: readonly Fault[] }>([
    { what: 'nothing goes wrong', faults: [] },
    { what: 'an answer is lost after its effect', faults: [{ kind: 'lost-answer' }] },
    { what: 'AWS is not reached', faults: [{ kind: 'connection-reset' }] },
  ])('$what', async ({ faults }) => {
    const snapshots = await traced(faults);

    expect(snapshots.length).toBeGreaterThan(12);
    expect(await followed(snapshots)).toBe(snapshots.length);
  });

  it('would be seen to leave it', async () => {
    const snapshots = await traced([]);
    // Somebody asks AWS without having written that it will.
    const intended = snapshots.findIndex((tenants) => tenants.some(({ phase }) => phase === 1));
    const leaving = snapshots.filter((_, index) => index !== intended);

    expect(await followed(leaving)).toBeLessThan(leaving.length);
  });
});
