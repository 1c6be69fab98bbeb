import * as z from 'zod';

import { currentInvocation, type Effect } from '../../sandbox/runtime/embedded/invocation';
import type { FaultName } from '../../sandbox/simulation/fault-name';
import type { SimulationFixture } from '../../sandbox/simulation/simulation-fixture';
import type { Scenario } from '../../sandbox/simulation/scenario';
import { Simulation } from '../../sandbox/simulation/simulation';
import { type SimulatedTenant, simulatedTenants } from '../../sandbox/simulation/simulated-tenants';

/** What happens at an effect, told with the run in which it does. */
export type Stage = (effect: Effect & { readonly run: StagedRun }, simulation: Simulation) => 'kill' | 'go-on';

export interface StagedRun {
  readonly tenantUuid: string;
  readonly replicationSequence: number;
}

const RunSchema = z.object({ tenantUuid: z.string(), replicationSequence: z.number() });

/** Tenants of a seed, all in one landing zone. */
export const tenantsIn = (zone: string, seed: number, count: number): readonly SimulatedTenant[] =>
  simulatedTenants({ seed, tenants: count, faults: new Set<FaultName>() }, [zone]);

/** With its first desired state alone, which is sent at once. */
export const sentOnce = ({ requests: [first], ...tenant }: SimulatedTenant): SimulatedTenant => ({
  ...tenant,
  requests: [{ ...first, at: 0 }],
});

/** A whole simulation in which a test says what goes wrong, and when. */
export async function staged(
  fixture: SimulationFixture,
  { faults = [], stage, ...scenario }: Omit<Scenario, 'onEffect'> & { faults?: readonly FaultName[]; stage: Stage },
): Promise<Simulation> {
  const options = { tenants: 0, seed: 1, faults: new Set(faults), rounds: 0, kill: false };
  const simulation: Simulation = new Simulation(options, fixture, {
    ...scenario,
    onEffect: (effect) => {
      const run = RunSchema.safeParse(currentInvocation()?.input).data;
      return run === undefined ? 'go-on' : stage({ ...effect, run }, simulation);
    },
  });
  try {
    await simulation.run();
    return simulation;
  } finally {
    simulation.end();
  }
}

/** Stops the execution of a run, as from the console. */
export function stop({ application }: Simulation, run: StagedRun): void {
  void application.workflow.stop(executionOf(application, run));
}

export function redrive({ application }: Simulation, run: StagedRun): void {
  void application.workflow.redrive(executionOf(application, run));
}

function executionOf({ workflow }: Simulation['application'], run: StagedRun): string {
  const of = workflow.executions.find(({ description: { input } }) => {
    const { tenantUuid, replicationSequence } = RunSchema.parse(JSON.parse(input));
    return tenantUuid === run.tenantUuid && replicationSequence === run.replicationSequence;
  });
  return of?.executionArn ?? '';
}
