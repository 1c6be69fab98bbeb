import { runMain } from '../../sandbox/commands/run-main';
import { type SimulationFixture, makeFixture } from '../../sandbox/simulation/simulation-fixture';
import { Simulation } from '../../sandbox/simulation/simulation';
import { tell } from './outcome';

/**
 * Every second run over a tenant takes as many calls as every other, however many tenants there are, and AWS turns none
 * away.
 */
async function work([few = 100, many = 1000]: readonly number[]): Promise<number> {
  const fixture = await makeFixture();
  const ofFew = await repetitionsOf(few, fixture);
  const ofMany = await repetitionsOf(many, fixture);
  const faults = ofFew.faults + ofMany.faults;
  const isGood = faults === 0 && Math.abs(ofMany.calls / ofFew.calls - 1) < 0.05;
  tell(
    `${isGood ? '✔' : '✘'} ${many} tenants again: ${ofMany.calls.toFixed(1)} calls each; ${ofFew.calls.toFixed(1)} where there are ${few}; ` +
      `${faults} throttles or violations`,
  );
  tell(JSON.stringify({ passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 }));
  return 0;
}

interface Repetitions {
  /** For each tenant. */
  readonly calls: number;
  readonly faults: number;
}

async function repetitionsOf(tenants: number, fixture: SimulationFixture): Promise<Repetitions> {
  const simulation = new Simulation({ tenants, seed: 1, faults: new Set(), rounds: 0, kill: false }, fixture);
  try {
    const calls = (await simulation.callsOfRepetition()) / tenants;
    const { selfMadeThrottles, violations } = simulation.report();
    for (const { invariant, seen } of violations) tell(`    ${invariant}: ${seen}`);
    return { calls, faults: selfMadeThrottles + violations.length };
  } finally {
    simulation.end();
  }
}

runMain(() => work(process.argv.slice(2).map(Number)));
