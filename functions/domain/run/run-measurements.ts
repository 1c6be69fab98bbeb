import { isNotApproved, APPROVAL_EXPIRED, APPROVAL_REJECTED } from './approval';
import { counted, type Measurement } from './measurement';
import { LANE_OF_STATE } from '../base/workflow-facts';
import type { RunRecord, StepRecord } from '../records/ledger-records';
import { isClosing, secondsBetween } from './step-context';

/**
 * Why runs fail, by the names of their errors. The caller who stops an execution names its error freely, and every name
 * would be a metric: others are told as `OTHER_CAUSE`.
 */
export const CAUSES = [
  'RejectedError',
  'InvalidRequestError',
  'CustomizationError',
  'TransientError',
  'ConfigurationError',
  'UnfinishedRun',
  'StoppedByOperator',
  APPROVAL_REJECTED,
  APPROVAL_EXPIRED,
  'ABORTED',
  'TIMED_OUT',
  'FAILED',
  'States.Timeout',
  'Sandbox.Timedout',
  'Lambda.TooManyRequestsException',
] as const;
export const OTHER_CAUSE = 'Other';

/** How a run has ended; `cause`: the name of its error. */
export type RunEnd =
  | { readonly outcome: 'VENDED' | 'CLOSED' | 'SHADOWED' }
  | { readonly outcome: 'FAILED'; readonly cause: string };

/**
 * What a run that ends now has taken: the steps of its last stretch, from its start or from the redrive that has
 * brought it to its end.
 */
export function runMeasurements(run: RunRecord, end: RunEnd, now: Date): readonly Measurement[] {
  const finished = run.steps.flatMap(({ state, startedAt, finishedAt }) =>
    finishedAt === null || startedAt < run.resumedAt
      ? []
      : [{ state, seconds: secondsBetween(startedAt, new Date(finishedAt)) }],
  );
  const polls = run.steps
    .filter(({ state }) => state.startsWith('Check'))
    .reduce((sum, step) => sum + step.attempts, 0);
  return [
    outcomeOf(end),
    ...(end.outcome === 'FAILED' ? failuresOf(run, end.cause) : []),
    ...(end.outcome === 'VENDED' && run.steps.some(bringsAccount)
      ? [timed('TimeToReady', secondsBetween(run.startedAt, now), {})]
      : []),
    ...finished.map(({ state, seconds }) => durationOf(state, seconds)),
    counted('Polls', polls),
  ];
}

/**
 * Without a cause, since an alarm stands on one metric. An execution that the fence has ended comes to none: its run
 * has not failed. Nor does a run that nobody has approved: a person wanted it so, or asked too late, and nothing of
 * ours is to be mended.
 */
const failuresOf = (run: RunRecord, cause: string): readonly Measurement[] =>
  isNotApproved({ name: cause }) ? [] : [counted(isClosing(run) ? 'FailedClosings' : 'FailedVendings', 1)];

/** Later runs are quick, and most: they would hide how long somebody waits for an account. */
const bringsAccount = ({ state }: StepRecord): boolean => state === 'CreateAccount' || state === 'ImportAccount';

function outcomeOf(end: RunEnd): Measurement {
  const dimensions =
    end.outcome === 'FAILED' ? { Outcome: end.outcome, Cause: causeOf(end.cause) } : { Outcome: end.outcome };
  return { name: 'Outcomes', unit: 'Count', value: 1, dimensions };
}

const causeOf = (error: string): string => CAUSES.find((known) => known === error) ?? OTHER_CAUSE;

function durationOf(state: string, seconds: number): Measurement {
  const lane = LANE_OF_STATE[state];
  return lane === undefined
    ? timed('StepDuration', seconds, { State: state })
    : timed('QueueWait', seconds, { Lane: lane });
}

const timed = (name: Measurement['name'], value: number, dimensions: Measurement['dimensions']): Measurement => ({
  name,
  unit: 'Seconds',
  value,
  dimensions,
});
