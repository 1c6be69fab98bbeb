import { projectRoot } from '../../sandbox/environment';
import { type CommandResult, runCommand } from '../../operator/run-command';
import packageJson from '../../package.json';
import { type Outcome, tell } from '../deep/outcome';
import { outcomeOfCheck } from './outcome-of-check';

export type Script = keyof typeof packageJson.scripts;

/** Scripts of package.json. The longest come first, so that both cores have work until the end. */
export const CHECKS = [
  'lint',
  'typecheck',
  'format:check',
  'lint:dead',
  'lint:architecture',
  'lint:asl',
  'lint:api',
] as const satisfies readonly Script[];

/** Those that jest leaves to do where it runs all tests: `lint:asl` is tests of the project `unit`. */
export const CHECKS_BESIDE_JEST = CHECKS.filter((name) => name !== 'lint:asl');

/** What several scripts begin with, for those who run one alone. */
const GENERATE = 'tsx console/build/generate.ts';

/**
 * Writes what several checks read, once for all of them.
 *
 * @throws Error when that fails
 */
export async function generateOnce(): Promise<void> {
  const result = await run(GENERATE);
  if (result.status === 'ended' && result.exitCode === 0) return;
  throw new Error(result.status === 'ended' ? result.output : 'There is no shell `sh` on the PATH.');
}

/** Comes after `generateOnce`. Only the output of a script that fails is shown. */
export const scriptTask = (name: Script) => async (): Promise<Outcome> => {
  const startedAt = performance.now();
  const result = await run(packageJson.scripts[name].replace(`${GENERATE} && `, ''));
  return outcomeOfCheck({ name, result, seconds: (performance.now() - startedAt) / 1000, tell });
};

/** Without npm, which takes half a second to start: it has put the tools on the PATH already. */
const run = (script: string): Promise<CommandResult> =>
  runCommand('sh', ['-c', script], { cwd: projectRoot, env: environment() });

/**
 * Tools look for colors, caches and proxies in the environment of the person who runs them. Those that are written in
 * Go spend up to a third of their time on collecting garbage, which a check of half a minute need not.
 */
const environment = (): Record<string, string> => ({ GOGC: '400', ...process.env });
