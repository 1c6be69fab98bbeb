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
    | 'OutdatedEvents'
    | 'StoppedRollouts'
    | 'StuckRollouts';
  readonly unit: 'Count' | 'Seconds';
  readonly value: number;
  /** At most two, with few values each: every combination is a metric that AWS charges for. Never a tenant. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/**
 * The granularity of step durations: one metric for all of them, or one for each state. AWS charges for every metric
 * and every value of a dimension, so the default is one; log lines name the state. Logs Insights alone would show no
 * graph over weeks, and the timeline of a run shows that run alone.
 */
export type StepDurations = 'together' | 'byState';

/** Stack sets have a lane each; they are one here, or their names would become metrics. */
export const STACK_SETS = 'stack-sets';

/** A look at a run has found it late. */
export const delayed = (name: 'OverdueRuns' | 'StarvedLanes'): Measurement => counted(name, 1);

/** An event of a tenant was older than the newest that is known, and so were those before it. */
export const outdatedEvents = (): Measurement => counted('OutdatedEvents', 1);

/** A rollout has stopped by itself, or a part of it has found that nothing moves. */
export const troubledRollout = (name: 'StoppedRollouts' | 'StuckRollouts'): Measurement => counted(name, 1);

/** How meshStack stands to a poll: whether it refuses us, and how many tenants cannot be read; null: nobody knows. */
export const meshStackMeasurements = (isRefused: boolean, unreadable: number | null): readonly Measurement[] => [
  counted('MeshStackRefused', isRefused ? 1 : 0),
  ...(unreadable === null ? [] : [counted('MeshStackUnreadableTenants', unreadable)]),
  counted('MeshStackProblems', (isRefused ? 1 : 0) + (unreadable ?? 0)),
];

export const counted = (name: Measurement['name'], value: number): Measurement => ({
  name,
  unit: 'Count',
  value,
  dimensions: {},
});
