import { measuredNight } from '../price/measured-night';
import { priceOfNight } from '../price/price-of-night';
import { makeGround } from '../simulation/ground';
import { runMain } from './run-main';

/** `npm run night-price`: what the reconciliation of a night costs, measured in the simulation. */
async function main(): Promise<number> {
  process.stdout.write(priceOfNight(await measuredNight(await makeGround())));
  return 0;
}

runMain(main);
