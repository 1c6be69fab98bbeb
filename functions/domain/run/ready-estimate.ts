import type { Lane } from '../queue/lanes';
import type { LaneRecord } from '../queue/lane-records';
import type { RunRecord } from '../records/ledger-records';
import { type RunSample, waitedSeconds } from './run-history';
import { secondsBetween } from './step-context';

/** When an account will be ready, as far as earlier runs of the same kind tell. */
export interface ReadyEstimate {
  readonly readyAt: string;
  /** As the fastest and the slowest of the runs that it rests on, and beyond them where they are few. */
  readonly earliest: string;
  readonly latest: string;
  readonly basedOnRuns: number;
}

/** A line in which the run stands, or will stand. */
export interface Line {
  readonly lane: Lane;
  /** The kind by which the history knows the lane. */
  readonly kind: string;
  readonly record: LaneRecord;
  /** The number of runs that certainly come before this one. */
  readonly ahead: number;
  /** The number of runs that may come before this one as well: nobody knows whether they need this lane. */
  readonly maybeAhead: number;
}

/** Fewer say nothing. */
const FEWEST_SAMPLES = 3;

type Pick3 = (values: readonly number[]) => number;

/**
 * What is left of the work, and what is left of the waiting. The work: earlier runs that have taken longer than this
 * one has by now. The waiting: every run in a lane, before this one, goes through it as long as earlier runs did,
 * one after the other.
 *
 * Of n runs and the next one, each is the slowest, or the fastest, with a chance of 1 in n + 1: by that share the range
 * goes beyond the slowest and the fastest. The first runs to end are the fast ones, too.
 *
 * @param lines in the order in which the run comes through them
 * @returns null where too few runs of this kind are known, or none that took as long: no estimate is better than a
 * wrong one
 */
export function estimateReady(
  run: RunRecord,
  samples: readonly RunSample[],
  lines: readonly Line[],
  now: Date,
): ReadyEstimate | null {
  if (samples.length < FEWEST_SAMPLES) return null;
  const worked = secondsBetween(run.startedAt, now) - waitedSeconds(run, now);
  const left = samples.flatMap(({ workSeconds }) => (workSeconds > worked ? [workSeconds - worked] : []));
  if (left.length === 0) return null;
  const beyond = 1 / (left.length + 1);
  const at = (pick: Pick3, all: boolean, work: number): string | null => {
    const waiting = waitSeconds(lines, samples, { pick, all, now });
    return waiting === null ? null : new Date(now.getTime() + 1000 * Math.round(work + waiting)).toISOString();
  };
  const [readyAt, earliest, latest] = [
    at(median, true, median(left)),
    at(least, false, least(left) * (1 - beyond)),
    at(most, true, most(left) + (worked + most(left)) * beyond),
  ];
  if (readyAt === null || earliest === null || latest === null) return null;
  return { readyAt, earliest, latest, basedOnRuns: samples.length };
}

interface Assumptions {
  readonly pick: Pick3;
  /** Whether those who may come before it do. */
  readonly all: boolean;
  readonly now: Date;
}

/** While the run stands in one line, the next one gets shorter. */
function waitSeconds(
  lines: readonly Line[],
  samples: readonly RunSample[],
  { pick, all, now }: Assumptions,
): number | null {
  let waited = 0;
  let arrival = 0;
  for (const line of lines) {
    const holds = samples.flatMap(({ holdSeconds }) => holdSeconds[line.kind] ?? []);
    if (holds.length === 0) return null;
    const hold = pick(holds);
    const turn = turnAfter(line, line.ahead + (all ? line.maybeAhead : 0), hold, now);
    const wait = Math.max(0, turn - arrival);
    waited += wait;
    arrival += wait + hold;
  }
  return waited;
}

/** After how many seconds a place is free, when so many come first and each holds its place for as long. */
function turnAfter(
  { lane: { capacity, rate }, record: { slots, unlimited } }: Line,
  ahead: number,
  hold: number,
  now: Date,
): number {
  if (unlimited) return 0;
  const free = slots.map(({ since }) => Math.max(0, hold - secondsBetween(since, now)));
  while (free.length < capacity) free.push(0);
  for (let served = 0; served < ahead; served += 1) {
    free.sort((one, other) => one - other);
    free.push((free.shift() ?? 0) + hold);
  }
  return Math.max(Math.min(...free), rate === null ? 0 : (ahead - rate.burst) * (rate.millisecondsApart / 1000));
}

const least: Pick3 = (values) => Math.min(...values);
const most: Pick3 = (values) => Math.max(...values);
const median: Pick3 = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
