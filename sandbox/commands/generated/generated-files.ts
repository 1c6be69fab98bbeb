import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../environment';
import { dryRunStepsText } from './dry-run-steps';
import { faultLines, partitionLines, regionLines } from './fact-tables';
import { stepFactsText } from './step-facts';
import { stepHandlersText } from './step-handlers';
import { classLines, permissionLines, stepLines } from './step-tables';
import { withRows } from './with-rows';

/** Each file that is written from the table of the steps, with the text that belongs into it. */
export const generatedFiles = (): Readonly<Record<string, string>> => ({
  'functions/domain/base/workflow-facts.ts': stepFactsText(),
  'functions/dry-run/composed-steps.ts': dryRunStepsText(),
  'sandbox/runtime/embedded/step-handlers.ts': stepHandlersText(),
  'docs/architecture.md': withRows(textOf('docs/architecture.md'), 'state of the workflow', stepLines()),
  'docs/iam.md': withRows(withRows(textOf('docs/iam.md'), 'step', permissionLines()), 'class of rights', classLines()),
  'docs/simulation.md': withRows(textOf('docs/simulation.md'), 'fault', faultLines()),
  'docs/places.md': withRows(
    withRows(textOf('docs/places.md'), 'partition', partitionLines()),
    'region',
    regionLines(),
  ),
});

const textOf = (page: string): string => readFileSync(path.join(projectRoot, page), 'utf8');
