import * as z from 'zod/mini';

import type { RunRecord, StepError } from '../domain/records/ledger-records';
import { parsedJson } from '../domain/base/json';
import type { ExecutionDescription } from '../ports/workflow';

/** The state in which a run failed, and why. */
export interface RunFailure {
  /** Null when the execution has not come to any. */
  readonly state: string | null;
  readonly error: StepError;
}

/** What Lambda puts into an execution's cause. */
const LambdaCauseSchema = z.object({ errorMessage: z.string() });

/**
 * The error that the failing state wrote into the timeline, with its remedy; undefined where the last one there is that
 * of an earlier try.
 */
export function toldFailure(run: RunRecord, execution: ExecutionDescription): RunFailure | undefined {
  const failures = run.steps.flatMap(({ state, error }) => (error === null ? [] : [{ state, error }]));
  const last = failures.at(-1);
  return last?.error.name === execution.error ? last : undefined;
}

/**
 * What Step Functions says, where the state could tell nothing: a function that was killed or ran out of time, an
 * execution that was stopped.
 *
 * @param state at which the execution stands
 */
export const untoldFailure = (state: string | null, execution: ExecutionDescription): RunFailure => ({
  state,
  error: {
    name: execution.error ?? execution.status,
    message: messageOf(execution),
    remedy: 'Look at the execution in the Step Functions console; replay this run when its cause is gone.',
  },
});

function messageOf({ status, cause }: ExecutionDescription): string {
  if (cause === null) return `The execution ended as ${status} and gave no cause.`;
  const parsed = LambdaCauseSchema.safeParse(parsedJson(cause));
  return parsed.data?.errorMessage ?? cause;
}
