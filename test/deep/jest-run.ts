import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import * as z from 'zod';

import type { TestName } from './mutation';

/** What jest writes with `--json`, as far as it matters here. */
const ResultSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

export interface RunOptions {
  /** After which jest is ended. */
  readonly limitSeconds?: number;
  /** Of what tests take `fewOrMany`. */
  readonly hasManyCases?: boolean;
  /** Each file ends at its first red test. */
  readonly untilFirstFailure?: boolean;
  /** Snapshots are written again, as a person does who has read them. */
  readonly updatesSnapshots?: boolean;
}

/** What became of one file of tests. One that could not be run at all has no names. */
export interface FileRun {
  readonly file: string;
  /** Full names. */
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  /** What jest says when something failed; empty otherwise. */
  readonly message: string;
}

const run = promisify(execFile);

/**
 * Runs these tests in the project, or in a copy of it, by as few starts of jest as can be: a name chooses from all
 * files of a run, so that those which are wanted as a whole have a run of their own.
 *
 * @throws Error when jest gives no result in time: broken code may keep a test from ending
 */
export async function runTests(
  root: string,
  tests: readonly TestName[],
  options: RunOptions = {},
): Promise<readonly FileRun[]> {
  const whole = tests.filter(({ name }) => name === null);
  const named = tests.filter(({ name }) => name !== null);
  const names = named.map(({ name }) => name?.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return [
    ...(whole.length === 0 ? [] : await runJest(root, whole, [], options)),
    ...(named.length === 0 ? [] : await runJest(root, named, ['--testNamePattern', names.join('|')], options)),
  ];
}

async function runJest(
  root: string,
  tests: readonly TestName[],
  choice: readonly string[],
  { limitSeconds = 240, hasManyCases = false, untilFirstFailure = false, updatesSnapshots = false }: RunOptions,
): Promise<readonly FileRun[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'account-vending-jest-'));
  const outputFile = path.join(folder, 'result.json');
  try {
    const jest = path.join(root, 'node_modules/jest/bin/jest.js');
    // A test that broken code keeps from ending fails before jest is ended, so that there is a result.
    const testTimeout = ['--testTimeout', String(limitSeconds * 800)];
    // Of several names, the first red test of a file may have another than its own.
    const endsEarly = untilFirstFailure && (choice.length === 0 || tests.length === 1);
    const environment = endsEarly ? ['--env', './test/deep/first-failure-environment.cjs'] : [];
    const args = [
      jest,
      ...filesOf(tests),
      ...choice,
      ...testTimeout,
      ...environment,
      ...(updatesSnapshots ? ['--ci=false', '--updateSnapshot'] : []),
      '--silent',
      // What a red test has left running is not waited for: a simulation may go on for ever.
      '--forceExit',
      '--json',
      '--outputFile',
      outputFile,
    ];
    // With the files that `npm test` leaves out.
    const env = { ...process.env, TEST_DEEP: hasManyCases ? 'many' : '1' };
    const options = { cwd: root, env, timeout: limitSeconds * 1000, maxBuffer: Infinity };
    const said = await run(process.execPath, args, options).then(
      ({ stderr }) => stderr,
      // A test that fails makes jest fail; what matters is in the file.
      (failure: unknown) => String(failure),
    );
    const json = await readFile(outputFile, 'utf8').catch(() => null);
    if (json === null) throw new Error(`jest gave no result in the ${limitSeconds} seconds that it has: ${said}`);
    return filesIn(json);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const filesOf = (tests: readonly TestName[]): readonly string[] => [
  '--selectProjects',
  ...new Set(tests.map(({ project }) => project)),
  '--testPathPatterns',
  ...new Set(tests.map((test) => test.path)),
  '--passWithNoTests',
];

/** @param json what jest writes with `--json` */
function filesIn(json: string): readonly FileRun[] {
  return ResultSchema.parse(JSON.parse(json)).testResults.map(({ name, message, assertionResults }) => {
    const namesOf = (wanted: string): readonly string[] =>
      assertionResults.filter(({ status }) => status === wanted).map(({ fullName }) => fullName);
    return { file: name, passed: namesOf('passed'), failed: namesOf('failed'), message };
  });
}
