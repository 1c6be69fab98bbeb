import type { FaultName } from '../../sandbox/simulation/fault-name';
import { makeFixture } from '../../sandbox/simulation/simulation-fixture';
import { Simulation } from '../../sandbox/simulation/simulation';
import type { SimulationReport } from '../../sandbox/simulation/simulation-report';
import { fewOrMany } from '../few-or-many';
import { sentOnce, tenantsIn } from './staged-simulation';

const VENDINGS = fewOrMany(40, 300);
const FUNCTIONS = fewOrMany(4, 10);

/** On a busy machine. */
jest.setTimeout(120_000 + VENDINGS * 5000);

describe('an account in which few functions work at a time', () => {
  /** All of them at once. Their landing zone asks for nothing that AWS does slowly. */
  async function vendAtOnce(tenants: number, concurrency: number): Promise<SimulationReport> {
    const options = { tenants: 0, seed: 1, faults: new Set<FaultName>(), rounds: 0, kill: false, concurrency };
    const scenario = { tenants: tenantsIn('bare', 1, tenants).map(sentOnce) };
    const simulation = new Simulation(options, await makeFixture(), scenario);
    try {
      await simulation.run();
      return simulation.report();
    } finally {
      simulation.end();
    }
  }

  it('vends what comes at once without a failed run, although functions are throttled again and again', async () => {
    const report = await vendAtOnce(VENDINGS, FUNCTIONS);
    expect(report).toMatchObject({ vended: VENDINGS, failedRuns: 0, replays: 0, lostRequests: 0, violations: [] });
    expect(report.throttledFunctions).toBeGreaterThan(VENDINGS);
  });
});
