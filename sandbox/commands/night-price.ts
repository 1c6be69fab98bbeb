import { Command } from 'commander';

import { measuredUsage } from './price/measured-usage';
import { priceOfNight } from './price/price-of-night';
import { makeFixture } from '../simulation/simulation-fixture';
import { scriptOptions } from '../../command/script-options';
import { runMain } from './run-main';

/** `npm run night-price`: what the reconciliation of a night costs, measured in the simulation. */
async function main(args: readonly string[]): Promise<number> {
  scriptOptions(new Command('npm run night-price'), args);
  process.stdout.write(priceOfNight((await measuredUsage(await makeFixture())).night));
  return 0;
}

runMain(() => main(process.argv.slice(2)));
