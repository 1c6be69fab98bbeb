import { awsLatencies, type Latencies } from '../../sandbox/organization/latencies';
import {
  type DesiredStateJson,
  type SimulatedTenant,
  simulatedTenants,
} from '../../sandbox/simulation/simulated-tenants';
import type { SimulationOptions } from '../../sandbox/simulation/simulation-options';

/** What happens to one tenant, with everything that a landing zone can ask for. */
export type Story = 'vending' | 'closing';

interface Play {
  readonly tenant: (options: SimulationOptions) => SimulatedTenant;
  /** Before that second nobody dies. */
  readonly killsFrom: number;
  readonly latencies: Latencies;
}

/** AWS takes a minute at most, so that what is written at every look is written some few times. */
const QUICK: Latencies = {
  ...awsLatencies,
  ...{ accountCreation: [3, 10], accessRole: [10, 20], iamPropagation: [2, 10] },
  ...{ enrollment: [60, 60], enrollmentTermination: [60, 60], stackInstance: [20, 30], accountAssignment: [5, 10] },
};

/** By then the tenant is vended, and nobody looks after its run any more. */
const GOES_AT = 4 * 3600;

export const STORIES: Readonly<Record<Story, Play>> = {
  vending: { tenant: onlyTenant, killsFrom: 0, latencies: awsLatencies },
  closing: { tenant: goingTenant, killsFrom: GOES_AT, latencies: QUICK },
};

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
