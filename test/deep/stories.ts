import type { Effect } from '../../sandbox/runtime/embedded/invocation';
import { awsLatencies, type Latencies } from '../../sandbox/organization/latencies';
import type { SimulationFixture } from '../../sandbox/simulation/simulation-fixture';
import {
  type DesiredStateJson,
  type SimulatedTenant,
  simulatedTenants,
} from '../../sandbox/simulation/simulated-tenants';
import type { SimulationOptions } from '../../sandbox/simulation/simulation-options';
import { isWrite } from './single-kill';

/** What happens to one tenant, with everything that a landing zone can ask for. */
export type Story = 'vending' | 'closing' | 'approved vending' | 'approved closing';

interface Play {
  readonly tenant: (options: SimulationOptions) => SimulatedTenant;
  readonly approval?: 'create' | 'close';
  /** At which effects a process may die. */
  readonly isDeadly: (effect: Effect) => boolean;
  /** Before that second nobody dies. */
  readonly killsFrom: number;
  readonly latencies: Latencies;
}

/** AWS takes a minute at most, so that what is written at every look is written some few times. */
const QUICK: Latencies = {
  ...awsLatencies,
  accountCreation: [3, 10],
  accessRole: [10, 20],
  iamPropagation: [2, 10],
  enrollment: [60, 60],
  enrollmentTermination: [60, 60],
  stackInstance: [20, 30],
  accountAssignment: [5, 10],
};

/** By then the tenant is vended, and nobody looks after its run any more. */
const GOES_AT = 4 * 3600;

/** Functions that ask for an approval, take the decision, and look after the run that waits. */
const DECIDING = new Set(['AwaitApproval', 'Api', 'WatchRuns', 'RecordFailure']);

/**
 * Messages, events and tokens as well: the decision goes by them. What comes before and after it is the same as without
 * an approval.
 */
const decides = ({ kind, function: name, write }: Effect): boolean =>
  DECIDING.has(name) && kind !== 'aws' && (kind !== 'ledger' || write);

export const STORIES: Readonly<Record<Story, Play>> = {
  vending: { tenant: onlyTenant, isDeadly: isWrite, killsFrom: 0, latencies: awsLatencies },
  closing: { tenant: goingTenant, isDeadly: isWrite, killsFrom: GOES_AT, latencies: QUICK },
  'approved vending': {
    tenant: onlyTenant,
    approval: 'create',
    isDeadly: decides,
    killsFrom: 0,
    latencies: awsLatencies,
  },
  'approved closing': {
    tenant: goingTenant,
    approval: 'close',
    isDeadly: decides,
    killsFrom: GOES_AT,
    latencies: QUICK,
  },
};

/** The ground with a landing zone that asks for the approval of a story. */
export function groundOf(fixture: SimulationFixture, story: Story): SimulationFixture {
  const { approval: act } = STORIES[story];
  if (act === undefined) return fixture;
  const { platform, landingZones } = fixture.configuration;
  const approval = { create: act === 'create', close: act === 'close', expiresAfterDays: 1 };
  const zones = Object.entries(landingZones).map(([name, zone]) => [name, { ...zone, approval }] as const);
  return { ...fixture, configuration: { platform, landingZones: Object.fromEntries(zones) } };
}

function onlyTenant(options: SimulationOptions): SimulatedTenant {
  const [tenant] = simulatedTenants(options, ['everything']);
  if (tenant === undefined) throw new Error('There is no tenant.');
  const [first] = tenant.requests;
  return { ...tenant, requests: [{ ...first, at: 0, trigger: 'event' }] };
}

function goingTenant(options: SimulationOptions): SimulatedTenant {
  const tenant = onlyTenant(options);
  const [first] = tenant.requests;
  return {
    ...tenant,
    requests: [first, { ...first, at: GOES_AT, desiredState: markedForDeletion(first.desiredState) }],
  };
}

const markedForDeletion = (state: DesiredStateJson): DesiredStateJson => ({
  ...state,
  replicationSequence: state.replicationSequence + 1,
  tenant: {
    ...state.tenant,
    status: { ...state.tenant.status, lifecycle: { state: 'MARKED_FOR_DELETION' } },
  },
});
