import { existsSync, globSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';

import { Stryker } from '@stryker-mutator/core';

import { runMain } from '../../sandbox/commands/run-main';
import { projectRoot } from '../../sandbox/environment';
import { tell } from '../deep/outcome';
import { testModel } from './model';
import { mutantScore, scoreRow, survivorsOf } from './score';

/** Nobody has written it: its source is tested. */
const GENERATED = '!functions/domain/base/workflow-facts.ts';

const CACHE = '.cache/mutants';

/**
 * `npm run test:mutants -- FOLDER [PART]`: Stryker changes the code of a folder, or of a part of it, in every small way
 * that it knows, and jest runs the tests of the same part that reach the change. Prints the row for docs/mutants.md,
 * and writes every mutant that no test has noticed to `.cache/mutants/FOLDER.txt`.
 */
async function testMutants([name = '', part = '', ...rest]: readonly string[]): Promise<number> {
  if (name === 'model') return testModel(part === '' ? rest : [part, ...rest]);
  const names = foldersOf('functions');
  if (!names.includes(name) || rest.length > 0) {
    tell(
      `Name one folder: ${names.join(', ')} or model; or a part of it, such as npm run test:mutants -- ledger runs.`,
    );
    return 2;
  }
  const mutated = path.posix.join('functions', name, part);
  const files = part.endsWith('.ts') ? mutated : `${mutated}/**/*.ts`;
  if (globSync(files, { cwd: projectRoot }).length === 0) {
    tell(`There is no TypeScript in ${mutated}: name a file or a folder in functions/${name}.`);
    return 2;
  }
  // Read by jest.config.mjs, in processes that Stryker starts.
  process.env['MUTATED_TESTS'] = testsOf(part.endsWith('.ts') ? path.posix.dirname(mutated) : mutated);
  const results = await stryker(files).runMutationTest();
  const survivors = path.join(CACHE, `${name}.txt`);
  mkdirSync(path.join(projectRoot, CACHE), { recursive: true });
  writeFileSync(path.join(projectRoot, survivors), `${survivorsOf(results).join('\n')}\n`);
  tell(scoreRow(path.posix.join(name, part), mutantScore(results), new Date()));
  tell(`What survived stands in ${survivors}.`);
  return 0;
}

const foldersOf = (folder: string): readonly string[] =>
  readdirSync(path.join(projectRoot, folder), { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? [one.name] : [],
  );

/** The folder of tests that mirrors a folder of functions; where there is none, the one above it. */
function testsOf(folder: string): string {
  const tests = path.posix.join('test', folder);
  return existsSync(path.join(projectRoot, tests)) ? tests : testsOf(path.posix.dirname(folder));
}

const stryker = (files: string): Stryker =>
  new Stryker({
    mutate: [files, GENERATED],
    testRunner: 'jest',
    jest: { projectType: 'custom', configFile: 'test/mutants/jest.config.mjs', enableFindRelatedTests: true },
    coverageAnalysis: 'perTest',
    // Jest keeps the modules of every run: after some dozens a process does little but collect garbage.
    maxTestRunnerReuse: 40,
    // A mutant that never ends is noticed by how often it runs a line; time says nothing on a machine under load.
    timeoutMS: 300_000,
    dryRunTimeoutMinutes: 60,
    // It takes constants for slow.
    warnings: { unknownOptions: true, slow: false, preprocessorErrors: true, unserializableOptions: true },
    concurrency: Math.max(1, Math.floor(availableParallelism() / 2)),
    ignorePatterns: ['.cache', '.venv', 'cdk.out'],
    tempDirName: `${CACHE}/sandbox`,
    reporters: ['progress-append-only'],
  });

runMain(() => testMutants(process.argv.slice(2)));
