import { runMain } from '../../sandbox/commands/run-main';
import { doAll, tell } from '../deep/outcome';
import { seedTasks } from './seed-tasks';
import { seedsOutcome } from './seeds-end';

const SEEDS = [1, 2];

/** These seeds and more of them, with a hundred, are a part of `npm run test:deep`. */
const TENANTS = 8;

/** `npm run test:seeds`: a few simulations, on both cores. */
async function testSeeds(): Promise<number> {
  tell(`Simulating seeds ${SEEDS.join(' and ')}: ${TENANTS} tenants, everything that can go wrong, processes that die`);
  const { passed, failed } = seedsOutcome(
    await doAll(seedTasks({ seeds: SEEDS, tenants: TENANTS, processes: 2 })),
    'some states',
  );
  return failed === 0 && passed === SEEDS.length ? 0 : 1;
}

runMain(testSeeds);
