import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire, Module, registerHooks, type ResolveHookSync } from 'node:module';
import path from 'node:path';

import type { MutantCoverage } from '@stryker-mutator/api/core';
import {
  commonTokens,
  declareFactoryPlugin,
  type Injector,
  type PluginContext,
  PluginKind,
  tokens,
} from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  type DryRunResult,
  DryRunStatus,
  type MutantRunOptions,
  type MutantRunResult,
  MutantRunStatus,
  type TestRunner,
  TestStatus,
} from '@stryker-mutator/api/test-runner';
import { transformSync } from 'esbuild';
import { expect } from 'expect';
import { ModuleMocker } from 'jest-mock';

/** What the code that Stryker has changed looks at, by the name that it knows it by. */
interface Switch {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: MutantCoverage;
}

interface PureTest {
  readonly id: string;
  readonly file: string;
  /** What its blocks do before it, from the outermost. */
  readonly before: readonly (readonly (() => unknown)[])[];
  /** And after it, from the innermost. */
  readonly after: readonly (readonly (() => unknown)[])[];
  readonly run: () => unknown;
}

const SWITCH: Switch = {};

/** Which tests reach a mutant, and which files can: written by the dry run, which one process alone does. */
const REACHED = 'reached-by-tests.json';

interface Reached {
  readonly perMutant: Readonly<Record<string, readonly string[]>>;
  readonly filesOfSource: Readonly<Record<string, readonly string[]>>;
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** More test files than these are not loaded for a constant of a module. */
const MAX_FILES = 6;

/**
 * Runs tests of code that keeps nothing in its modules: all mutants but constants are switched on and off in code that
 * is loaded once. A hundred times faster than jest, which loads all modules for each mutant. Knows of jest what such
 * tests need: `describe`, `it`, both with `each`, `beforeEach`, `afterEach`, `expect`, `jest.fn` and `jest.spyOn`. A
 * test that has noticed a mutant has to be green again without it: else something was left behind, and all is loaded
 * again.
 */
class PureRunner implements TestRunner {
  private tests = new Map<string, PureTest>();
  private readonly testFiles: readonly string[];

  public constructor(testFiles: readonly string[]) {
    this.testFiles = testFiles;
  }

  public capabilities(): { reloadEnvironment: boolean } {
    return { reloadEnvironment: true };
  }

  public init(): Promise<void> {
    Object.assign(globalThis, { __stryker__: SWITCH, expect, jest: mocks() });
    compileInPlace();
    registerHooks({ resolve: resolved });
    return Promise.resolve();
  }

  public async dryRun(): Promise<DryRunResult> {
    const mutantCoverage: MutantCoverage = { static: {}, perTest: {} };
    SWITCH.mutantCoverage = mutantCoverage;
    const filesOfSource: Record<string, string[]> = {};
    for (const file of this.testFiles) {
      this.load(file);
      for (const source of sourcesOf(file)) (filesOfSource[source] ??= []).push(file);
    }
    const results = [];
    for (const test of this.tests.values()) {
      SWITCH.currentTestId = test.id;
      const began = performance.now();
      const failureMessage = await failureOf(test);
      SWITCH.currentTestId = undefined;
      if (failureMessage !== null) {
        return { status: DryRunStatus.Error, errorMessage: `${test.id}: ${failureMessage}` };
      }
      const facts = { id: test.id, name: test.id, fileName: test.file, timeSpentMs: performance.now() - began };
      results.push({ ...facts, status: TestStatus.Success as const });
    }
    const milliseconds = Object.fromEntries(results.map(({ id, timeSpentMs }) => [id, timeSpentMs]));
    const perMutant: Record<string, string[]> = {};
    for (const [id, mutants] of Object.entries(mutantCoverage.perTest)) {
      for (const mutant of Object.keys(mutants)) (perMutant[mutant] ??= []).push(id);
    }
    writeFileSync(REACHED, JSON.stringify({ perMutant, filesOfSource, milliseconds } satisfies Reached));
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage };
  }

