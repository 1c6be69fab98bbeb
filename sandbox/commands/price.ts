import { Command } from 'commander';

import { defaultTemplate } from './price/default-template';
import { measuredUsage, usageOfWaiting, usageByEnrollment } from './price/measured-usage';
import { priceOfAccounts, priceOfMonths } from './price/price-of-accounts';
import { priceOfIdleMonth } from './price/price-of-idle-month';
import { priceOfOwnMetrics } from './price/price-of-own-metrics';
import { priceOfVending, priceOfWaiting } from './price/price-of-vending';
import { makeFixture } from '../simulation/simulation-fixture';
import { scriptOptions } from '../../command/script-options';
import { runMain } from './run-main';

/**
 * `npm run price`: what accounts cost with and without Control Tower, what an idle month costs, by the template, what a
 * vending costs, and one that waits in a line, measured in the simulation, and what our own metrics cost.
 */
async function main(args: readonly string[]): Promise<number> {
  scriptOptions(new Command('npm run price'), args);
  const fixture = await makeFixture();
  const idle = priceOfIdleMonth(defaultTemplate());
  // First: the figures by enrollment are those of functions that have been called before.
  const usage = await measuredUsage(fixture);
  const accounts = priceOfAccounts({ ...(await usageByEnrollment(fixture)), idle });
  const waiting = await usageOfWaiting(fixture);
  const tables = [
    accounts,
    priceOfMonths(usage, idle),
    idle.table,
    priceOfVending(usage.vending),
    priceOfWaiting(usage.vending, waiting),
    priceOfOwnMetrics(),
  ];
  process.stdout.write(tables.join('\n'));
  return 0;
}

runMain(() => main(process.argv.slice(2)));
