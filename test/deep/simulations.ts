import { runMain } from '../../sandbox/commands/run-main';
import { allFaults } from '../../sandbox/simulation/fault-name';
import { type Ground, makeGround } from '../../sandbox/simulation/ground';
import { simulate } from '../../sandbox/simulation/simulate';
import { Simulation } from '../../sandbox/simulation/simulation';
import { killsOf } from './kills';
import { tell } from './outcome';

/** `seeds 1 2 3`, `thousand 100 1000`, or `kills 0 2` for the first of two halves. Tells what it sees, and a line of JSON last. */
async function main([what, ...numbers]: readonly string[]): Promise<number> {
  const ground = await makeGround();
  const end = await played(ground, what, numbers.map(Number));
  tell(JSON.stringify({ ...end, facts: { ...end.facts, 'all-states': [...ground.states] } }));
  return 0;
}

type End = ReturnType<typeof killsOf>;

function played(ground: Ground, what: string | undefined, numbers: readonly number[]): End {
  if (what === 'seeds') return seeds(ground, numbers);
  return what === 'thousand' ? repetitions(ground, numbers) : killsOf(ground, numbers);
}

/** Every second run over a tenant takes as many calls as every other, however many tenants there are, and AWS turns none away. */
async function repetitions(ground: Ground, [few = 100, many = 1000]: readonly number[]) {
  const calls: number[] = [];
  let throttles = 0;
  for (const tenants of [few, many]) {
    const simulation = new Simulation({ tenants, seed: 1, faults: new Set(), rounds: 0, kill: false }, ground);
    try {
      calls.push((await simulation.callsOfRepetition()) / tenants);
      const { selfMadeThrottles, violations } = simulation.report();
      throttles += selfMadeThrottles;
      for (const { invariant, seen } of violations) tell(`    ${invariant}: ${seen}`);
      throttles += violations.length;
    } finally {
      simulation.end();
    }
  }
  const [ofFew = 0, ofMany = 0] = calls;
  const isGood = throttles === 0 && Math.abs(ofMany / ofFew - 1) < 0.05;
  tell(
    `${isGood ? '✔' : '✘'} ${many} tenants again: ${ofMany.toFixed(1)} calls each; ${ofFew.toFixed(1)} where there are ${few}; ${throttles} throttles or violations`,
  );
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, facts: {} };
}

async function seeds(ground: Ground, numbers: readonly number[]) {
  const killed = new Set<string>();
  let passed = 0;
  for (const seed of numbers) {
    const startedAt = Date.now();
    const report = await simulate({ tenants: 100, seed, faults: allFaults(), rounds: 1, kill: true }, ground);
    const isGood = report.violations.length === 0 && report.vended === report.tenants;
    if (isGood) passed += 1;
    for (const state of report.killedStates) killed.add(state);
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    tell(
      `${isGood ? '✔' : '✘'} seed ${seed}: ${report.vended} of ${report.tenants} vended, ${report.kills} kills in ` +
        `${report.killedStates.length} states, ${report.apiCalls} calls, ${report.replays} replays, ${seconds} s`,
    );
    for (const { invariant, seen, at } of report.violations) tell(`    ${invariant} (second ${at}): ${seen}`);
  }
  return { passed, failed: numbers.length - passed, facts: { 'states in which a process has died': [...killed] } };
}

runMain(() => main(process.argv.slice(2)));
