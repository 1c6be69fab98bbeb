import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { Stryker } from '@stryker-mutator/core';

import { runMain } from '../../sandbox/commands/run-main';
import { projectRoot } from '../../sandbox/environment';
import { tell } from '../deep/outcome';
import { type MutantResult, mutantScore, scoreRow, survivorsOf } from './score';

/** Where mistakes would be hardest to see: what may be mutated, by the name that chooses it. */
const FOLDERS: Readonly<Record<string, string>> = {
  ledger: 'functions/ledger',
  intake: 'functions/intake',
  api: 'functions/api',
  replay: 'functions/replay',
  'record-failure': 'functions/record-failure',
  steps: 'functions/steps',
  aws: 'functions/aws',
};

const CACHE = '.cache/mutants';

/**
 * `npm run test:mutants -- FOLDER`: Stryker changes the code of a folder in every small way that it knows, and runs the
 * unit tests that reach the change. Prints the row for docs/mutants.md, and writes every mutant that no test has
 * noticed to `.cache/mutants/FOLDER.txt`. A second run looks only at what has changed since.
 */
async function testMutants([name = '', ...rest]: readonly string[]): Promise<number> {
  const folder = FOLDERS[name];
  if (folder === undefined || rest.length > 0) {
    tell(`Name one folder: ${Object.keys(FOLDERS).join(', ')}; such as npm run test:mutants -- ledger.`);
    return 2;
  }
  const results = await mutantsOf(name, folder);
  const survivors = path.join(CACHE, `${name}.txt`);
  mkdirSync(path.join(projectRoot, CACHE), { recursive: true });
  writeFileSync(path.join(projectRoot, survivors), `${survivorsOf(results).join('\n')}\n`);
  tell(scoreRow(name, mutantScore(results), new Date()));
  tell(`What survived stands in ${survivors}.`);
  return 0;
}

const mutantsOf = (name: string, folder: string): Promise<MutantResult[]> =>
  new Stryker({
    mutate: [`${folder}/**/*.ts`],
    testRunner: 'jest',
    jest: { projectType: 'custom', configFile: 'test/mutants/jest.config.mjs', enableFindRelatedTests: true },
    coverageAnalysis: 'perTest',
    concurrency: 2,
    ignorePatterns: ['.cache', '.venv', 'cdk.out'],
    tempDirName: `${CACHE}/sandbox`,
    reporters: ['progress-append-only'],
    incremental: true,
    incrementalFile: `${CACHE}/${name}.json`,
  }).runMutationTest();

runMain(() => testMutants(process.argv.slice(2)));
