import { runMain } from '../../sandbox/commands/run-main';
import { allFaults, awsEventFaults } from '../../sandbox/simulation/fault-name';
import { makeFixture } from '../../sandbox/simulation/simulation-fixture';
import { simulate } from '../../sandbox/simulation/simulate';
import type { SimulationReport } from '../../sandbox/simulation/simulation-report';
import { tell } from '../deep/outcome';
import type { SeedsEnd } from './seeds-end';
import { SeedSchema } from './seed';
import { isExpected, shortcomingsOf } from './shortcomings';

/**
 * `worker.ts '{"seed":3}'`: simulates seed 3 with a hundred tenants and everything that can go wrong. It tells what it
 * sees, and a line of JSON last.
 */
async function work([json = '']: readonly string[]): Promise<number> {
  const startedAt = Date.now();
  const fixture = await makeFixture();
  const { seed, tenants, rounds, open, lives = seed % 2 === 0 } = SeedSchema.parse(JSON.parse(json));
  // Some are of installations to which events of AWS are forwarded.
  const faults = seed % 3 === 0 ? new Set([...allFaults(), ...awsEventFaults()]) : allFaults();
  const report = await simulate({ tenants, seed, faults, rounds, lives, kill: true }, fixture);
  const shortcomings = shortcomingsOf(report);
  const isGood = isExpected(shortcomings, open);
  tell(rowOf(report, isGood, (Date.now() - startedAt) / 1000));
  for (const shortcoming of shortcomings) tell(`    ${shortcoming}`);
  if (!isGood) tell(`    Again: npx tsx test/seeds/worker.ts '${json}'. Keep the seed in test/seeds/failed-once.json.`);
  if (open !== undefined) tell(`    ${isGood ? 'Known and open' : 'Expected, and only this'}: ${open}`);
  const { kills, apiCalls: calls, killedStates } = report;
  const end: SeedsEnd = {
    passed: isGood ? 1 : 0,
    failed: isGood ? 0 : 1,
    kills,
    calls,
    killedStates: [...killedStates],
    states: [...fixture.states],
  };
  tell(JSON.stringify(end));
  return 0;
}

function rowOf(
  { seed, vended, closed, tenants, ...report }: SimulationReport,
  isGood: boolean,
  seconds: number,
): string {
  return (
    `${isGood ? '✔' : '✘'} seed ${seed}: ${vended} of ${tenants} vended, ${closed} closed, ${report.kills} kills in ` +
    `${report.killedStates.length} states, ${report.apiCalls} calls, ${report.replays} replays, ${seconds.toFixed(1)} s`
  );
}

runMain(() => work(process.argv.slice(2)));
