import { runMain } from '../../sandbox/commands/run-main';
import { allFaults } from '../../sandbox/simulation/fault-name';
import { type Ground, makeGround } from '../../sandbox/simulation/ground';
import { simulate } from '../../sandbox/simulation/simulate';
import { killsOf } from './kills';
import { tell } from './outcome';

/** `seeds 1 2 3`, or `kills 0 2` for the first of two halves. Tells what it sees, and a line of JSON last. */
async function main([what, ...numbers]: readonly string[]): Promise<number> {
  const ground = await makeGround();
  const end = what === 'seeds' ? await seeds(ground, numbers.map(Number)) : await killsOf(ground, numbers.map(Number));
  tell(JSON.stringify({ ...end, facts: { ...end.facts, 'all-states': [...ground.states] } }));
  return 0;
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
