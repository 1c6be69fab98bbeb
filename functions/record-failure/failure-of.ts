import * as z from 'zod';

import type { RunRecord, StepError } from '../domain/ledger-records';
import { parsedJson } from '../domain/parsed-json';
import type { ExecutionDescription } from '../ports/workflow';

/** Where a run has failed, and why. */
export interface RunFailure {
  /** Null when no state reported an error: the execution was stopped, or a function was killed. */
  readonly state: string | null;
  readonly error: StepError;
}

/** What Lambda puts into an execution's cause. */
const LambdaCauseSchema = z.object({ errorMessage: z.string() });

/**
 * The error that the failing state wrote into the timeline, with its remedy; where there is none, or only that of an earlier try (a function
 * that was killed, an execution that was stopped), what Step Functions says.
 */
export function failureOf(run: RunRecord, execution: ExecutionDescription): RunFailure {
  const failures = run.steps.flatMap(({ state, error }) => (error === null ? [] : [{ state, error }]));
  const last = failures.at(-1);
  if (last?.error.name === execution.error) return last;
  return {
    state: last?.state ?? null,
    error: {
      name: execution.error ?? execution.status,
      message: messageOf(execution),
      remedy: 'Look at the execution in the Step Functions console; replay this vending when its cause is gone.',
    },
  };
}

function messageOf({ status, cause }: ExecutionDescription): string {
  if (cause === null) return `The execution ended as ${status} and gave no cause.`;
  const parsed = LambdaCauseSchema.safeParse(parsedJson(cause));
  return parsed.data?.errorMessage ?? cause;
}
