import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import * as z from 'zod';

import { projectRoot } from '../../sandbox/environment';
import { type Outcome, tell } from './outcome';

/** The points at which a process dies, in so many parts, of which these are run: every part takes a minute. `simulations.ts kills N 7` runs another. */
const SLICES = 7;
const SLICES_RUN = [0, 3, 5];

/** What the child process writes last. */
const EndSchema = z.object({ passed: z.int(), failed: z.int() });

/** Simulations in processes of their own, each of which makes its ground once. */
export function simulationTasks(): readonly (() => Promise<Outcome>)[] {
  return SLICES_RUN.map((slice) => () => simulated(['kills', String(slice), String(SLICES)]));
}

/** A thousand tenants, twice: minutes, so only by name. */
export const thousandTasks = (): readonly (() => Promise<Outcome>)[] => [() => simulated(['thousand'])];

const run = promisify(execFile);

async function simulated(args: readonly string[]): Promise<Outcome> {
  const tsx = path.join(projectRoot, 'node_modules', '.bin', 'tsx');
  const file = path.join(projectRoot, 'test', 'deep', 'simulations.ts');
  try {
    const { stdout } = await run(tsx, [file, ...args], { cwd: projectRoot, maxBuffer: Infinity });
    const lines = stdout.trimEnd().split('\n');
    const end = EndSchema.parse(JSON.parse(lines.pop() ?? ''));
    for (const line of lines) tell(line);
    return end;
  } catch (error) {
    tell(`✘ simulations ${args.join(' ')}: ${String(error)}`);
    return { passed: 0, failed: 1 };
  }
}
