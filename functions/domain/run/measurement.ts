import { APPROVAL_EXPIRED, APPROVAL_REJECTED, isNotApproved } from './approval';
import { isClosing, secondsBetween } from './vending';
import type { RunRecord, StepRecord } from '../records/ledger-records';
import { LANE_OF_STATE } from '../base/workflow-facts';

/** The namespace of the figures in CloudWatch; each has the dimension `service` besides its own. */
export const METRICS_NAMESPACE = 'AccountVending';
export const METRICS_SERVICE = 'account-vending';

/**
 * One figure for the operator's dashboard. Names and dimensions are stable: dashboards and alarms of others may rest on
 * them.
 */
export interface Measurement {
  readonly name:
    | 'Outcomes'
    | 'FailedVendings'
    | 'FailedClosings'
    | 'TimeToReady'
    | 'StepDuration'
    | 'QueueWait'
    | 'Polls'
    | 'Throttles'
    | 'MeshStackRefused'
    | 'MeshStackUnreadableTenants'
    | 'MeshStackProblems'
    | 'OverdueRuns'
    | 'StarvedLanes'
    | 'OutdatedEvents';
  readonly unit: 'Count' | 'Seconds';
  readonly value: number;
  /** At most two, with few values each: every combination is a metric that AWS charges for. Never a tenant. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/**
 * The granularity of step durations: one metric for all of them, or one for each state. AWS charges for every metric.
 */
export type StepDurations = 'together' | 'byState';

/** The metric that a figure belongs to. Without its state, the duration of a step still stands in the log with it. */
export const metricOf = (measurement: Measurement, stepDurations: StepDurations): Measurement =>
  measurement.name === 'StepDuration' && stepDurations === 'together'
    ? { ...measurement, dimensions: {} }
    : measurement;

/**
 * Why runs fail, by the names of their errors. The caller who stops an execution names its error freely, and every name
 * would be a metric: others are told as `OTHER_CAUSE`.
 */
export const CAUSES = [
  'RejectedError',
  'InvalidRequestError',
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
  | { readonly outcome: 'VENDED' | 'CLOSED' }
  | { readonly outcome: 'FAILED'; readonly cause: string; readonly state: string | null };

/** Stack sets have a lane each; they are one here, or their names would become metrics. */
export const STACK_SETS = 'stack-sets';

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

/** AWS has turned a call of a function away as too fast, and the SDK's own tries did not help. */
export const throttle = (state: string): Measurement => ({
  name: 'Throttles',
  unit: 'Count',
  value: 1,
  dimensions: { State: state },
});

/** A look at a run has found it late. */
export const delayed = (name: 'OverdueRuns' | 'StarvedLanes'): Measurement => counted(name, 1);

/** An event of a tenant was older than the newest that is known, and so were those before it. */
export const outdatedEvents = (): Measurement => counted('OutdatedEvents', 1);

/** How meshStack stands to a poll: whether it refuses us, and how many tenants cannot be read; null: nobody knows. */
export const meshStackMeasurements = (isRefused: boolean, unreadable: number | null): readonly Measurement[] => [
  counted('MeshStackRefused', isRefused ? 1 : 0),
  ...(unreadable === null ? [] : [counted('MeshStackUnreadableTenants', unreadable)]),
  counted('MeshStackProblems', (isRefused ? 1 : 0) + (unreadable ?? 0)),
];

const counted = (name: Measurement['name'], value: number): Measurement => ({
  name,
  unit: 'Count',
  value,
  dimensions: {},
});

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
