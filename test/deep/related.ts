import path from 'node:path';

import { runCommand } from '../../operator/run-command';
import { projectRoot } from '../../sandbox/environment';

/**
 * Long tests that import what has changed since a commit, or is changed now: jest's own relation.
 *
 * @returns paths from the root
 * @throws Error with what jest says when it fails
 */
export async function relatedTests(since: string): Promise<ReadonlySet<string>> {
  const jest = path.join(projectRoot, 'node_modules/jest/bin/jest.js');
  const args = [jest, '--listTests', '--changedSince', since, '--passWithNoTests'];
  const env = { ...process.env, TEST_DEEP: '1' };
  const result = await runCommand(process.execPath, args, { cwd: projectRoot, env: definedOf(env) });
  if (result.status === 'missing' || result.exitCode !== 0) {
    throw new Error(`jest --changedSince ${since}: ${result.status === 'missing' ? 'no Node' : result.output}`);
  }
  const files = result.output.split('\n').filter((line) => path.isAbsolute(line));
  return new Set(files.map((file) => path.relative(projectRoot, file)));
}

const definedOf = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
