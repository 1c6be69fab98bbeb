import type { RunRecord } from '../../../functions/domain/records/ledger-records';
import { CAUSES, OTHER_CAUSE, type RunEnd, runMeasurements } from '../../../functions/domain/run/run-measurements';
import {
  delayed,
  type Measurement,
  meshStackMeasurements,
  outdatedEvents,
  type StepDurations,
  troubledRollout,
} from '../../../functions/domain/run/measurement';
import { throttle, metricOf } from '../../../functions/runtime/environment';
import type { WorkflowName } from '../../../functions/domain/base/workflow-facts';
import { stepNames } from '../../../functions/steps/each-step';
import closing from '../../../statemachines/close-account.asl.json';
import { completeDefinition } from '../../../statemachines/complete-definition';
import vending from '../../../statemachines/vend-account.asl.json';

const NOW = new Date('2026-03-02T08:00:00.000Z');

/** A run that has been in all states of its workflow that a function carries out. */
function runOf(workflow: WorkflowName, definition: object): RunRecord {
  const at = NOW.toISOString();
  const text = JSON.stringify(definition);
  const states = stepNames.filter((state) => text.includes(`"\${${state}}"`));
  const nothing = { error: null, remark: null, changes: [] };
  return {
    replicationSequence: 1,
    run: 1,
    workflow,
    status: 'RUNNING',
    executionArn: null,
    startedAt: at,
    resumedAt: at,
    finishedAt: null,
    error: null,
    supersededBy: null,
    reconciledIn: null,
    steps: states.map((state) => ({ state, startedAt: at, finishedAt: at, attempts: 1, ...nothing })),
  };
}

const VENDING = runOf('vend-account', completeDefinition(vending));
const CLOSING = runOf('close-account', completeDefinition(closing));

const ended = (run: RunRecord, end: RunEnd): readonly Measurement[] => runMeasurements(run, end, NOW);

const failures = (run: RunRecord): readonly Measurement[] =>
  [...CAUSES, OTHER_CAUSE].flatMap((cause) => ended(run, { outcome: 'FAILED', cause }));

/** Every figure that the application can give, by what has to happen for it. */
export const OCCASIONS = {
  'a vending': ended(VENDING, { outcome: 'VENDED' }),
  'a closing': ended(CLOSING, { outcome: 'CLOSED' }),
  'a run in shadow mode': ended(VENDING, { outcome: 'SHADOWED' }),
  'a failed run': [...failures(VENDING), ...failures(CLOSING)],
  'a call that came too fast': stepNames.map(throttle),
  'a run that is late': [delayed('OverdueRuns'), delayed('StarvedLanes')],
  'events that are older than what is known': [outdatedEvents()],
  'a rollout that stops or does not move': [troubledRollout('StoppedRollouts'), troubledRollout('StuckRollouts')],
  'a poll of meshStack': meshStackMeasurements(false, 0),
} as const satisfies Readonly<Record<string, readonly Measurement[]>>;

/**
 * The metrics of some figures: CloudWatch takes each name with each combination of values of its dimensions for one,
 * and charges for it.
 */
export const metricsOf = (measurements: readonly Measurement[], stepDurations: StepDurations): ReadonlySet<string> =>
  new Set(
    measurements.map((measurement) => {
      const { name, dimensions } = metricOf(measurement, stepDurations);
      return [name, ...Object.entries(dimensions).map(([key, value]) => `${key}=${value}`)].join(' ');
    }),
  );
