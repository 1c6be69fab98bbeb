import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A test as jest finds it. */
export interface TestName {
  readonly project: string;
  /** A part of its path, from the root. */
  readonly path: string;
  /** A part of its name, where one of its file is enough and the others would take long. */
  readonly name: string | null;
}

export const testId = ({ project, path: testPath, name }: TestName): string =>
  `${project} ${testPath}${name === null ? '' : ` ${name}`}`;

/** A deliberate break of the code, and the tests of which each has to notice it. */
export interface Mutation {
  readonly name: string;
  readonly file: string;
  readonly tests: readonly TestName[];
  /** What is wrong once the patch is applied, in one sentence. */
  readonly breaks: string;
}

/**
 * All mutations of a folder of patches. Each begins with lines `Test: <jest project> <part of the test's path> <part of
 * its name, or nothing>` and a line `Breaks: <sentence>`.
 */
export function readMutations(folder: string): readonly Mutation[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.patch'));
  return files.toSorted().map((name) => {
    const file = path.join(folder, name);
    return { name: path.basename(name, '.patch'), file, ...headerOf(file) };
  });
}

function headerOf(file: string): Pick<Mutation, 'tests' | 'breaks'> {
  const text = readFileSync(file, 'utf8');
  const tests = [...text.matchAll(/^Test: (\S+) (\S+)(?: (\S.*))?$/gm)].map(
    ([, project = '', testPath = '', name = null]) => ({ project, path: testPath, name }),
  );
  const [, breaks] = /^Breaks: (\S.*\.)$/m.exec(text) ?? [];
  if (tests.length === 0 || breaks === undefined) {
    throw new Error(
      `${file} does not begin with "Test: <jest project> <part of the test's path>" and "Breaks: <sentence>".`,
    );
  }
  return { tests, breaks };
}
