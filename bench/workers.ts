import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

import * as z from 'zod';

import { bundledFile } from '../sandbox/commands/bundled-file';
import { isolatedEnvironment, projectRoot } from '../sandbox/environment';
import { type Scenario, seedsOf } from './scenario';
import { resultOf, type ScenarioResult, type SeedResult } from './scenario-result';
import { type Shift, shiftsOf } from './shifts';

const WORKERS = 2;
const WORKER = 'bench/commands/scenario.ts';

const ResultSchema = z.custom<SeedResult>(
  (value) => z.object({ scenario: z.string(), seed: z.int() }).safeParse(value).success,
);

export interface BenchRun {
  readonly scenarios: readonly ScenarioResult[];
  /** Scenarios of which some seeds were not run when the time was up. */
  readonly undone: readonly string[];
}

/** What is shared by all processes of a run. */
interface Work {
  readonly children: Set<ChildProcess>;
  readonly done: SeedResult[];
  isTimeUp: boolean;
}

/**
 * Two processes at a time: one clock of a process is replaced, and one scenario cannot disturb another. What is done
 * when the time is up is what there is.
 *
 * @param seed the first one
 */
export async function resultsOf(
  scenarios: readonly Scenario[],
  seed: number,
  secondsAtMost: number,
): Promise<BenchRun> {
  const work: Work = { children: new Set(), done: [], isTimeUp: false };
  const waiting = [...shiftsOf(scenarios, seed)];
  const end = (): void => {
    for (const child of work.children) child.kill();
  };
  const timer = setTimeout(() => {
    work.isTimeUp = true;
    end();
  }, secondsAtMost * 1000);
  const takeTurns = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !work.isTimeUp; next = waiting.shift()) {
      await workOn(next, next.seed === seed, work);
    }
  };
  try {
    await Promise.all(Array.from({ length: WORKERS }, takeTurns));
  } finally {
    clearTimeout(timer);
    end();
  }
  const runsOf = (scenario: Scenario): readonly SeedResult[] =>
    work.done.filter((run) => run.scenario === scenario.name);
  return {
    scenarios: scenarios.flatMap((one) => (runsOf(one).length === 0 ? [] : [resultOf(one, runsOf(one))])),
    undone: scenarios.filter((one) => runsOf(one).length < seedsOf(one, seed).length).map(({ name }) => name),
  };
}

/** @throws Error where a process ends badly before its time is up */
async function workOn({ seed, scenarios }: Shift, isAsked: boolean, work: Work): Promise<void> {
  const names = scenarios.map(({ name }) => name);
  const given = [await bundledFile(WORKER), String(seed), isAsked ? 'asked' : 'unasked', ...names];
  const child = spawn(process.execPath, given, {
    cwd: projectRoot,
    env: isolatedEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  work.children.add(child);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  createInterface(child.stdout).on('line', (line) => {
    work.done.push(ResultSchema.parse(JSON.parse(line)));
  });
  const [errors, exitCode] = await Promise.all([text(child.stderr), ended]);
  work.children.delete(child);
  if (exitCode !== 0 && !work.isTimeUp) {
    throw new Error(`${names.join(', ')} with seed ${seed}: failed with exit code ${exitCode ?? 'none'}.\n${errors}`);
  }
}
