import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import * as z from 'zod';

import { isolatedEnvironment, projectRoot } from '../sandbox/environment';
import { SandboxError } from '../sandbox/runtime/ministack/sandbox-error';
import type { Scenario } from './scenario';
import type { ScenarioResult } from './scenario-result';

const WORKERS = 2;
const WORKER = path.join(projectRoot, 'bench', 'commands', 'scenario.ts');

const ResultSchema = z.custom<ScenarioResult>((value) => z.object({ name: z.string() }).safeParse(value).success);

/** Processes at work, and when their time is up. */
interface Shift {
  readonly seed: number;
  readonly endsAt: number;
  readonly children: Set<ChildProcess>;
}

/**
 * Each scenario in a process of its own, two at a time, the longest first: one clock of a process is replaced, and one
 * scenario cannot disturb another.
 *
 * @throws SandboxError that names the scenarios that were not done when the time was up
 */
export async function resultsOf(
  scenarios: readonly Scenario[],
  seed: number,
  secondsAtMost: number,
): Promise<readonly ScenarioResult[]> {
  const shift: Shift = { seed, endsAt: Date.now() + secondsAtMost * 1000, children: new Set() };
  const results = new Map<string, ScenarioResult>();
  const waiting = [...scenarios].sort((one, other) => other.requests - one.requests);
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results.set(next.name, await resultInTime(next, shift));
    }
  };
  const timer = setTimeout(() => {
    for (const child of shift.children) child.kill();
  }, secondsAtMost * 1000);
  try {
    await Promise.all(Array.from({ length: WORKERS }, work));
  } catch (error) {
    for (const child of shift.children) child.kill();
    if (Date.now() < shift.endsAt) throw error;
    throw tooLong(scenarios, results, secondsAtMost);
  } finally {
    clearTimeout(timer);
  }
  return scenarios.flatMap(({ name }) => results.get(name) ?? []);
}

async function resultInTime({ name }: Scenario, { seed, children }: Shift): Promise<ScenarioResult> {
  const child = spawn(process.execPath, ['--import', 'tsx', WORKER, name, String(seed)], {
    cwd: projectRoot,
    env: isolatedEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [output, errors, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  children.delete(child);
  if (exitCode !== 0) throw new Error(`The scenario ${name} has failed (exit code ${exitCode ?? 'none'}).\n${errors}`);
  return ResultSchema.parse(JSON.parse(output));
}

function tooLong(
  scenarios: readonly Scenario[],
  results: ReadonlyMap<string, ScenarioResult>,
  seconds: number,
): SandboxError {
  const undone = scenarios.filter(({ name }) => !results.has(name)).map(({ name }) => name);
  return new SandboxError(
    `The benchmark was not done after ${seconds} seconds and was ended; what is missing: ${undone.join(', ')}. ` +
      'Run it on a machine with less to do, give it more time (--seconds-at-most N), or ask for single scenarios (--scenario NAME).',
  );
}
