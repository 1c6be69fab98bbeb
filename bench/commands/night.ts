import { benchConfiguration } from '../bench-configuration';
import { nightMeasures, throttlesNothing } from '../night/night-measures';
import { nightTables, withNights } from '../night/night-page';
import { observeNight } from '../night/observe-night';
import { runSizes } from '../sizes-command';

/**
 * `npm run bench:night`: how long the reconciliation of a night takes, and how near it comes to AWS's rates. Exits 1
 * where it throttles itself.
 */
runSizes({
  name: 'bench:night',
  sizes: [100, 1000, 10_000],
  measure: async (tenants, seed) => nightMeasures(await observeNight(tenants, seed, benchConfiguration())),
  inWords: nightTables,
  isGood: throttlesNothing,
  docs: { figures: 'benchmark-night.json', page: 'benchmark.md', withFigures: withNights },
});