  public async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
    SWITCH.mutantCoverage ??= { static: {}, perTest: {} };
    if (this.tests.size === 0) this.loadAll();
    const { activeMutant, testFilter, hitLimit, sandboxFileName } = options;
    SWITCH.hitLimit = hitLimit;
    SWITCH.hitCount = hitLimit === undefined ? undefined : 0;
    const ids = testFilter ?? reached().perMutant[activeMutant.id] ?? [];
    const inPlace = await this.runWith(activeMutant.id, ids);
    if (inPlace.status !== MutantRunStatus.Survived || testFilter !== undefined) return inPlace;
    return this.runLoaded(activeMutant.id, sandboxFileName);
  }

  /** In code that is loaded while the mutant is active. */
  private async runLoaded(mutant: string, source: string): Promise<MutantRunResult> {
    const loaded = this.tests;
    const files = nearest(source, reached().filesOfSource[path.relative(process.cwd(), source)] ?? []);
    try {
      for (const file of files) {
        this.tests = new Map();
        forget(importersOf(source));
        SWITCH.activeMutant = mutant;
        try {
          this.load(file);
        } catch (error) {
          return { status: MutantRunStatus.Killed, killedBy: [], failureMessage: String(error), nrOfTests: 0 };
        }
        const result = await this.runWith(mutant, [...this.tests.keys()], false);
        if (result.status !== MutantRunStatus.Survived) return result;
      }
      return { status: MutantRunStatus.Survived, nrOfTests: files.length };
    } finally {
      SWITCH.activeMutant = undefined;
      // The tests that were loaded before keep the modules that they have.
      this.tests = loaded;
    }
  }

  private async runWith(mutant: string, ids: readonly string[], mayLoad = true): Promise<MutantRunResult> {
    const { milliseconds } = reached();
    for (const id of ids.toSorted((one, other) => (milliseconds[one] ?? 0) - (milliseconds[other] ?? 0))) {
      const test = this.tests.get(id);
      if (test === undefined) continue;
      SWITCH.activeMutant = mutant;
      const failureMessage = await failureOf(test);
      SWITCH.activeMutant = undefined;
      const endless = determineHitLimitReached(SWITCH.hitCount, SWITCH.hitLimit);
      if (endless !== undefined) return { status: MutantRunStatus.Timeout, reason: 'the hit limit was reached' };
      if (failureMessage === null) continue;
      if (mayLoad && (await failureOf(test)) !== null) {
        forget();
        this.loadAll();
        return this.runWith(mutant, ids, false);
      }
      return { status: MutantRunStatus.Killed, killedBy: [id], failureMessage, nrOfTests: ids.length };
    }
    return { status: MutantRunStatus.Survived, nrOfTests: ids.length };
  }

  private loadAll(): void {
    this.tests = new Map();
    for (const file of this.testFiles) this.load(file);
  }

  private load(file: string): void {
    const names: string[] = [];
    const before: (() => unknown)[][] = [[]];
    const after: (() => unknown)[][] = [[]];
    const add = (title: string, run: () => unknown): void => {
      const name = `${file}: ${[...names, title].join(' › ')}`;
      const id = this.tests.has(name) ? `${name} (${this.tests.size})` : name;
      this.tests.set(id, { id, file, run, before: [...before], after: after.toReversed() });
    };
    const describe = (title: string, body: () => void): void => {
      names.push(title);
      before.push([]);
      after.push([]);
      body();
      names.pop();
      before.pop();
      after.pop();
    };
    const beforeEach = (prepare: () => unknown): void => void before.at(-1)?.push(prepare);
    const afterEach = (tidy: () => unknown): void => void after.at(-1)?.push(tidy);
    Object.assign(globalThis, { describe: withEach(describe), it: withEach(add), beforeEach, afterEach });
    requireHere(path.resolve(file));
  }
}

const requireHere = createRequire(path.resolve('package.json'));

/** Packages without a form for `require`. */
const ESM_ALONE = '@middy/';

const resolved: ResolveHookSync = (name, context, next) =>
  next(name, name.startsWith(ESM_ALONE) ? { ...context, conditions: [...context.conditions, 'import'] } : context);

type Add<Body> = (title: string, body: Body) => void;

/** As jest has it: once for each row. */
const withEach = <Result>(add: Add<() => Result>): Add<() => Result> & { readonly each: unknown } =>
  Object.assign(add.bind(null), {
    each:
      (rows: readonly unknown[]) =>
      (title: string, body: (...values: unknown[]) => Result): void => {
        const isTable = rows.every(Array.isArray);
        for (const row of rows) add(title, () => (isTable ? body(...(row as unknown[])) : body(row)));
      },
  });

