import { runTest } from './jest-run';
import type { Mutation, TestName } from './mutation';
import { type Outcome, tell } from './outcome';
import { ProjectCopy } from './project-copy';

/** What became of one mutation; `problem` is null where its test has noticed it. */
interface Verdict {
  readonly problem: string | null;
  /** The tests that failed. */
  readonly noticedBy: readonly string[];
}

/**
 * Breaks the code in each of these ways, one at a time and in a copy, and demands that each test which is named for it fails. A test that is not
 * green on unbroken code proves nothing, and neither does a patch that does not fit any more.
 */
export async function runMutations(mutations: readonly Mutation[]): Promise<Outcome> {
  const copy = await ProjectCopy.make();
  try {
    const green = await greenTests(copy, mutations);
    let failed = 0;
    for (const mutation of mutations) {
      const startedAt = Date.now();
      const verdict = await judge(copy, mutation, green);
      if (verdict.problem !== null) failed += 1;
      tell(rowOf(mutation, verdict, (Date.now() - startedAt) / 1000));
    }
    return { passed: mutations.length - failed, failed };
  } finally {
    await copy.remove();
  }
}

const PARTS = 4;

/** Mutations in parts of about one size, those of one test together: each part sees its tests green first. */
export function partsOf(mutations: readonly Mutation[]): readonly (readonly Mutation[])[] {
  const byTest = new Map<string, Mutation[]>();
  for (const mutation of mutations) {
    const id = mutation.tests.map(idOf).join();
    byTest.set(id, [...(byTest.get(id) ?? []), mutation]);
  }
  const parts: Mutation[][] = Array.from({ length: PARTS }, () => []);
  for (const group of [...byTest.values()].toSorted((one, other) => other.length - one.length)) {
    parts.toSorted((one, other) => one.length - other.length)[0]?.push(...group);
  }
  return parts.filter((part) => part.length > 0);
}

/** The named tests that pass on unbroken code. */
async function greenTests(copy: ProjectCopy, mutations: readonly Mutation[]): Promise<ReadonlySet<string>> {
  const tests = new Map(mutations.flatMap((one) => one.tests.map((test) => [idOf(test), test] as const)));
  tell(`Running the ${tests.size} tests that ${mutations.length} mutations name on unbroken code`);
  const green = new Set<string>();
  for (const [id, test] of tests) {
    const { passed, messages } = await runTest(copy.root, test);
    if (passed > 0 && messages.length === 0) green.add(id);
    else tell(`✘ ${id}: ${messages.join('\n') || 'there is no such test'}`);
  }
  return green;
}

async function judge(copy: ProjectCopy, { file, tests }: Mutation, green: ReadonlySet<string>): Promise<Verdict> {
  const red = tests.find((test) => !green.has(idOf(test)));
  if (red !== undefined) return problem(`${idOf(red)} is not green on unbroken code`);
  const misfit = await copy.apply(file).catch((error: unknown) => String(error));
  if (typeof misfit === 'string') return problem(`the patch does not apply any more: ${misfit}`);
  try {
    return await noticed(copy, tests);
  } finally {
    await copy.takeBack(file);
  }
}

/** Each of the tests has to notice it. */
async function noticed(copy: ProjectCopy, tests: readonly TestName[]): Promise<Verdict> {
  const noticedBy: string[] = [];
  for (const test of tests) {
    const { failed, messages } = await runTest(copy.root, test);
    if (failed.length === 0) {
      return problem(
        messages.length > 0 ? `the test could not run: ${messages.join('\n')}` : `${idOf(test)} stays green`,
      );
    }
    noticedBy.push(...failed);
  }
  return { problem: null, noticedBy };
}

const problem = (what: string): Verdict => ({ problem: what, noticedBy: [] });

const idOf = ({ project, path: testPath }: TestName): string => `${project} ${testPath}`;

function rowOf({ name, breaks, tests }: Mutation, { problem, noticedBy }: Verdict, seconds: number): string {
  const mark = problem === null ? '✔' : '✘';
  const red = `${noticedBy.length} red in ${tests.map(idOf).join(' and ')}, such as "${noticedBy[0]?.split('\n')[0] ?? ''}"`;
  return `${mark} ${name.padEnd(34)}${seconds.toFixed(1).padStart(6)} s  ${breaks}\n${' '.repeat(45)}${problem ?? red}`;
}
