import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';

import type { PartialStrykerOptions } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';

import { runMain } from '../../sandbox/commands/run-main';
import { projectRoot } from '../../sandbox/environment';
import { tell } from '../deep/outcome';
import { testModel } from './model';
import type { PureOptions } from './pure-runner';
import { type MutantResult, missedOf, mutantScore, placesOf, scoreRow, survivorsOf, withSecondTry } from './score';

/** Folders of functions whose tests need all of jest. */
const BY_JEST: readonly string[] = ['preflight', 'runtime'];

const PROPERTIES = '**/*.properties.test.ts';

/** Compares documents and JSON schemas with the schemas that they are made of. */
const GENERATED_FILES = 'test/sandbox/commands/schema-files.test.ts';

/** The tests of a folder, but for those that load the CDK, read source text or search for long. */
const ownTests = (folder: string, ...without: readonly string[]): PureOptions => ({
  tests: [`test/functions/${folder}/**/*.test.ts`],
  without: [PROPERTIES, ...without],
});

/** Folders of functions that keep nothing in their modules, with the tests that state their rules. */
const IN_PLACE: Readonly<Record<string, PureOptions>> = {
  adopt: ownTests('adopt'),
  aws: ownTests('aws', '**/client-time-outs.test.ts', '**/sqs-chains.test.ts', '**/step-permissions.test.ts'),
  api: {
    tests: ['test/functions/api/**/*.test.ts', GENERATED_FILES],
    without: [PROPERTIES, '**/waiting-vending.test.ts', '**/call-costs.test.ts'],
  },
  'dead-letters': { tests: ['test/functions/api/dead-letters.test.ts'], without: [] },
  domain: {
    tests: ['test/functions/domain/**/*.test.ts', GENERATED_FILES],
    without: [PROPERTIES, '**/access-role-seal/**'],
  },
  'dry-run': ownTests('dry-run'),
  intake: ownTests('intake'),
  ledger: ownTests('ledger', '**/largest-tenant.test.ts'),
  meshstack: ownTests('meshstack'),
  metering: ownTests('metering'),
  notifications: ownTests('notifications'),
  reconcile: ownTests('reconcile'),
  'record-failure': {
    tests: ['test/functions/record-failure/*.test.ts', 'test/functions/watch-runs/*.test.ts'],
    without: [],
  },
  replay: ownTests('replay'),
  rollout: ownTests('rollout'),
  steps: ownTests('steps', '**/reached-sdk.test.ts'),
  'store-configuration': ownTests('store-configuration'),
  'wake-runs': ownTests('wake-runs'),
  'watch-runs': ownTests('watch-runs'),
};

/** Nobody has written it: its source is tested. */
const GENERATED = '!functions/domain/base/workflow-facts.ts';

const CACHE = '.cache/mutants';

/**
 * `npm run test:mutants -- FOLDER [PART]`: Stryker changes the code of a folder in every small way that it knows, and
 * runs the tests that reach the change. In most folders those are the folder's own, in this process; jest runs the
 * nearest eight test files of the others first, and all that reach it where those have not noticed it. Prints the row
 * for docs/mutants.md, and writes every mutant that no test has noticed to `.cache/mutants/FOLDER.txt`. With a part, a
 * path in the folder, only that part is tested, and the results of the others are those of their last run: so a large
 * folder can be measured piece by piece. A second run with jest tests only what has changed since.
 */
async function testMutants([name = '', part = '', ...rest]: readonly string[]): Promise<number> {
  if (name === 'model') return testModel(part === '' ? rest : [part, ...rest]);
  const pure = IN_PLACE[name];
  if ((pure === undefined && !BY_JEST.includes(name)) || rest.length > 0) {
    const names = [...BY_JEST, ...Object.keys(IN_PLACE), 'model'].join(', ');
    tell(`Name one folder: ${names}; such as npm run test:mutants -- ledger, or a part of it: -- ledger runs.`);
    return 2;
  }
  const folder = `functions/${name}`;
  const mutate = mutatedFiles(folder, part);
  if (!globSync(mutate, { cwd: projectRoot }).some((file) => file.endsWith('.ts'))) {
    tell(`There is no TypeScript in ${path.join(folder, part)}: name a file or a folder in ${folder}.`);
    return 2;
  }
  const results = pure === undefined ? await inTwoPasses(name, mutate) : await mutantsOf(name, [mutate], inPlace(pure));
  const survivors = path.join(CACHE, `${name}.txt`);
  mkdirSync(path.join(projectRoot, CACHE), { recursive: true });
  writeFileSync(path.join(projectRoot, survivors), `${survivorsOf(results).join('\n')}\n`);
  tell(scoreRow(name, mutantScore(results), new Date()));
  tell(`What survived stands in ${survivors}.`);
  return 0;
}

async function inTwoPasses(name: string, mutate: string): Promise<readonly MutantResult[]> {
  const first = await mutantsOf(name, [mutate], byJest('quick'));
  const missed = missedOf(first).filter((mutant) => mutant.static !== true);
  const second = missed.length === 0 ? [] : await mutantsOf(`${name}-again`, placesOf(missed), byJest('jest'));
  return withSecondTry(first, second);
}

const mutatedFiles = (folder: string, part: string): string =>
  part.endsWith('.ts') ? `${folder}/${part}` : path.posix.join(folder, part, '**/*.ts');

const runnerFile = (name: string): string => path.join(projectRoot, `test/mutants/${name}-runner.ts`);

const byJest = (tests: 'quick' | 'jest'): PartialStrykerOptions => ({
  testRunner: 'covering',
  plugins: ['@stryker-mutator/jest-runner', runnerFile('covering')],
  jest: {
    projectType: 'custom',
    configFile: `test/mutants/${tests}.config.mjs`,
    enableFindRelatedTests: true,
  },
  // Jest keeps the modules of every run: after some dozens a process does little but collect garbage.
  maxTestRunnerReuse: 40,
  // A mutant that never ends is noticed by how often it runs a line; time says nothing on a machine under load.
  timeoutMS: 300_000,
});

const inPlace = (pure: PureOptions): PartialStrykerOptions => ({
  testRunner: 'pure',
  plugins: [runnerFile('pure')],
  pure,
  // It knows no options of a plugin here, and takes constants for slow.
  warnings: {
    unknownOptions: false,
    slow: false,
    preprocessorErrors: true,
    unserializableOptions: true,
  },
  timeoutMS: 60_000,
  // A new test may notice what was missed, and costs little.
  force: true,
});

const mutantsOf = (name: string, mutate: readonly string[], runner: PartialStrykerOptions): Promise<MutantResult[]> =>
  new Stryker({
    ...runner,
    mutate: [...mutate, GENERATED],
    coverageAnalysis: 'perTest',
    dryRunTimeoutMinutes: 60,
    concurrency: Math.max(1, Math.floor(availableParallelism() / 2)),
    ignorePatterns: ['.cache', '.venv', 'cdk.out'],
    tempDirName: `${CACHE}/sandbox`,
    reporters: ['progress-append-only'],
    incremental: true,
    incrementalFile: `${CACHE}/${name}.json`,
  }).runMutationTest();

runMain(() => testMutants(process.argv.slice(2)));
