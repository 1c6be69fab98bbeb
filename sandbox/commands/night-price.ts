import { measuredUsage } from '../price/measured-usage';
import { priceOfNight } from '../price/price-of-night';
import { makeGround } from '../simulation/ground';
import { runMain } from './run-main';

/** `npm run night-price`: what the reconciliation of a night costs, measured in the simulation. */
async function main(): Promise<number> {
  process.stdout.write(priceOfNight((await measuredUsage(await makeGround())).night));
  return 0;
}

runMain(main);
