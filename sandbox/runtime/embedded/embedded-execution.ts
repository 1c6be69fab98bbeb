import { ExecutionAbortedError, ExecutionTimeoutError } from 'aws-local-stepfunctions';

import type { ExecutionDescription, WorkflowInput } from '../../../functions/ports/workflow';
import { ExecutionHistory, MAX_EVENTS } from './execution-history';
import { JsonSchema, type Scope, TOKEN_PLACEHOLDER } from './local-definition';
import { isTimeout } from './state-timers';
import { type HistoryEvent, StateWalk, type WalkedExecution } from './state-walk';

const REDRIVABLE_MILLISECONDS = 14 * 24 * 3600 * 1000;

/** The reason that a caller may give for stopping an execution. */
export type Why = Pick<ExecutionDescription, 'error' | 'cause'>;

const NO_REASON: Why = { error: null, cause: null };

const END_EVENTS: Readonly<Record<string, string>> = {
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  ABORTED: 'ExecutionAborted',
  TIMED_OUT: 'ExecutionTimedOut',
};

/** In AWS's words. */
const HISTORY_FULL = {
  error: 'States.Runtime',
  cause: `The execution reached the maximum number of history events (${MAX_EVENTS}).`,
};

/** What an execution is made with. */
export interface ExecutionOptions extends Pick<WalkedExecution, 'callFunction' | 'callWithToken'> {
  readonly scope: Scope;
  /** Whether its events are kept. */
  readonly keepsHistory: boolean;
  /** Whether their names are, in the order in which Step Functions has them. */
  readonly namesEvents: boolean;
  readonly watch: ExecutionWatch | undefined;
  readonly onEnd: (executionArn: string, status: ExecutionDescription['status']) => void;
}

/** An observer of executions. */
export interface ExecutionWatch {
  /** It has entered a state. */
  entered(execution: EmbeddedExecution): void;
  /** Its history is full, so that it has failed. */
  filled(execution: EmbeddedExecution): void;
}

/** One execution, from its start to its end, and on from there when it is redriven. */
export class EmbeddedExecution implements WalkedExecution {
  readonly executionArn: string;
  readonly namesEvents: boolean;
  readonly callFunction: WalkedExecution['callFunction'];
  readonly callWithToken: WalkedExecution['callWithToken'];
  readonly #options: ExecutionOptions;
  readonly #walk: StateWalk;
  readonly #history: ExecutionHistory;
  #description: ExecutionDescription;
  /** What it was before its last change, and when that came. */
  #before: { readonly description: ExecutionDescription; readonly until: number } | undefined;
  #going: Promise<void> = Promise.resolve();
  #stopped: Why = NO_REASON;

