import { runMain } from '../../sandbox/commands/run-main';
import { type BenchArguments, benchArguments } from '../bench-arguments';
import { importVerdicts } from '../bundles/import-verdicts';
import { measureBundles } from '../bundles/measure-bundles';
import type { BenchReport } from '../report';
import { toldBench } from '../table';
import { verdictsOn } from '../targets';
import { resultsOf } from '../workers';
import { committedReport, writeDocs } from '../write-docs';

/**
 * `npm run bench`: how fast accounts are vended, beside what AWS allows and what others do; exits 1 if a target is
 * missed.
 */
async function main(args: readonly string[]): Promise<number> {
  const asked = benchArguments(args);
  const endsAt = new Date(Date.now() + asked.secondsAtMost * 1000);
  const { seed, scenarios } = await scenariosOf(asked);
  const bundles = measureBundles(endsAt);
  const targets = [...verdictsOn(scenarios), ...importVerdicts(bundles)];
  const report: BenchReport = { seed, scenarios, bundles, targets };
  if (asked.docs) writeDocs(report);
  process.stdout.write(asked.json ? `${JSON.stringify(report, null, 2)}\n` : toldBench(report));
  return targets.every(({ met, bound }) => met || bound !== null) ? 0 : 1;
}

async function scenariosOf(asked: BenchArguments): Promise<Pick<BenchReport, 'seed' | 'scenarios'>> {
  if (asked.bundlesAlone) return committedReport();
  const scenarios = await resultsOf(asked.scenarios, asked.seed, asked.secondsAtMost);
  return { seed: asked.seed, scenarios };
}

runMain(() => main(process.argv.slice(2)));
