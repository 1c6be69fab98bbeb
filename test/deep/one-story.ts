import { canonicalJson } from '../../functions/domain/base/json';
import type { AccountReading } from '../../sandbox/organization/independent-reader';
import type { Account } from '../../sandbox/organization/organization-state';
import type { Organization } from '../../sandbox/organization/organization';
import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import type { FaultName } from '../../sandbox/simulation/fault-name';
import type { SimulationFixture } from '../../sandbox/simulation/simulation-fixture';
import { Simulation } from '../../sandbox/simulation/simulation';
import { promptApprover } from './prompt-approver';
import { type Continuation, type KillPoint, SingleKill } from './single-kill';
import { groundOf, type Story, STORIES } from './stories';

/** How one vending, or one closing, has gone in which at most one process has died. */
export interface OneStory {
  readonly writes: number;
  readonly victim: Effect | null;
  readonly replays: number;
  readonly accounts: number;
  readonly violations: readonly string[];
  /** What must not depend on how it came about, by the word of an independent reader. */
  readonly organization: string;
}

/**
 * Plays a story once, and lets at most one process die on the way.
 *
 * @param point where; null: nowhere
 */
export async function oneStory(
  story: Story,
  fixture: SimulationFixture,
  point: KillPoint | null = null,
  continuation: Continuation = 'retry',
): Promise<OneStory> {
  const { tenant, killsFrom, latencies, isDeadly } = STORIES[story];
  const options = { tenants: 1, seed: 1, faults: new Set<FaultName>(), rounds: 0, kill: false };
  const plays: { simulation?: Simulation } = {};
  const kill = new SingleKill(point, continuation, () => hasFailed(plays.simulation), isDeadly);
  const hasBegun = (): boolean => (plays.simulation?.secondsPassed ?? 0) >= killsFrom;
  const simulation = new Simulation(options, groundOf(fixture, story), {
    tenants: [tenant(options)],
    latencies,
    approver: promptApprover,
    onEffect: (effect) => (hasBegun() ? kill.decide(effect) : 'go-on'),
  });
  plays.simulation = simulation;
  try {
    await simulation.run();
    return {
      writes: kill.writes,
      victim: kill.victim,
      replays: simulation.report().replays,
      accounts: simulation.report().accountsPerTenantMax,
      violations: simulation.violations.all.map(({ invariant, seen }) => `${invariant}: ${seen}`),
      organization: finalOrganization(simulation),
    };
  } finally {
    simulation.end();
  }
}

/** Dies until no execution of the tenant is running any more; functions outside of executions die once. */
function hasFailed(simulation: Simulation | undefined): boolean {
  return (simulation?.application.workflow.running ?? 0) === 0;
}

/**
 * AWS's own ids are masked, and how often the landing zone's function was called. Nobody gets into an account that is
 * closed.
 */
function finalOrganization({ organization, readings }: Simulation): string {
  const made = [...organization.state.accounts.values()].filter(({ joinedMethod }) => joinedMethod === 'CREATED');
  return canonicalJson(inOneOrder([readings.map(masked), made.flatMap((account) => closedOf(organization, account))]));
}

/**
 * AWS promises no order of what it lists, and the model draws one by a sequence that a kill shifts. What is no list of
 * AWS's is put together before, and so keeps its order: pairs of name and value, and what the landing zone's function
 * was given, one call after the other.
 */
function inOneOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(inOneOrder).toSorted((one, other) => (canonicalJson(one) < canonicalJson(other) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, inOneOrder(field)]));
}

/** What is left of an account that is closed, or is being closed, and how often AWS has taken a request to close it. */
function closedOf({ state, calls }: Organization, { id, state: accountState, tags }: Account): readonly unknown[] {
  if (accountState === 'ACTIVE') return [];
  const { identityCenter, accountFactory, stackSets } = state;
  const groups = [...(identityCenter?.groups.values() ?? [])].map(({ displayName }) => displayName);
  return [
    {
      accountState,
      tags: Object.fromEntries(tags),
      closings: calls.filter(({ operation, outcome }) => operation === 'CloseAccount' && outcome === 'ok').length,
      groups: groups.filter((name) => name.startsWith('mst-')),
      assignments: [...(identityCenter?.assignments.values() ?? [])].filter(({ accountId }) => accountId === id).length,
      products: accountFactory?.provisionedProducts.size ?? 0,
      stackInstances: Object.fromEntries([...stackSets.values()].map(({ name, instances }) => [name, instances.size])),
    },
  ];
}

function masked(reading: AccountReading): unknown {
  const { provisionedProduct: product, landingZonePayloads } = reading;
  const text = JSON.stringify({
    ...reading,
    provisionedProduct: product === null ? null : { ...product, id: 'pp', name: product.name.replace(/\d+$/, 'n') },
    landingZonePayloads: [...new Set(landingZonePayloads.map((payload) => JSON.stringify(payload)))].join('\n'),
  });
  return JSON.parse(
    text
      .replaceAll(reading.id, 'account')
      .replace(/(meshstack-minimum)-[0-9a-f]{16}/g, '$1')
      // Directory ids of groups and members.
      .replace(/\b(?:[0-9a-f]{10}-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'uuid'),
  );
}
