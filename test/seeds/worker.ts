import { runMain } from '../../sandbox/commands/run-main';
import { allFaults, awsEventFaults } from '../../sandbox/simulation/fault-name';
import { type SimulationFixture, makeFixture } from '../../sandbox/simulation/simulation-fixture';
import { simulate } from '../../sandbox/simulation/simulate';
import type { SimulationReport } from '../../sandbox/simulation/simulation-report';
import { tell } from '../deep/outcome';
import { type SeedsEnd, togetherOf } from './seeds-end';
import { shortcomingsOf } from './shortcomings';

/**
 * `worker.ts 100 1 3`: simulates the seeds 1 and 3, each with 100 tenants and everything that can go wrong. Tells what
 * it sees, and a line of JSON last.
 */
async function work([tenants = 0, ...seeds]: readonly number[]): Promise<number> {
  const fixture = await makeFixture();
  const ends: SeedsEnd[] = [];
  for (const seed of seeds) ends.push(await endOf(seed, tenants, fixture));
  tell(JSON.stringify(togetherOf(ends)));
  return 0;
}

async function endOf(seed: number, tenants: number, fixture: SimulationFixture): Promise<SeedsEnd> {
  const startedAt = Date.now();
  // Some are of installations to which events of AWS are forwarded.
  const faults = seed % 3 === 0 ? new Set([...allFaults(), ...awsEventFaults()]) : allFaults();
  const options = { tenants, seed, faults, rounds: 1, lives: seed % 2 === 0, kill: true };
  const report = await simulate(options, fixture);
  const shortcomings = shortcomingsOf(report);
  tell(rowOf(report, shortcomings.length === 0, (Date.now() - startedAt) / 1000));
  for (const shortcoming of shortcomings) tell(`    ${shortcoming}`);
  const { kills, apiCalls: calls, killedStates } = report;
  const isGood = shortcomings.length === 0;
  return {
    ...{ passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, kills, calls },
    ...{ killedStates: [...killedStates], states: [...fixture.states] },
  };
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

runMain(() => work(process.argv.slice(2).map(Number)));
