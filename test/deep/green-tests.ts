import { type FileRun, runTests } from './jest-run';
import { type Mutation, type TestName, testId } from './mutation';
import { tell } from './outcome';
import type { ProjectCopy } from './project-copy';

const LIMIT_SECONDS = 1800;

/** Those of the tests that these mutations name which pass on unbroken code, by their ids. */
export async function greenTests(copy: ProjectCopy, mutations: readonly Mutation[]): Promise<ReadonlySet<string>> {
  const tests = new Map(mutations.flatMap((one) => one.tests.map((test) => [testId(test), test] as const)));
  tell(`${mutations.length} mutations name ${tests.size} tests; running these on unbroken code`);
  const files = await runTests(copy.root, [...tests.values()], { limitSeconds: LIMIT_SECONDS });
  return new Set([...tests].filter(([, test]) => isGreen(test, files)).map(([id]) => id));
}

const ownOf = (test: TestName, files: readonly FileRun[]): readonly FileRun[] =>
  files.filter(({ file }) => file.includes(test.path));

function isGreen(test: TestName, files: readonly FileRun[]): boolean {
  const own = ownOf(test, files);
  const messages = own.flatMap(({ message }) => (message === '' ? [] : [message]));
  const isGood =
    messages.length === 0 && own.some(({ passed }) => passed.some((fullName) => fullName.includes(test.name ?? '')));
  if (!isGood) tell(`✘ ${testId(test)}: ${messages.join('\n') || 'there is no such test'}`);
  return isGood;
}
