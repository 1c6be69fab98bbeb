import { benchConfiguration } from '../bench-configuration';
import { observeRebuild } from '../rebuild/observe-rebuild';
import { rebuildTable, withRebuilds } from '../rebuild/rebuild-page';
import { runSizes } from '../sizes-command';

/** `npm run bench:rebuild`: how long it takes to fill a lost ledger from the organization, at AWS's rates. */
runSizes({
  name: 'bench:rebuild',
  sizes: [100, 1000, 10_000],
  measure: (tenants, seed) => observeRebuild(tenants, seed, benchConfiguration()),
  inWords: rebuildTable,
  docs: { figures: 'benchmark-rebuild.json', page: 'operation.md', withFigures: withRebuilds },
});
