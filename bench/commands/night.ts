import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { givenOptions } from '../../sandbox/commands/given-options';
import { runMain } from '../../sandbox/commands/run-main';
import { projectRoot } from '../../sandbox/environment';
import { benchConfiguration } from '../bench-configuration';
import { type NightMeasures, nightMeasures, throttlesNothing } from '../night/night-measures';
import { nightTables, withNights } from '../night/night-page';
import { observeNight } from '../night/observe-night';
import { wholeNumber } from '../whole-number';

const SEED = 1;
const SIZES = ['100', '300', '1000'];
const USAGE = 'Usage: npm run bench:night -- [--tenants N]… [--json] [--docs]';
const OPTIONS = {
  tenants: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  docs: { type: 'boolean' },
} as const;

/**
 * `npm run bench:night`: how long the reconciliation of a night takes, and how near it comes to AWS's rates. Exits 1
 * where it throttles itself.
 */
async function main(args: readonly string[]): Promise<number> {
  const { tenants = SIZES, json = false, docs = false } = givenOptions(args, { usage: USAGE, options: OPTIONS });
  const nights: NightMeasures[] = [];
  for (const size of tenants.map((text) => wholeNumber('--tenants', text, USAGE))) {
    nights.push(nightMeasures(await observeNight(size, SEED, benchConfiguration())));
  }
  if (docs) write(nights);
  process.stdout.write(`${json ? JSON.stringify(nights, null, 2) : nightTables(nights)}\n`);
  return throttlesNothing(nights) ? 0 : 1;
}

function write(nights: readonly NightMeasures[]): void {
  const fileOf = (name: string): string => path.join(projectRoot, 'docs', name);
  writeFileSync(fileOf('benchmark-night.json'), `${JSON.stringify(nights, null, 2)}\n`);
  writeFileSync(fileOf('benchmark.md'), withNights(readFileSync(fileOf('benchmark.md'), 'utf8'), nights));
}

runMain(() => main(process.argv.slice(2)));
