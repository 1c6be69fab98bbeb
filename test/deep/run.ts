import path from 'node:path';

import { runMain } from '../../sandbox/commands/run-main';
import { projectRoot } from '../../sandbox/environment';
import { readMutations } from './mutation';
import { halves, runMutations } from './mutations';
import { type Outcome, sumOf, tell, twoAtATime } from './outcome';
import { permissionRemovals } from './permission-removals';
import { simulationTasks, thousandTasks } from './simulation-tasks';

const REMOVALS = 'permission-removals';
const SIMULATIONS = 'simulations';
const THOUSAND = 'thousand';

/**
 * `npm run test:deep`: a process that dies at the writes of one vending (`-- simulations` for these alone); every
 * deliberate break of the code that `test/mutations` knows (`-- NAME` for one of them); then takes away every permission
 * (`-- permission-removals`). By name alone, since it takes minutes, `-- thousand`: a thousand tenants that are vended again. The last line tells how much has passed.
 */
async function testDeep(names: readonly string[]): Promise<number> {
  const isWanted = (name: string): boolean => names.length === 0 || names.includes(name);
  const mutations = readMutations(path.join(projectRoot, 'test', 'mutations')).filter(({ name }) => isWanted(name));
  const outcomes = await twoAtATime([
    ...(isWanted(SIMULATIONS) ? simulationTasks() : []),
    ...(names.includes(THOUSAND) ? thousandTasks() : []),
    ...halves(mutations).map((part) => (): Promise<Outcome> => runMutations(part)),
  ]);
  // It works on both cores by itself.
  const removals = isWanted(REMOVALS) ? [await permissionRemovals(tell)] : [];
  const { passed, failed } = sumOf([...outcomes, ...removals]);
  tell(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

runMain(() => testDeep(process.argv.slice(2)));
