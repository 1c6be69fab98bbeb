import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../environment';
import { evidencePage } from '../evidence/evidence-page';
import { behaviours, evidenceCounts, evidenceGaps } from '../evidence/known-evidence';
import { givenOptions } from './given-options';
import { runMain } from './run-main';

const usage = `Usage: npm run evidence [-- --json | --write]
Counts how each behaviour of the model of AWS is known.
  --json   prints the counts as JSON, by class and plane
  --write  writes docs/aws-evidence.md
Ends with 1 where an operation or an error of the model has no evidence beside it, and says which.`;

/** `npm run evidence`: what the model of AWS rests on. */
function main(args: readonly string[]): Promise<number> {
  const options = givenOptions(args, { usage, options: { json: { type: 'boolean' }, write: { type: 'boolean' } } });
  const all = behaviours();
  if (options.write === true) writeFileSync(path.join(projectRoot, 'docs/aws-evidence.md'), evidencePage(all));
  const counts = evidenceCounts(all);
  process.stdout.write(options.json === true ? `${JSON.stringify(counts, null, 2)}\n` : inWords(counts));
  const gaps = evidenceGaps();
  process.stderr.write(gaps.map((gap) => `${gap}\n`).join(''));
  return Promise.resolve(gaps.length === 0 ? 0 : 1);
}

function inWords({ behaviours: total, classes }: ReturnType<typeof evidenceCounts>): string {
  const parts = Object.entries(classes).map(([kind, count]) => `${count} ${kind}`);
  return `${total} behaviours of the model of AWS: ${parts.join(', ')}. docs/aws-evidence.md lists them.\n`;
}

runMain(() => main(process.argv.slice(2)));
