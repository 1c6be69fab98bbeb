import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { projectRoot } from '../sandbox/environment';
import { importVerdicts } from './bundles/import-verdicts';
import { BUNDLE_OF } from './bundles/measure-bundles';
import { chartOf } from './chart';
import { withFigures } from './figures';
import type { BenchReport } from './report';
import { SCENARIOS, seedsOf } from './scenario';
import type { ScenarioResult } from './scenario-result';
import { verdictsOn } from './targets';

const fileOf = (extension: string): string => path.join(projectRoot, 'docs', `benchmark.${extension}`);

/**
 * What the page shows, with what a run has shown in its place: the scenarios and bundles that were not run stay as they
 * were measured before.
 */
export function reportWith(before: BenchReport, run: BenchReport): BenchReport {
  const scenarios = SCENARIOS.flatMap(({ name }) => {
    const isIt = (one: ScenarioResult): boolean => one.name === name;
    return run.scenarios.find(isIt) ?? before.scenarios.find(isIt) ?? [];
  });
  const bundles = run.bundles.length === 0 ? before.bundles : run.bundles;
  const unfinished = SCENARIOS.filter(
    (one) => (scenarios.find(({ name }) => name === one.name)?.seeds.length ?? 0) < seedsOf(one, run.seed).length,
  );
  return {
    seed: run.seed,
    undone: [...unfinished.map(({ name }) => name), ...run.undone.filter((one) => one.startsWith(BUNDLE_OF))],
    ...{ scenarios, bundles, targets: [...verdictsOn(scenarios), ...importVerdicts(bundles)] },
  };
}

/** What a run has shown becomes the figures of the page: JSON, picture and tables, from one report. */
export function writeDocs(report: BenchReport): void {
  writeFileSync(fileOf('json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(fileOf('svg'), chartOf(report));
  writeFileSync(fileOf('md'), withFigures(readFileSync(fileOf('md'), 'utf8'), report));
}

const ReportSchema = z.custom<BenchReport>(
  (value) => z.object({ seed: z.int(), scenarios: z.array(z.unknown()) }).safeParse(value).success,
);

/** What the page shows now. */
export const committedReport = (): BenchReport => ReportSchema.parse(JSON.parse(readFileSync(fileOf('json'), 'utf8')));
