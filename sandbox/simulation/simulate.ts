import type { Ground } from './ground';
import { Simulation } from './simulation';
import type { SimulationOptions } from './simulation-options';
import type { SimulationReport } from './simulation-report';

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
