import { type Examination, examination } from './examination';
import { greenTests } from './green-tests';
import { type FileRun, runTests } from './jest-run';
import { type Mutation, type TestName, testId } from './mutation';
import { type Outcome, sumOf, tell } from './outcome';
import { type ProjectCopy, ProjectCopies } from './project-copy';

/** What became of one mutation; `problem` is null where its tests have noticed it. */
interface Verdict {
  readonly problem: string | null;
  /** The tests that failed. */
  readonly noticedBy: readonly string[];
}

/**
 * Breaks the code in each of these ways, one at a time and in a copy, and demands that each test which is named for it
 * fails. A test that is not green on unbroken code proves nothing, and neither does a patch that does not fit any more.
 */
export function allMutations(mutations: readonly Mutation[]): Examination {
  const copies = new ProjectCopies();
  let green: Promise<ReadonlySet<string>> | null = null;
  const judged = (mutation: Mutation): Promise<Outcome> =>
    copies.withOne(async (copy) => {
      // All at once and before anything is broken; anyone who comes meanwhile waits for the same run.
      green ??= greenTests(copy, mutations);
      return seen(copy, mutation, await green);
    });
  return examination(
    mutations.map((mutation) => () => judged(mutation)),
    sumOf,
  );
}

async function seen(copy: ProjectCopy, mutation: Mutation, green: ReadonlySet<string>): Promise<Outcome> {
  const startedAt = Date.now();
  const verdict = await judge(copy, mutation, green);
  tell(rowOf(mutation, verdict, (Date.now() - startedAt) / 1000));
  return verdict.problem === null ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function judge(copy: ProjectCopy, { file, tests }: Mutation, green: ReadonlySet<string>): Promise<Verdict> {
  const red = tests.find((test) => !green.has(testId(test)));
  if (red !== undefined) return problem(`${testId(red)} is not green on unbroken code`);
  const misfit = await copy.apply(file).catch((error: unknown) => String(error));
  if (typeof misfit === 'string') return problem(`the patch does not apply any more: ${misfit}`);
  try {
    return noticed(tests, await runTests(copy.root, tests, { untilFirstFailure: true }));
  } catch (error) {
    return problem(`the test could not run: ${String(error)}`);
  } finally {
    await copy.takeBack(file);
  }
}

/** Each of the tests has to notice it. */
function noticed(tests: readonly TestName[], files: readonly FileRun[]): Verdict {
  const noticedBy: string[] = [];
  for (const test of tests) {
    const own = files.filter(({ file }) => file.includes(test.path));
    const failed = own.flatMap((one) => one.failed).filter((fullName) => fullName.includes(test.name ?? ''));
    const messages = own.flatMap(({ message }) => (message === '' ? [] : [message]));
    if (failed.length === 0) {
      return problem(
        messages.length > 0 ? `the test could not run: ${messages.join('\n')}` : `${testId(test)} stays green`,
      );
    }
    noticedBy.push(...failed);
  }
  return { problem: null, noticedBy };
}

const problem = (what: string): Verdict => ({ problem: what, noticedBy: [] });

function rowOf({ name, breaks, tests }: Mutation, { problem, noticedBy }: Verdict, seconds: number): string {
  const mark = problem === null ? '✔' : '✘';
  const red = `${noticedBy.length} red in ${tests.map(testId).join(' and ')}, such as "${noticedBy[0]?.split('\n')[0] ?? ''}"`;
  return `${mark} ${name.padEnd(34)}${seconds.toFixed(1).padStart(6)} s  ${breaks}\n${' '.repeat(45)}${problem ?? red}`;
}
