import type { Examination } from './examination';
import { doAll, type Outcome, sumOf, tell } from './outcome';
import type { Part } from './part';
import { missingOf, type Tool } from './tools';
import type { WholeRun } from './whole-run';

/** A part of which one can see how far it has come. */
interface Timed extends Examination {
  readonly part: Part;
  /** Minutes of each task that is done. */
  readonly done: number[];
}

/** How some parts have ended. */
export interface Ended {
  readonly outcome: Outcome;
  readonly minutes: WholeRun['minutes'];
  /** Names of parts of which some tasks were not begun, since they would have ended too late. */
  readonly cut: readonly string[];
  /** Names of parts that lack a tool. */
  readonly lacking: readonly string[];
}

export interface Limits {
  /** Milliseconds since 1970. */
  readonly endsAt: number;
  /** What each part is known to take. */
  readonly minutes: WholeRun['minutes'];
}

/** Everything is begun. */
const UNLIMITED: Limits = { endsAt: Infinity, minutes: {} };

/**
 * Carries out these parts, two tasks at a time, and beside them one of those that wait for other processes half of
 * their time. Nothing is begun that is known to end too late. A part that lacks a tool is named with the command that
 * installs it.
 */
export async function carryOut(parts: readonly Part[], limits = UNLIMITED): Promise<Ended> {
  const missing = await missingOf(new Set(parts.flatMap(({ needs }) => needs)));
  const lacking = parts.filter(({ needs }) => needs.some((tool) => missing.has(tool)));
  for (const one of lacking) tell(`✘ ${one.name} is not run: ${remedyOf(one, missing)}`);
  const all = parts.filter((one) => !lacking.includes(one)).map((one) => timed(one, limits));
  const tasksOf = (waits: boolean): Examination['tasks'] =>
    all.filter(({ part }) => part.waits === waits).flatMap(({ tasks }) => tasks);
  await Promise.all([doAll(tasksOf(false), 2), doAll(tasksOf(true), 1)]);
  return {
    outcome: sumOf(all.filter(({ done }) => done.length > 0).map(({ outcome }) => outcome())),
    minutes: Object.fromEntries(all.map(({ part, done }) => [part.name, minutesOf(done)])),
    cut: all.filter(({ tasks, done }) => done.length < tasks.length).map(({ part }) => part.name),
    lacking: lacking.map(({ name }) => name),
  };
}

const remedyOf = ({ needs }: Part, missing: ReadonlySet<Tool>): string =>
  needs
    .filter((tool) => missing.has(tool))
    .map(({ name, install }) => `${name} is not installed (${install})`)
    .join(', ');

function timed(part: Part, { endsAt, minutes }: Limits): Timed {
  const { tasks, outcome } = part.examine();
  const done: number[] = [];
  const longest = (minutes[part.name]?.longest ?? 0) * 60_000;
  const timedTask = (task: () => Promise<void>) => async (): Promise<void> => {
    const startedAt = Date.now();
    if (startedAt + longest > endsAt) return;
    await task();
    done.push((Date.now() - startedAt) / 60_000);
  };
  return { part, done, outcome, tasks: tasks.map(timedTask) };
}

function minutesOf(done: readonly number[]): WholeRun['minutes'][string] {
  const rounded = (minutes: number): number => Math.round(minutes * 10) / 10;
  return { all: rounded(done.reduce((sum, one) => sum + one, 0)), longest: rounded(Math.max(0, ...done)) };
}
