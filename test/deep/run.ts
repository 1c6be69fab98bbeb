import path from 'node:path';

import { runMain } from '../../sandbox/commands/run-main';
import { projectRoot } from '../../sandbox/environment';
import { seedTasks } from '../seeds/seed-tasks';
import { seedsOutcome } from '../seeds/seeds-end';
import {
  longTestFiles,
  longTestsOnLocalAws,
  manyAdoptions,
  manyClosings,
  manyRecoveries,
  manyRequests,
  manyRollouts,
  manyShadows,
  manyVendings,
  packages,
} from './at-once';
import { type Examination, examination } from './examination';
import { killTasks } from './kill-tasks';
import { killsOutcome } from './kills-end';
import { refuseUnknown } from './known-names';
import { readMutations } from './mutation';
import { allMutations } from './mutations';
import { manyOrganizations } from './many-organizations';
import { protocol } from './protocol';
import { recipe } from './recipe';
import { doAll, OutcomeSchema, sumOf, tell } from './outcome';
import { removalsOutcome, removalTasks } from './permission-removals';
import { inProcessOfItsOwn } from './process-of-its-own';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);

/** By the name that chooses it. */
const EXAMINATIONS: Readonly<Record<string, () => Examination>> = {
  'permission-removals': () => examination(removalTasks(), (ends) => removalsOutcome(ends.flat())),
  organizations: manyOrganizations,
  adoptions: manyAdoptions,
  closings: manyClosings,
  concurrency: manyVendings,
  recoveries: manyRecoveries,
  lanes: manyRequests,
  rollouts: manyRollouts,
  shadow: manyShadows,
  'long-tests': longTestFiles,
  packages,
  protocol,
  recipe,
  kills: () => examination(killTasks(), killsOutcome),
  seeds: () =>
    examination(seedTasks({ seeds: SEEDS, tenants: 100, processes: 5 }), (ends) => seedsOutcome(ends, 'every state')),
};

const ALL_MUTATIONS = 'mutations';

/** They wait for other processes half of their time: one is always run beside the others. */
const ON_LOCAL_AWS = 'local-aws';

/** Adds up how long the parts of an examination take. */
const timed = (times: Map<string, number>, name: string, { tasks, outcome }: Examination): Examination => ({
  outcome,
  tasks: tasks.map((task) => async () => {
    const startedAt = Date.now();
    await task();
    times.set(name, (times.get(name) ?? 0) + Date.now() - startedAt);
  }),
});

const tasksOf = (examinations: readonly Examination[]): Examination['tasks'] =>
  examinations.flatMap(({ tasks }) => tasks);

/** Minutes for one fact: only by name. */
const BY_NAME_ALONE = 'thousand';

const thousand = (): Examination =>
  examination([() => inProcessOfItsOwn('test/deep/thousand-worker.ts', [], OutcomeSchema)], sumOf);

/**
 * `npm run test:deep`: every deliberate break of the code that `test/mutations` knows (`-- mutations`, or `-- NAME`
 * for one of them); every permission taken away (`-- permission-removals`); metering in 10,000 organizations
 * (`-- organizations`); two hundred accounts adopted (`-- adoptions`); fifty closings at once (`-- closings`); three
 * hundred vendings in an account for ten functions (`-- concurrency`); lost answers in large organizations
 * (`-- recoveries`); a hundred requests at once, and the assignments of two hundred tenants (`-- lanes`); a rollout
 * over five hundred tenants (`-- rollouts`); a pilot of a hundred tenants (`-- shadow`); a process that dies at every
 * write of one vending (`-- kills`); test files that take a minute and more (`-- long-tests`, and on the local AWS
 * `-- local-aws`); the packages in empty folders (`-- packages`); the protocol of the ledger in every state
 * (`-- protocol`); one more step by CONTRIBUTING's recipe (`-- recipe`); many tenants in many simulations
 * (`-- seeds`). By name alone a thousand tenants that are vended again (`-- thousand`). The last line tells how much
 * has passed.
 */
async function testDeep(names: readonly string[]): Promise<number> {
  const isWanted = (name: string): boolean => names.length === 0 || names.includes(name);
  const known = readMutations(path.join(projectRoot, 'test', 'mutations'));
  const parts = [ALL_MUTATIONS, ...Object.keys(EXAMINATIONS), ON_LOCAL_AWS, BY_NAME_ALONE];
  refuseUnknown(names, { parts, mutations: known.map(({ name }) => name) });
  const mutations = known.filter(({ name }) => isWanted(ALL_MUTATIONS) || isWanted(name));
  const wanted = Object.entries(EXAMINATIONS).filter(([name]) => isWanted(name));
  // What takes longest comes first, so that both cores have something to do until the end.
  const times = new Map<string, number>();
  const busy = [
    timed(times, ALL_MUTATIONS, allMutations(mutations)),
    ...wanted.map(([name, make]) => timed(times, name, make())),
    ...(names.includes(BY_NAME_ALONE) ? [timed(times, BY_NAME_ALONE, thousand())] : []),
  ];
  const waiting = isWanted(ON_LOCAL_AWS) ? [timed(times, ON_LOCAL_AWS, longTestsOnLocalAws())] : [];
  await Promise.all([doAll(tasksOf(busy)), doAll(tasksOf(waiting), 1)]);
  const all = [...busy, ...waiting];
  const longestFirst = [...times].toSorted(([, one], [, other]) => other - one);
  tell(`\nMinutes of a core: ${longestFirst.map(([name, ms]) => `${name} ${(ms / 60_000).toFixed(1)}`).join(', ')}`);
  const { passed, failed } = sumOf(all.map(({ outcome }) => outcome()));
  tell(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

runMain(() => testDeep(process.argv.slice(2)));
