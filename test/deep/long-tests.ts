import { projectRoot } from '../../sandbox/environment';
import { sourceFiles } from './git';
import { runTests } from './jest-run';
import { type Outcome, tell } from './outcome';
import { onePart, type Part } from './part';
import { PYTHON } from './tools';

/** `X.long.test.ts` is left to test:deep; `X.wide.test.ts` has few cases in `npm test`, and many here. */
const LONG = /^test\/(?:.*\/)?[^/]+[.](?:long|wide)[.]test[.]ts$/u;

/** Jest projects with a folder of their own; the others are of the project `unit`. */
const PROJECTS = ['contract', 'infra', 'local-aws', 'simulation'];
const ON_PYTHON = ['contract', 'local-aws'];

/** @returns paths from the root */
export const longTestFiles = async (): Promise<readonly string[]> =>
  (await sourceFiles('test')).filter((file) => LONG.test(file));

/** `test/local-aws/upgrade.long.test.ts` is called `local-aws/upgrade`. */
export const nameOf = (file: string): string => file.replace('test/', '').replace(/[.](?:long|wide)[.]test[.]ts$/u, '');

export function longTest(file: string): Part {
  const [folder = ''] = nameOf(file).split('/');
  const project = PROJECTS.includes(folder) ? folder : 'unit';
  const details = { waits: folder === 'local-aws', needs: ON_PYTHON.includes(folder) ? [PYTHON] : [] };
  return onePart(nameOf(file), () => outcomeOf(project, file), details);
}

async function outcomeOf(project: string, file: string): Promise<Outcome> {
  const startedAt = Date.now();
  const tests = [{ project, path: file.replaceAll('.', '[.]'), name: null }];
  const files = await runTests(projectRoot, tests, { limitSeconds: 1800, hasManyCases: true });
  const passed = files.flatMap((one) => one.passed).length;
  const failed = files.flatMap((one) => one.failed);
  const messages = files.flatMap(({ message }) => (message === '' ? [] : [message]));
  const isGood = passed > 0 && messages.length === 0;
  const problem = isGood ? '' : `: ${messages.join('\n') || 'there is no such test'}`;
  tell(`${isGood ? '✔' : '✘'} ${nameOf(file)}, ${((Date.now() - startedAt) / 1000).toFixed(0)} s${problem}`);
  return { passed, failed: isGood ? 0 : Math.max(1, failed.length) };
}
