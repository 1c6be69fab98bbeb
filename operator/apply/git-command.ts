import { spawnSync } from 'node:child_process';

import { shellWith } from '../environment';
import { OperatorError } from '../operator-error';

/** More than the history of any folder that people keep. */
const MOST_BYTES = 512 * 1024 * 1024;

/** What Git has written, and undefined where the folder belongs to no repository, or there is no Git. */
export function git(folder: string, args: readonly string[], input = ''): Buffer | undefined {
  const ran = spawnSync('git', ['-C', folder, ...args], {
    input,
    maxBuffer: MOST_BYTES,
    // Its words are read.
    env: shellWith({ LC_ALL: 'C' }),
  });
  if (ran.error !== undefined) {
    if ('code' in ran.error && ran.error.code === 'ENOENT') return undefined;
    throw new OperatorError(`git cannot be run: ${ran.error.message}. Install it, or make room for it.`);
  }
  const said = ran.stderr.toString('utf8').trim();
  if (ran.status === 0) return ran.stdout;
  if (said.includes('not a git repository')) return undefined;
  throw new OperatorError(`git ${args[0] ?? ''} fails in ${folder}: ${said}`);
}
