import type { SimulationFixture } from './simulation-fixture';
import { Simulation } from './simulation';
import type { SimulationOptions } from './simulation-options';
import type { SimulationReport } from './simulation-report';

/** One simulation from its beginning to its report. */
export async function simulate(options: SimulationOptions, fixture: SimulationFixture): Promise<SimulationReport> {
  const simulation = new Simulation(options, fixture);
  try {
    await simulation.run();
    return simulation.report();
  } finally {
    simulation.end();
  }
}