/** As jest has them. */
function mocks(): Pick<ModuleMocker, 'fn' | 'spyOn'> {
  const mocker = new ModuleMocker(globalThis);
  return { fn: mocker.fn.bind(mocker), spyOn: mocker.spyOn.bind(mocker) };
}

async function failureOf({ before, after, run }: PureTest): Promise<string | null> {
  try {
    try {
      for (const prepare of before.flat()) await prepare();
      await run();
    } finally {
      for (const tidy of after.flat()) await tidy();
    }
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

let known: Reached | undefined;

const reached = (): Reached =>
  (known ??= existsSync(REACHED)
    ? (JSON.parse(readFileSync(REACHED, 'utf8')) as Reached)
    : { perMutant: {}, filesOfSource: {}, milliseconds: {} });

const isOurs = (file: string): boolean => file.startsWith(process.cwd()) && !file.includes('node_modules');

/** The files of functions that a test file imports, directly or not. */
function sourcesOf(testFile: string): readonly string[] {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file) || !isOurs(file)) return;
    seen.add(file);
    for (const { filename } of requireHere.cache[file]?.children ?? []) visit(filename);
  };
  visit(path.resolve(testFile));
  return [...seen].map((file) => path.relative(process.cwd(), file)).filter((file) => file.startsWith('functions/'));
}

const loaded = (): readonly string[] => Object.keys(requireHere.cache).filter(isOurs);

/** Loaded again when they are required. */
function forget(files: Iterable<string> = loaded()): void {
  for (const file of files) Reflect.deleteProperty(requireHere.cache, file);
}

/** The loaded files that import one, directly or not, and itself. */
function importersOf(source: string): ReadonlySet<string> {
  const importers = new Map<string, string[]>();
  for (const file of loaded()) {
    for (const { filename } of requireHere.cache[file]?.children ?? []) {
      importers.set(filename, [...(importers.get(filename) ?? []), file]);
    }
  }
  const found = new Set([source]);
  for (const file of found) for (const importer of importers.get(file) ?? []) found.add(importer);
  return found;
}

/** First those of its folder, then those that have or import its name; tests of other folders are always tried. */
function nearest(source: string, files: readonly string[]): readonly string[] {
  const { dir, name } = path.parse(path.relative(process.cwd(), source));
  const isNear = (file: string): boolean =>
    path.basename(file).startsWith(name) || readFileSync(file, 'utf8').includes(`/${name}'`);
  const distance = (file: string): number => (file.startsWith(`test/${dir}/`) ? 0 : 2) + (isNear(file) ? 0 : 1);
  const inOrder = files.toSorted((one, other) => distance(one) - distance(other));
  return [...inOrder.slice(0, MAX_FILES), ...inOrder.slice(MAX_FILES).filter((file) => !file.includes('/functions/'))];
}

type Loader = (module: { readonly _compile: (code: string, file: string) => void }, file: string) => void;

const IN_COMMON_JS = { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' };

/** TypeScript of this folder is compiled once, however often it is loaded. */
function compileInPlace(): void {
  const compiled = new Map<string, string>();
  const extensions = (Module as unknown as { _extensions: Record<string, Loader> })._extensions;
  extensions['.ts'] = (module, file) => {
    const text = readFileSync(file, 'utf8');
    const key = createHash('sha1').update(text).digest('hex');
    const code =
      compiled.get(key) ??
      transformSync(text, { loader: 'ts', format: 'cjs', target: 'node24', sourcefile: file, define: IN_COMMON_JS })
        .code;
    compiled.set(key, code);
    module._compile(code, file);
  };
}

function pureRunner(injector: Injector<PluginContext>): TestRunner {
  const { tests, without } = injector.resolve(commonTokens.options)['pure'] as PureOptions;
  return new PureRunner(globSync(tests, { exclude: without }).toSorted());
}

export interface PureOptions {
  readonly tests: string[];
  readonly without: string[];
}

pureRunner.inject = tokens('$injector');

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'pure', pureRunner)];
