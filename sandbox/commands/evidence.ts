import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { Command } from 'commander';

import { scriptOptions } from '../../command/script-options';
import { projectRoot } from '../environment';
import { evidencePage } from '../evidence/evidence-page';
import { withFigures } from '../evidence/readme-figures';
import { behaviours, evidenceCounts, evidenceGaps } from '../evidence/known-evidence';
import { runMain } from './run-main';

interface Given {
  readonly json?: boolean;
  readonly write?: boolean;
}

const command = new Command('npm run evidence --')
  .description(
    'Counts how each behaviour of the model of AWS is known. Ends with 1 where an operation or an error of the model has no evidence beside it, and says which.',
  )
  .option('--json', 'print the counts as JSON, by class and plane')
  .option('--write', 'write docs/aws-evidence.md, and the figures in README.md');

/** `npm run evidence`: what the model of AWS rests on. */
function main(args: readonly string[]): Promise<number> {
  const options: Given = scriptOptions(command, args);
  const all = behaviours();
  const counts = evidenceCounts(all);
  if (options.write === true) write(evidencePage(all), counts);
  process.stdout.write(options.json === true ? `${JSON.stringify(counts, null, 2)}\n` : inWords(counts));
  const gaps = evidenceGaps();
  process.stderr.write(gaps.map((gap) => `${gap}\n`).join(''));
  return Promise.resolve(gaps.length === 0 ? 0 : 1);
}

function write(page: string, counts: ReturnType<typeof evidenceCounts>): void {
  writeFileSync(path.join(projectRoot, 'docs/aws-evidence.md'), page);
  const readme = path.join(projectRoot, 'README.md');
  writeFileSync(readme, withFigures(readFileSync(readme, 'utf8'), counts));
}

function inWords({ behaviours: total, classes }: ReturnType<typeof evidenceCounts>): string {
  const parts = Object.entries(classes).map(([kind, count]) => `${count} ${kind}`);
  return `${total} behaviours of the model of AWS: ${parts.join(', ')}. docs/aws-evidence.md lists them.\n`;
}

runMain(() => main(process.argv.slice(2)));
