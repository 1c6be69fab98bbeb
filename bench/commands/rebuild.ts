import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { givenOptions } from '../../sandbox/commands/given-options';
import { runMain } from '../../sandbox/commands/run-main';
import { projectRoot } from '../../sandbox/environment';
import { benchConfiguration } from '../bench-configuration';
import { observeRebuild, type RebuildMeasures } from '../rebuild/observe-rebuild';
import { rebuildTable, withRebuilds } from '../rebuild/rebuild-page';
import { wholeNumber } from '../whole-number';

const SEED = 1;
const SIZES = ['100', '1000', '10000'];
const USAGE = 'Usage: npm run bench:rebuild -- [--tenants N]… [--json] [--docs]';
const OPTIONS = {
  tenants: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  docs: { type: 'boolean' },
} as const;

/** `npm run bench:rebuild`: how long it takes to fill a lost ledger from the organization, at AWS's rates. */
async function main(args: readonly string[]): Promise<number> {
  const { tenants = SIZES, json = false, docs = false } = givenOptions(args, { usage: USAGE, options: OPTIONS });
  const rebuilds: RebuildMeasures[] = [];
  for (const size of tenants.map((text) => wholeNumber('--tenants', text, USAGE))) {
    rebuilds.push(await observeRebuild(size, SEED, benchConfiguration()));
  }
  if (docs) write(rebuilds);
  process.stdout.write(`${json ? JSON.stringify(rebuilds, null, 2) : rebuildTable(rebuilds)}\n`);
  return 0;
}

function write(rebuilds: readonly RebuildMeasures[]): void {
  const fileOf = (name: string): string => path.join(projectRoot, 'docs', name);
  writeFileSync(fileOf('benchmark-rebuild.json'), `${JSON.stringify(rebuilds, null, 2)}\n`);
  writeFileSync(fileOf('operation.md'), withRebuilds(readFileSync(fileOf('operation.md'), 'utf8'), rebuilds));
}

runMain(() => main(process.argv.slice(2)));
