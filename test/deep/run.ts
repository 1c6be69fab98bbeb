import path from 'node:path';

import { runMain } from '../../sandbox/commands/run-main';
import { projectRoot } from '../../sandbox/environment';
import { runTest } from './jest-run';
import { type Mutation, readMutations, type TestName } from './mutation';
import { permissionRemovals } from './permission-removals';
import { ProjectCopy } from './project-copy';

const REMOVALS = 'permission-removals';
const NONE = { passed: 0, failed: 0 };

/** What became of one mutation; `problem` is null where its test has noticed it. */
interface Verdict {
  readonly problem: string | null;
  /** The tests that failed. */
  readonly noticedBy: readonly string[];
}

/**
 * `npm run test:deep`: breaks the code in every way that `test/mutations` knows, one at a time and in a copy, and demands that the test which
 * is named for it fails (`-- NAME` for one of them alone). A test that is not green on unbroken code proves nothing, and neither does a patch that does not fit any more.
 * Then takes away every permission (`-- permission-removals` for that alone).
 */
async function testDeep(names: readonly string[]): Promise<number> {
  const all = readMutations(path.join(projectRoot, 'test', 'mutations'));
  const mutations = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
  const copy = await ProjectCopy.make();
  try {
    const green = await greenTests(copy, mutations);
    let failures = 0;
    for (const mutation of mutations) {
      const startedAt = Date.now();
      const verdict = await judge(copy, mutation, green);
      if (verdict.problem !== null) failures += 1;
      tell(rowOf(mutation, verdict, (Date.now() - startedAt) / 1000));
    }
    const removals = names.length === 0 || names.includes(REMOVALS) ? await permissionRemovals(tell) : NONE;
    const passed = mutations.length - failures + removals.passed;
    const failed = failures + removals.failed;
    tell(`\n${passed} passed, ${failed} failed`);
    return failed === 0 && passed > 0 ? 0 : 1;
  } finally {
    await copy.remove();
  }
}

/** The named tests that pass on unbroken code. */
async function greenTests(copy: ProjectCopy, mutations: readonly Mutation[]): Promise<ReadonlySet<string>> {
  const tests = new Map(mutations.map(({ test }) => [idOf(test), test]));
  tell(`Running the ${tests.size} tests that the mutations name on unbroken code`);
  const green = new Set<string>();
  for (const [id, test] of tests) {
    const { passed, messages } = await runTest(copy.root, test);
    if (passed > 0 && messages.length === 0) green.add(id);
    else tell(`✘ ${id}: ${messages.join('\n') || 'there is no such test'}`);
  }
  return green;
}

async function judge(copy: ProjectCopy, { file, test }: Mutation, green: ReadonlySet<string>): Promise<Verdict> {
  if (!green.has(idOf(test))) return problem(`${idOf(test)} is not green on unbroken code`);
  const misfit = await copy.apply(file).catch((error: unknown) => String(error));
  if (typeof misfit === 'string') return problem(`the patch does not apply any more: ${misfit}`);
  try {
    const { failed, messages } = await runTest(copy.root, test);
    if (failed.length > 0) return { problem: null, noticedBy: failed };
    return problem(
      messages.length > 0 ? `the test could not run: ${messages.join('\n')}` : `${idOf(test)} stays green`,
    );
  } finally {
    await copy.takeBack(file);
  }
}

const problem = (what: string): Verdict => ({ problem: what, noticedBy: [] });

const idOf = ({ project, path: testPath }: TestName): string => `${project} ${testPath}`;

function rowOf({ name, breaks, test }: Mutation, { problem, noticedBy }: Verdict, seconds: number): string {
  const mark = problem === null ? '✔' : '✘';
  const red = `${noticedBy.length} red in ${idOf(test)}, such as "${noticedBy[0]?.split('\n')[0] ?? ''}"`;
  return `${mark} ${name.padEnd(34)}${seconds.toFixed(1).padStart(6)} s  ${breaks}\n${' '.repeat(45)}${problem ?? red}`;
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}

runMain(() => testDeep(process.argv.slice(2)));
