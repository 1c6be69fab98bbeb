import type { Lane } from '../queue/lanes';
import type { LaneRecord } from '../queue/lane-records';
import type { RunRecord } from '../records/ledger-records';
import { secondsBetween } from './step-context';
import { isWaiting } from '../base/workflow-facts';

/**
 * An execution may last for a year, and a run is looked at every quarter of an hour; the longest that we know of, a
 * closing, takes 93 days of them.
 */
export const MAX_LOOKS = 366 * 24 * 4;

/** A run that takes longer than it may, in words for a person. */
export interface Delay {
  /** The state, or the lane; a run is late there once. */
  readonly where: string;
  readonly kind: 'OverdueRun' | 'StarvedLane';
  readonly cause: string;
  readonly remedy: string;
}

const HOUR = 60 * 60;

/**
 * Longer than states wait before they give up by themselves: six hours for a new account, four and two for Control
 * Tower and for stack sets.
 */
const BUDGET_SECONDS = 7 * HOUR;

const DAY = 24 * HOUR;

/** AWS closes an account within a day; its share of closings may be spent for a month, and others come first. */
const BUDGETS: Readonly<Record<string, number>> = { CheckClosure: DAY + HOUR, CloseAccount: 94 * DAY };

/**
 * The run stands in one state for longer than its work there may take. Waiting in a lane, or for a decision, is not the
 * run's own delay.
 */
export function overdue(run: RunRecord, now: Date): Delay | null {
  const { state, since } = standing(run);
  if (state !== null && isWaiting(state)) return null;
  const budget = BUDGETS[state ?? ''] ?? BUDGET_SECONDS;
  const seconds = secondsBetween(since, now);
  if (seconds <= budget) return null;
  return {
    where: state ?? 'start',
    kind: 'OverdueRun',
    cause: `The run stands ${state === null ? 'before or between its states' : `in ${state}`} since ${since}: ${hours(seconds)}, where it may take ${hours(budget)}.`,
    remedy: `Look at the execution, and in AWS at what ${state ?? 'its state'} waits for. Stop the execution when it will not end, and replay this run.`,
  };
}

/**
 * The step that has not ended; between two steps, since the end of the last one. A wait ends when another state begins,
 * so one that is open is the latest, also where the run has gone back to it from a state whose attempt has failed.
 */
export function standing({ steps, resumedAt }: RunRecord): { readonly state: string | null; readonly since: string } {
  const waits = steps.find(({ state, finishedAt, error }) => isWaiting(state) && finishedAt === null && error === null);
  const open = waits ?? steps.findLast(({ finishedAt }) => finishedAt === null);
  const ends = steps.flatMap(({ finishedAt }) => finishedAt ?? []);
  const since = [resumedAt, ...(open === undefined ? ends : [open.startedAt])].toSorted().at(-1) ?? resumedAt;
  return { state: open?.state ?? null, since };
}

/** Nobody has come in for so many times what an operation takes at most, as a rule. */
const LEASES = 2;

/** The run in this lane waits for AWS's share of closings: nobody gets in meanwhile, and nothing is wrong. */
const SLOW_LANE = 'account-closing';

/**
 * Somebody waits in a lane in which nobody is let in any more. A long line that moves is none of that.
 *
 * @param since when the run began to wait
 */
export function starved({ name, leaseSeconds }: Lane, { slots }: LaneRecord, since: string, now: Date): Delay | null {
  const last = [since, ...slots.map((slot) => slot.since)].toSorted().at(-1) ?? since;
  const seconds = secondsBetween(last, now);
  if (seconds <= LEASES * leaseSeconds || name === SLOW_LANE) return null;
  const holders = slots.map(({ tenantUuid }) => tenantUuid).join(', ');
  return {
    where: name,
    kind: 'StarvedLane',
    cause: `The run waits in the lane ${name} since ${since}, and nobody was let in for ${hours(seconds)}. ${holders === '' ? 'No place is taken.' : `Its places are taken by ${holders}.`}`,
    remedy:
      'Look at what those tenants wait for, at their vendings and in AWS. A place is free when its operation in AWS is over; a waiting run finds that out by itself.',
  };
}

const hours = (seconds: number): string => `${(seconds / HOUR).toFixed(1)} h`;