  constructor(executionArn: string, input: WorkflowInput, options: ExecutionOptions) {
    this.executionArn = executionArn;
    this.namesEvents = options.namesEvents;
    this.#history = new ExecutionHistory(options.keepsHistory ? [] : null, options.namesEvents ? [] : null);
    this.callFunction = options.callFunction;
    this.callWithToken = options.callWithToken;
    this.#options = options;
    this.#walk = new StateWalk(options.scope, this, JsonSchema.parse(structuredClone(input)));
    this.#description = {
      status: 'RUNNING',
      input: JSON.stringify(input),
      stoppedAt: null,
      redriveCount: 0,
      error: null,
      cause: null,
    };
  }

  get description(): ExecutionDescription {
    return this.#description;
  }

  /** The description that a caller gets who sees the last change this many seconds late. */
  describedBehind(seconds: number): ExecutionDescription {
    const { description, until } = this.#before ?? { description: this.#description, until: -Infinity };
    return Date.now() - until < seconds * 1000 ? description : this.#description;
  }

  /** The state in which it has failed or was stopped; null before that. */
  get lastState(): string | null {
    return this.#description.stoppedAt === null ? null : this.#walk.state;
  }

  get history(): ExecutionHistory['events'] {
    return this.#history.events;
  }

  /** What Step Functions calls its events, in their order; null where they are not named. */
  get eventNames(): ExecutionHistory['names'] {
    return this.#history.names;
  }

  /** How many events Step Functions has of it. */
  get historyLength(): number {
    return this.#history.length;
  }

  /** Those that it has entered lately, each once. */
  get recentStates(): readonly string[] {
    return this.#history.recentStates;
  }

  get redriveCount(): number {
    return this.#description.redriveCount;
  }

  context(): Readonly<Record<string, unknown>> {
    const name = this.executionArn.slice(this.executionArn.lastIndexOf(':') + 1);
    const execution = { Id: this.executionArn, Name: name, RedriveCount: this.redriveCount };
    return { Execution: execution, Task: { Token: TOKEN_PLACEHOLDER } };
  }

  start(): void {
    this.#going = this.#run();
  }

  /**
   * Goes on at the state that failed or was stopped, with the input that it had; retriers and time-outs begin again. In
   * a Map, iterations that had succeeded stay as they are, and each other one goes on at its own state ("Restarting
   * state machine executions with redrive").
   */
  redrive(): 'redriven' | 'not-redrivable' {
    // The adapter asks why AWS refuses, and finds that somebody else was first.
    if (this.#description.status === 'RUNNING') return 'redriven';
    if (!this.#isRedrivable()) return 'not-redrivable';
    this.#history.tell(['ExecutionRedriven']);
    const redriveCount = this.redriveCount + 1;
    this.#change({ status: 'RUNNING', stoppedAt: null, redriveCount, error: null, cause: null });
    this.start();
    return 'redriven';
  }

  hear(event: HistoryEvent): void {
    if (this.#history.isFull) return;
    this.#history.hear(event);
    if (event.type === 'StateEntered') this.#options.watch?.entered(this);
    this.#endIfFull();
  }

  tell(names: readonly string[], toCome = 0): void {
    if (this.#history.isFull) return;
    this.#history.tell(names, toCome);
    this.#endIfFull();
  }

  /** What an operator does in the console. Functions at work go on to their end. */
  async stop(why = NO_REASON): Promise<void> {
    this.#stopped = why;
    this.#walk.stop();
    await this.#going;
  }

  #change(to: Partial<ExecutionDescription>): void {
    this.#before = { description: this.#description, until: Date.now() };
    this.#description = { ...this.#description, ...to };
  }

  #isRedrivable(): boolean {
    const { status, stoppedAt } = this.#description;
    if (status === 'SUCCEEDED' || stoppedAt === null || !this.#history.hasRoomForRedrive) return false;
    return Date.now() - stoppedAt.getTime() <= REDRIVABLE_MILLISECONDS;
  }

  #endIfFull(): void {
    if (!this.#history.isFull) return;
    this.#walk.stop();
    this.#options.watch?.filled(this);
  }

  async #run(): Promise<void> {
    const end = await this.#end();
    this.#history.end(END_EVENTS[end.status] ?? end.status);
    this.#change({ ...end, stoppedAt: new Date() });
    this.#options.onEnd(this.executionArn, end.status);
  }

  async #end(): Promise<Pick<ExecutionDescription, 'status' | 'error' | 'cause'>> {
    try {
      await this.#walk.goOn();
      return { status: 'SUCCEEDED', error: null, cause: null };
    } catch (error) {
      if (this.#history.isFull) return { status: 'FAILED', ...HISTORY_FULL };
      if (error instanceof ExecutionAbortedError) return { status: 'ABORTED', ...this.#stopped };
      if (error instanceof ExecutionTimeoutError) return { status: 'TIMED_OUT', error: null, cause: null };
      return { status: 'FAILED', ...failureOf(error) };
    }
  }
}

/** What Step Functions keeps of an error. Of a time-out it tells no cause, and of a Fail what that says. */
function failureOf(error: unknown): Why {
  if (!(error instanceof Error)) return { error: 'Error', cause: String(error) };
  const { name, message } = error;
  return {
    error: name === UNNAMED.error ? null : name,
    cause: message === UNNAMED.cause || (isTimeout(error) && message === name) ? null : message,
  };
}

/** What the interpreter says of a Fail that says nothing. */
const UNNAMED = { error: 'FailStateError', cause: 'Execution failed because of a Fail state' };
