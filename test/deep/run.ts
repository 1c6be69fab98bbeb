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
  kills: () => examination(killTasks(), killsOutcome, sumOf),
  seeds: () =>
    examination(
      seedTasks({ seeds: SEEDS, tenants: 100, processes: 5 }),
      (ends) => seedsOutcome(ends, 'every state'),
      sumOf,
    ),
};

const ALL_MUTATIONS = 'mutations';

/** They wait for other processes half of their time: one is always run beside the others. */
const ON_LOCAL_AWS = 'local-aws';

/** An examination of which one can see how far it has come. */
interface Timed extends Examination {
  readonly name: string;
  /** Milliseconds of each task that is done. */
  readonly done: number[];
}

function timed(name: string, { tasks, outcome }: Examination): Timed {
  const done: number[] = [];
  const timedTask = (task: () => Promise<void>) => async (): Promise<void> => {
    const startedAt = Date.now();
    await task();
    done.push(Date.now() - startedAt);
  };
  return { name, done, outcome, tasks: tasks.map(timedTask) };
}

const tasksOf = (examinations: readonly Examination[]): Examination['tasks'] =>
  examinations.flatMap(({ tasks }) => tasks);

function tellTimes(all: readonly Timed[]): void {
  const minutes = all.map(({ name, done }) => ({ name, spent: done.reduce((sum, ms) => sum + ms, 0) / 60_000 }));
  const longestFirst = minutes.toSorted((one, other) => other.spent - one.spent);
  tell(`\nMinutes of a core: ${longestFirst.map(({ name, spent }) => `${name} ${spent.toFixed(1)}`).join(', ')}`);
  const cut = all.filter(({ tasks, done }) => done.length < tasks.length);
  if (cut.length === 0) return;
  const missing = cut.map(({ name, tasks, done }) => `${name} ${tasks.length - done.length} of ${tasks.length}`);
  tell(`Time was up. Not begun: ${missing.join(', ')}`);
}

const MINUTES = /^--minutes=(\d+)$/u;

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
 * write of one vending (`-- kills`); test files that `npm test` leaves out (`-- long-tests`, and on the local AWS
 * `-- local-aws`); the packages in empty folders (`-- packages`); the protocol of the ledger in every state
 * (`-- protocol`); one more step by CONTRIBUTING's recipe (`-- recipe`); many tenants in many simulations
 * (`-- seeds`). By name alone a thousand tenants that are vended again (`-- thousand`). The last line tells how much
 * has passed. With `--minutes=N` it begins nothing after N minutes, and says what it has not begun: a CI that is
 * stopped in the middle says nothing at all.
 */
async function testDeep(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => !MINUTES.test(arg));
  const minutes = Number(args.flatMap((arg) => MINUTES.exec(arg)?.[1] ?? []).at(-1) ?? Infinity);
  const isWanted = (name: string): boolean => names.length === 0 || names.includes(name);
  const known = readMutations(path.join(projectRoot, 'test', 'mutations'));
  const parts = [ALL_MUTATIONS, ...Object.keys(EXAMINATIONS), ON_LOCAL_AWS, BY_NAME_ALONE];
  refuseUnknown(names, { parts, mutations: known.map(({ name }) => name) });
  const mutations = known.filter(({ name }) => isWanted(ALL_MUTATIONS) || isWanted(name));
  const wanted = Object.entries(EXAMINATIONS).filter(([name]) => isWanted(name));
  // What takes longest comes first, so that both cores have something to do until the end.
  const busy = [
    timed(ALL_MUTATIONS, allMutations(mutations)),
    ...wanted.map(([name, make]) => timed(name, make())),
    ...(names.includes(BY_NAME_ALONE) ? [timed(BY_NAME_ALONE, thousand())] : []),
  ];
  const waiting = isWanted(ON_LOCAL_AWS) ? [timed(ON_LOCAL_AWS, longTestsOnLocalAws())] : [];
  const endsAt = Date.now() + minutes * 60_000;
  const isTimeUp = (): boolean => Date.now() >= endsAt;
  await Promise.all([doAll(tasksOf(busy), 2, isTimeUp), doAll(tasksOf(waiting), 1, isTimeUp)]);
  const all = [...busy, ...waiting];
  const { passed, failed } = sumOf(all.map(({ outcome }) => outcome()));
  tellTimes(all);
  tell(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && (passed > 0 || isTimeUp()) ? 0 : 1;
}

runMain(() => testDeep(process.argv.slice(2)));
