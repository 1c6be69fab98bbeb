import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { Command } from 'commander';

import { scriptOptions } from '../../command/script-options';
import { projectRoot } from '../environment';
import { evidenceList, withCounts } from '../evidence/evidence-page';
import { withFigures } from '../evidence/readme-figures';
import { type Behaviour, behaviours, evidenceCounts, evidenceGaps } from '../evidence/known-evidence';
import { runMain } from './run-main';

interface Given {
  readonly json?: boolean;
  readonly write?: boolean;
  readonly list?: string;
}

const command = new Command('npm run evidence --')
  .description(
    'Counts how each behaviour of the model of AWS is known. Ends with 1 where an operation or an error of the model has no evidence beside it, and says which.',
  )
  .option('--json', 'print the counts as JSON, by class and plane')
  .option('--write', 'write the counts in docs/aws-evidence.md and README.md')
  .option('--list <file>', 'write all behaviours with their sources to a file, as Markdown');

/** `npm run evidence`: what the model of AWS rests on. */
function main(args: readonly string[]): Promise<number> {
  const options: Given = scriptOptions(command, args);
  const all = behaviours();
  const counts = evidenceCounts(all);
  if (options.write === true) write(all);
  if (options.list !== undefined) writeFileSync(options.list, evidenceList(all));
  process.stdout.write(options.json === true ? `${JSON.stringify(counts, null, 2)}\n` : inWords(counts));
  const gaps = evidenceGaps();
  process.stderr.write(gaps.map((gap) => `${gap}\n`).join(''));
  return Promise.resolve(gaps.length === 0 ? 0 : 1);
}

function write(all: readonly Behaviour[]): void {
  const inPage = (page: string, written: (markdown: string) => string): void => {
    const file = path.join(projectRoot, page);
    writeFileSync(file, written(readFileSync(file, 'utf8')));
  };
  inPage('docs/aws-evidence.md', (markdown) => withCounts(markdown, all));
  inPage('README.md', (markdown) => withFigures(markdown, evidenceCounts(all)));
}

function inWords({ behaviours: total, classes }: ReturnType<typeof evidenceCounts>): string {
  const parts = Object.entries(classes).map(([kind, count]) => `${count} ${kind}`);
  return `${total} behaviours of the model of AWS: ${parts.join(', ')}. With --list FILE it writes each with its source.\n`;
}

runMain(() => main(process.argv.slice(2)));
