import type { WorkflowName } from '../domain/base/workflow-facts';

/** Starts executions of the workflows. */
export interface WorkflowStarter {
  /**
   * @param name unique per run; starting the same name again is no error and starts nothing
   * @param workflow which of the state machines
   * @returns the ARN of the execution that has this name
   */
  start(name: string, input: WorkflowInput, workflow: WorkflowName): Promise<string>;
}

export interface WorkflowInput {
  readonly tenantUuid: string;
  readonly replicationSequence: number;
  readonly run: number;
}

/** Looks up how an execution stands. */
export interface WorkflowReader {
  /** An answer may lack changes of the last seconds. */
  describe(executionArn: string): Promise<ExecutionDescription>;

  /**
   * The state that the execution has entered last: where it has failed, or was stopped. Null when it has entered none.
   */
  lastState(executionArn: string): Promise<string | null>;
}

export interface ExecutionDescription {
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'PENDING_REDRIVE';
  /** The execution's input: JSON text. */
  readonly input: string;
  readonly stoppedAt: Date | null;
  /** How often it has been redriven. */
  readonly redriveCount: number;
  readonly error: string | null;
  readonly cause: string | null;
}

/** Lets failed executions go on. */
export interface WorkflowRedriver {
  /**
   * Goes on at the state at which the execution has failed, with the input that this state had.
   *
   * @returns `redriven` also where somebody else was first; `not-redrivable`: it has failed too long ago (14 days), its
   * history is full, or it is gone
   * @throws TransientError where AWS contradicts itself: one of its answers is behind
   */
  redrive(executionArn: string): Promise<'redriven' | 'not-redrivable'>;
}

/** Ends executions where they stand. */
export interface WorkflowStopper {
  /** One that has ended stays as it is. Functions at work go on to their end. @returns when it was stopped */
  stop(executionArn: string, why: { readonly error: string; readonly cause: string }): Promise<Date>;
}

/** Wakes runs that wait in a callback state. */
export interface TaskTokens {
  /**
   * Lets the waiter go on with this result.
   *
   * @returns `gone`: nobody waits with this token any more (timed out, stopped, answered already)
   */
  succeed(token: string, output: Readonly<Record<string, unknown>>): Promise<'delivered' | 'gone'>;

  /** Ends the waiter's state with this error; its retriers decide. */
  fail(token: string, error: { readonly name: string; readonly message: string }): Promise<'delivered' | 'gone'>;
}
