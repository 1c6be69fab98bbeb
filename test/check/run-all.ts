import { spawn } from 'node:child_process';

import { runMain } from '../../sandbox/commands/run-main';
import { projectRoot } from '../../sandbox/environment';
import { type Outcome, sumOf, tell } from '../deep/outcome';
import { CHECKS, CHECKS_BESIDE_JEST, generateOnce, type Script, scriptTask } from './checks';

/**
 * `npm test`: all checks, one after another, and beside them jest, which waits for other processes for a part of its
 * time. Arguments are jest's.
 */
async function testAll(jestArguments: readonly string[]): Promise<number> {
  // With arguments, jest may run a part of the tests.
  const isWhole = jestArguments.length === 0;
  const [outcome, jestExitCode] = await Promise.all([
    oneByOne(isWhole ? CHECKS_BESIDE_JEST : CHECKS),
    jest(jestArguments),
  ]);
  tell(
    `\nchecks: ${outcome.passed} passed, ${outcome.failed} failed; jest: ${jestExitCode === 0 ? 'passed' : 'failed'}`,
  );
  return outcome.failed === 0 && jestExitCode === 0 ? 0 : 1;
}

async function oneByOne(checks: readonly Script[]): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  await generateOnce();
  for (const name of checks) outcomes.push(await scriptTask(name)());
  return sumOf(outcomes);
}

const jest = (jestArguments: readonly string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn('jest', jestArguments, { cwd: projectRoot, stdio: 'inherit' });
    child.once('error', reject);
    child.once('exit', (exitCode) => {
      resolve(exitCode ?? 1);
    });
  });

runMain(() => testAll(process.argv.slice(2)));
