import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { projectRoot } from '../sandbox/environment';
import { chartOf } from './chart';
import { withFigures } from './figures';
import type { BenchReport } from './report';

const fileOf = (extension: string): string => path.join(projectRoot, 'docs', `benchmark.${extension}`);

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
