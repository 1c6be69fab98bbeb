import { runMain } from '../../sandbox/commands/run-main';
import { benchArguments } from '../bench-arguments';
import { measureBundles } from '../bundles/measure-bundles';
import type { BenchReport } from '../report';
import { toldBench } from '../table';
import { verdictsOn } from '../targets';
import { writeDocs } from '../write-docs';
import { resultsOf } from '../workers';

/** `npm run bench`: how fast accounts are vended, beside what AWS allows and what others do; exits 1 if a target is missed. */
async function main(args: readonly string[]): Promise<number> {
  const { scenarios, seed, json, docs, secondsAtMost } = benchArguments(args);
  const results = await resultsOf(scenarios, seed, secondsAtMost);
  const targets = verdictsOn(results);
  const report: BenchReport = { seed, scenarios: results, bundles: measureBundles(), targets };
  if (docs) writeDocs(report);
  process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : toldBench(report));
  return targets.every(({ met, bound }) => met || bound !== null) ? 0 : 1;
}

runMain(() => main(process.argv.slice(2)));
