import { writeFileSync } from 'node:fs';

import { runMain } from '../../sandbox/commands/run-main';
import { REFUSALS_PAGE, refusalsPage } from './refusals-page';

runMain(() => {
  writeFileSync(REFUSALS_PAGE, refusalsPage());
  return Promise.resolve(0);
});
