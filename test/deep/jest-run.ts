import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import * as z from 'zod';

import type { TestName } from './mutation';

/** What jest writes with `--json`, as far as it matters here. */
const ResultSchema = z.object({
  numPassedTests: z.int(),
  testResults: z.array(
    z.object({
      message: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

export interface RunOptions {
  /** After which jest is ended. */
  readonly limitSeconds?: number;
  readonly variables?: Readonly<Record<string, string>>;
}

const run = promisify(execFile);

export interface TestRun {
  readonly passed: number;
  /** Names of the tests that failed. A file that could not be run at all is none of them. */
  readonly failed: readonly string[];
  /** What jest says about files with failures. */
  readonly messages: readonly string[];
}

/** Runs the files of a test in the project, or in a copy of it. */
export async function runTest(
  root: string,
  { project, path: testPath }: TestName,
  { limitSeconds = 240, variables = {} }: RunOptions = {},
): Promise<TestRun> {
  const folder = await mkdtemp(path.join(tmpdir(), 'account-vending-jest-'));
  const outputFile = path.join(folder, 'result.json');
  try {
    const jest = path.join(root, 'node_modules/jest/bin/jest.js');
    const which = ['--selectProjects', project, '--testPathPatterns', testPath, '--passWithNoTests'];
    const args = [jest, ...which, '--silent', '--json', '--outputFile', outputFile];
    const env = { ...process.env, ...variables };
    const options = { cwd: root, env, timeout: limitSeconds * 1000, maxBuffer: Infinity };
    const said = await run(process.execPath, args, options).then(
      ({ stderr }) => stderr,
      // A test that fails makes jest fail; what matters is in the file.
      (failure: unknown) => String(failure),
    );
    return runIn(await readFile(outputFile, 'utf8').catch(() => noResult(said, limitSeconds)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function runIn(json: string): TestRun {
  const { numPassedTests, testResults } = ResultSchema.parse(JSON.parse(json));
  const assertions = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: numPassedTests,
    failed: assertions.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    messages: testResults.flatMap(({ message }) => (message === '' ? [] : [message])),
  };
}

/** Broken code may keep a test from ending, which is no way of noticing. */
function noResult(said: string, limitSeconds: number): string {
  const message = `jest gave no result within ${limitSeconds} seconds: ${said}`;
  return JSON.stringify({ numPassedTests: 0, testResults: [{ message, assertionResults: [] }] });
}
