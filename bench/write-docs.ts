import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { projectRoot } from '../sandbox/environment';
import { chartOf } from './chart';
import { withBundles, withScenarios } from './figures';
import type { BenchReport } from './report';
import { wholeParts } from './whole-parts';

const fileOf = (extension: string): string => path.join(projectRoot, 'docs', `benchmark.${extension}`);

/**
 * What a run has measured to its end becomes the figures of the page: the scenarios with their picture, and the
 * bundles. All scenarios are written together, so that the page never mixes the figures of two runs.
 */
export function writeDocs(report: BenchReport): void {
  const whole = wholeParts(report);
  const page = readFileSync(fileOf('md'), 'utf8');
  const withNewScenarios = whole.scenarios ? withScenarios(page, report) : page;
  writeFileSync(fileOf('md'), whole.bundles ? withBundles(withNewScenarios, report) : withNewScenarios);
  if (whole.scenarios) writeFileSync(fileOf('svg'), chartOf(report));
  if (report.undone.length > 0) process.stderr.write(KEPT);
}

const KEPT =
  'docs/benchmark.md keeps the earlier figures of what was not measured to its end. Repeat the command with a larger --seconds-at-most.\n';
