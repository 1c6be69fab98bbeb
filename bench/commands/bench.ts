import { runMain } from '../../sandbox/commands/run-main';
import { type BenchArguments, benchArguments } from '../bench-arguments';
import { importVerdicts } from '../bundles/import-verdicts';
import { measureBundles } from '../bundles/measure-bundles';
import type { BenchReport } from '../report';
import { toldBench } from '../table';
import { verdictsOn } from '../targets';
import { resultsOf } from '../workers';
import { writeDocs } from '../write-docs';

/**
 * `npm run bench`: how fast accounts are vended, beside what AWS allows and what others do. Exits 1 if a target is
 * missed, and 2 if the time was up before all was run: what there is is printed all the same.
 */
async function main(args: readonly string[]): Promise<number> {
  const asked = benchArguments(args);
  const report = await reportOf(asked);
  if (asked.docs) writeDocs(report);
  process.stdout.write(asked.json ? `${JSON.stringify(report, null, 2)}\n` : toldBench(report));
  if (report.undone.length > 0) return 2;
  return report.targets.every(({ met }) => met) ? 0 : 1;
}

/** Bundles are measured last, and take about so long. */
const SECONDS_OF_BUNDLES = 60;

async function reportOf({ parts, scenarios, seed, secondsAtMost }: BenchArguments): Promise<BenchReport> {
  const endsAt = new Date(Date.now() + secondsAtMost * 1000);
  const seconds = Math.max(1, secondsAtMost - (parts.bundles ? SECONDS_OF_BUNDLES : 0));
  const run = parts.scenarios ? await resultsOf(scenarios, seed, seconds) : { scenarios: [], undone: [] };
  const { bundles, unmeasured } = parts.bundles ? await measureBundles(endsAt) : { bundles: [], unmeasured: [] };
  return {
    seed,
    undone: [...run.undone, ...unmeasured],
    scenarios: run.scenarios,
    bundles,
    targets: [...verdictsOn(run.scenarios), ...importVerdicts(bundles)],
  };
}

runMain(() => main(process.argv.slice(2)));
