import { makeFixture } from '../simulation/simulation-fixture';
import { simulate } from '../simulation/simulate';
import { toldReport } from '../simulation/simulation-report';
import { runMain } from './run-main';
import { simulateArguments } from './simulate-arguments';

/** The process in which `npm run simulate` does its work: prints the report, and exits 1 if an invariant breaks. */
async function main(args: readonly string[]): Promise<number> {
  const { options, json } = simulateArguments(args);
  const report = await simulate(options, await makeFixture());
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : toldReport(report));
  return report.violations.length === 0 ? 0 : 1;
}

runMain(() => main(process.argv.slice(2)));
