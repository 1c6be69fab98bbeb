import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import {
  commonTokens,
  declareFactoryPlugin,
  type Injector,
  type PluginContext,
  PluginKind,
  tokens,
} from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus, type TestRunner } from '@stryker-mutator/api/test-runner';
import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner';

/** What the jest runner has inside: how it runs jest. */
interface JestInside {
  readonly jestTestAdapter: { run: (settings: JestSettings) => Promise<unknown> };
}

interface JestSettings {
  readonly fileNamesUnderTest?: readonly string[];
  readonly testFiles?: readonly string[];
}

/** In the folder in which each of Stryker's processes works, since the dry run is done by one of them alone. */
const FILES_OF_TESTS = 'files-of-tests.json';

/**
 * Stryker's jest runner loads every test file that imports the changed file, directly or not, although it knows which
 * tests reach the change. This one has it load the files of those tests alone, which is several times faster in
 * folders that much depends on. A constant of a module is made when a test file is loaded, so every test would have to
 * be run for it: it is tried with a few files alone. So is, in the quick pass, whatever many files reach. Nothing else
 * is different.
 *
 * @throws Error if a later version of the jest runner runs jest in another way.
 */
function coveringRunner(injector: Injector<PluginContext>): TestRunner {
  const [jestPlugin] = jestPlugins;
  if (jestPlugin === undefined) throw new Error('@stryker-mutator/jest-runner has no test runner any more.');
  const runner = jestPlugin.factory(injector);
  const isQuick = JSON.stringify(injector.resolve(commonTokens.options)['jest'] ?? '').includes('quick.config');
  const { jestTestAdapter } = runner as unknown as JestInside;
  const runAll = jestTestAdapter.run.bind(jestTestAdapter);
  let testFiles: readonly string[] | undefined;
  jestTestAdapter.run = (settings) => runAll(testFiles === undefined ? settings : { ...settings, testFiles });
  return {
    init: async () => runner.init?.(),
    dispose: async () => runner.dispose?.(),
    capabilities: () => runner.capabilities(),
    dryRun: async (options) => {
      const result = await runner.dryRun(options);
      if (result.status === DryRunStatus.Complete) {
        const files = result.tests.map(({ id, fileName }): [string, string | undefined] => [id, fileName]);
        writeFileSync(FILES_OF_TESTS, JSON.stringify(filesById(files)));
      }
      return result;
    },
    mutantRun: async (options) => {
      const { testFilter, activeMutant } = options;
      const reached = testFilter === undefined ? allFiles() : filesOf(testFilter);
      const isEnough = isQuick || testFilter === undefined;
      const chosen = isEnough && reached !== undefined ? nearest(activeMutant.fileName, reached) : reached;
      for (const files of chosen === undefined ? [undefined] : inTurns(chosen)) {
        testFiles = files;
        const result = await runner.mutantRun(options);
        if (result.status !== MutantRunStatus.Survived) return result;
      }
      return { status: MutantRunStatus.Survived, nrOfTests: reached?.length ?? 0 };
    },
  };
}

/** Two files may have a test of the same name. */
function filesById(tests: readonly [string, string | undefined][]): Record<string, string[]> {
  const files: Record<string, string[]> = {};
  for (const [id, file] of tests) (files[id] ??= []).push(file ?? '');
  return files;
}

let known: Record<string, string[]> | undefined;

const knownFiles = (): Record<string, string[]> =>
  (known ??= existsSync(FILES_OF_TESTS)
    ? (JSON.parse(readFileSync(FILES_OF_TESTS, 'utf8')) as Record<string, string[]>)
    : {});

/** None where a file is not known: then all that import the changed file are loaded. */
function filesOf(ids: readonly string[]): readonly string[] | undefined {
  const files = new Set(ids.flatMap((id) => knownFiles()[id] ?? ['']));
  return files.has('') ? undefined : [...files];
}

const MAX_NEAR_FILES = 8;

/** Most changes are noticed by the nearest files: the others are loaded for what those have missed. */
const FIRST_FILES = 2;

const inTurns = (files: readonly string[]): readonly (readonly string[])[] =>
  [files.slice(0, FIRST_FILES), files.slice(FIRST_FILES)].filter((turn) => turn.length > 0);

/** The test files that are the likeliest to notice a change of a file: those that import it by name. */
function nearest(changedFile: string, files: readonly string[]): readonly string[] {
  const { dir, name } = path.parse(changedFile);
  const imported = `${path.basename(dir)}/${name}'`;
  const folder = `/test/${dir.slice(dir.lastIndexOf('functions/'))}/`;
  const distance = (file: string): number =>
    (readFileSync(file, 'utf8').includes(imported) ? 0 : 2) + (file.includes(folder) ? 0 : 1);
  return files.toSorted((one, other) => distance(one) - distance(other)).slice(0, MAX_NEAR_FILES);
}

const allFiles = (): readonly string[] =>
  [...new Set(Object.values(knownFiles()).flat())].filter((file) => file !== '');

coveringRunner.inject = tokens('$injector');

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'covering', coveringRunner)];
