import { Command } from 'commander';

import { defaultTemplate } from './price/default-template';
import { measuredUsage } from './price/measured-usage';
import { priceOfIdleMonth } from './price/price-of-idle-month';
import { priceOfOwnMetrics } from './price/price-of-own-metrics';
import { priceOfVending } from './price/price-of-vending';
import { makeFixture } from '../simulation/simulation-fixture';
import { scriptOptions } from '../../command/script-options';
import { runMain } from './run-main';

/**
 * `npm run price`: what an idle month costs, by the template, what a vending costs, measured in the simulation, and
 * what our own metrics cost.
 */
async function main(args: readonly string[]): Promise<number> {
  scriptOptions(new Command('npm run price'), args);
  const { vending } = await measuredUsage(await makeFixture());
  process.stdout.write(
    `${priceOfIdleMonth(defaultTemplate()).table}\n${priceOfVending(vending)}\n${priceOfOwnMetrics()}`,
  );
  return 0;
}

runMain(() => main(process.argv.slice(2)));
