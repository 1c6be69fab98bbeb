import { inProcessRequestHandler } from '../../sandbox/organization/in-process-transport';
import { readOrganization } from '../../sandbox/organization/independent-reader';
import { exampleOrganization, RECALL_FUNCTION } from '../../sandbox/organization/example-organization';
import type { Effect } from '../../sandbox/embedded/invocation';
import type { FaultName } from '../../sandbox/simulation/fault-name';
import type { Ground } from '../../sandbox/simulation/ground';
import { Simulation } from '../../sandbox/simulation/simulation';
import { type SimulatedTenant, simulatedTenants } from '../../sandbox/simulation/simulated-tenants';
import { type Continuation, type KillPoint, SingleKill } from './single-kill';

/** How one vending has gone in which at most one process has died. */
export interface OneVending {
  readonly writes: number;
  readonly victim: Effect | null;
  readonly replays: number;
  readonly accounts: number;
  readonly violations: readonly string[];
  /** What must not depend on how it came about, by the word of an independent reader. */
  readonly organization: string;
}

/**
 * Vends one tenant, with everything that a landing zone can ask for, and lets at most one process die on the way.
 *
 * @param point where; null: nowhere
 */
export async function oneVending(
  ground: Ground,
  point: KillPoint | null = null,
  continuation: Continuation = 'retry',
): Promise<OneVending> {
  const options = { tenants: 1, seed: 1, faults: new Set<FaultName>(), rounds: 0, kill: false };
  const plays: { simulation?: Simulation } = {};
  const kill = new SingleKill(point, continuation, () => hasFailed(plays.simulation));
  const tenants = [onlyRequestOf(simulatedTenants(options, ['everything'])[0])];
  const simulation = new Simulation(options, ground, { tenants, onEffect: (effect) => kill.decide(effect) });
  plays.simulation = simulation;
  try {
    await simulation.run();
    return {
      writes: kill.writes,
      victim: kill.victim,
      replays: simulation.report().replays,
      accounts: simulation.report().accountsPerTenantMax,
      violations: simulation.violations.all.map(({ invariant, seen }) => `${invariant}: ${seen}`),
      organization: await finalOrganization(simulation),
    };
  } finally {
    simulation.end();
  }
}

/** Dies until no execution of the tenant is running any more; functions outside of executions die once. */
function hasFailed(simulation: Simulation | undefined): boolean {
  return (simulation?.application.workflow.running ?? 0) === 0;
}

function onlyRequestOf(tenant: SimulatedTenant | undefined): SimulatedTenant {
  if (tenant === undefined) throw new Error('There is no tenant.');
  const [first] = tenant.requests;
  return { ...tenant, requests: [{ ...first, trigger: 'event' }] };
}

/** AWS's own ids are masked, and how often the landing zone's function was called. */
async function finalOrganization({ organization, ground }: Simulation): Promise<string> {
  const { managementAccountId, automationAccountId } = exampleOrganization();
  const made = [...organization.state.accounts.values()].filter(({ joinedMethod }) => joinedMethod === 'CREATED');
  const readings = await readOrganization({
    requestHandler: inProcessRequestHandler(organization),
    region: ground.configuration.platform.region,
    ...{ managementAccountId, automationAccountId, recallFunction: RECALL_FUNCTION },
    accountIds: made.map(({ id }) => id),
  });
  return JSON.stringify(readings.map(masked));
}

type Reading = Awaited<ReturnType<typeof readOrganization>>[number];

function masked(reading: Reading): unknown {
  const { provisionedProduct: product, landingZonePayloads } = reading;
  const text = JSON.stringify({
    ...reading,
    provisionedProduct: product === null ? null : { ...product, id: 'pp', name: product.name.replace(/\d+$/, 'n') },
    landingZonePayloads: [...new Set(landingZonePayloads.map((payload) => JSON.stringify(payload)))],
  });
  return JSON.parse(
    text
      .replaceAll(reading.id, 'account')
      .replace(/(meshstack-minimum)-[0-9a-f]{16}/g, '$1')
      // Directory ids of groups and members.
      .replace(/\b(?:[0-9a-f]{10}-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'uuid'),
  );
}
