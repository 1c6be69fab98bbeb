import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import * as z from 'zod';

import { projectRoot } from '../../sandbox/environment';

const WholeRunSchema = z.object({
  /** Everything was green on it. */
  commit: z.string(),
  /** Minutes of a core by part: of all its tasks, and of its longest. */
  minutes: z.record(z.string(), z.object({ all: z.number(), longest: z.number() })),
});

/** The last run of everything that was green; `npm run test:deep -- --all` writes it. */
export type WholeRun = Readonly<z.infer<typeof WholeRunSchema>>;

const FILE = path.join(projectRoot, 'test', 'deep', 'whole-run.json');

/** @returns null where there was none */
export const readWholeRun = (file = FILE): WholeRun | null =>
  existsSync(file) ? WholeRunSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;

export function writeWholeRun(run: WholeRun, file = FILE): void {
  writeFileSync(file, `${JSON.stringify(run, null, 2)}\n`);
}
