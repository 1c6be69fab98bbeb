import { loadPolicyTables } from '../organization/authorization/policy-simulation';
import { exampleAuthorization } from '../organization/authorization/example-authorization';
import { simulatedConfiguration } from './simulated-configuration';
import { type Ground, Simulation } from './simulation';
import type { SimulationOptions } from './simulation-options';
import type { SimulationReport } from './simulation-report';

/** Synthesizes the app and reads IAM's tables: some seconds, once for any number of simulations. */
export async function makeGround(): Promise<Ground> {
  await loadPolicyTables();
  const configuration = simulatedConfiguration();
  return { configuration, authorization: exampleAuthorization(configuration) };
}

/** One simulation from its beginning to its report. */
export async function simulate(options: SimulationOptions, ground: Ground): Promise<SimulationReport> {
  const simulation = new Simulation(options, ground);
  try {
    await simulation.run();
    return simulation.report();
  } finally {
    simulation.end();
  }
}
