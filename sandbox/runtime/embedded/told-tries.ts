import { ExecutionAbortedError } from 'aws-local-stepfunctions';

import type { Carrier } from './local-definition';
import { isTimeout, StillWaitingError } from './state-timers';

type Kind = Carrier['kind'];

/** What Step Functions writes down of each try, before what became of it. */
const BEGINNING = {
  function: ['LambdaFunctionScheduled', 'LambdaFunctionStarted'],
  callback: ['TaskScheduled', 'TaskStarted'],
  map: ['MapStateStarted'],
} as const;

/** How the name of the event begins that says what became of a try. */
const TRIED = { function: 'LambdaFunction', callback: 'Task', map: 'MapState' } as const;

type Tell = (names: readonly string[], toCome?: number) => void;

/** How many events there are of a try behind its beginning. */
const TO_COME = { function: 1, callback: 2, map: 1 } as const;

/** One try of a state: it ends once, by its answer or by the state's time-out. */
interface Try {
  readonly kind: Kind;
  isOver: boolean;
}

/**
 * Tells the events of each try of the states of one scope, as Step Functions has them and the interpreter does not.
 * The recordings in `sandbox/recordings` show which they are.
 */
export class ToldTries {
  readonly #tell: Tell;
  readonly #kindOf: (state: string) => Kind | undefined;
  #try: Try = { kind: 'function', isOver: true };

  constructor(tell: Tell, kindOf: (state: string) => Kind | undefined) {
    this.#tell = tell;
    this.#kindOf = kindOf;
  }

  begin(kind: Kind): void {
    this.#try = { kind, isOver: false };
    this.#tell(BEGINNING[kind], TO_COME[kind]);
  }

  /** Writes down what becomes of the try that began last. */
  async ended<Answer>(answered: Promise<Answer>): Promise<Answer> {
    const one = this.#try;
    try {
      const answer = await answered;
      this.#end(one, 'Succeeded');
      return answer;
    } catch (error) {
      if (!(error instanceof StillWaitingError)) this.#end(one, isTimeout(error) ? 'TimedOut' : 'Failed');
      throw error;
    }
  }

  /** The interpreter has given up a try: its function may go on, and is not heard any more. */
  endBy(error: string | undefined): void {
    if (error === 'States.Timeout') this.#end(this.#try, 'TimedOut');
  }

  /** @returns what tells, once, that the function has handed the token on */
  submitted(): () => void {
    const one = this.#try;
    let isTold = false;
    return () => {
      if (!isTold && !one.isOver) this.#tell(['TaskSubmitted']);
      isTold = true;
    };
  }

  /** Only the last try of a Map says that it has failed. */
  failedMap(state: string, error: unknown): void {
    if (this.#kindOf(state) === 'map' && !isStopped(error)) this.#tell(['MapStateFailed']);
  }

  async iterated(index: number, goOn: () => Promise<unknown>): Promise<void> {
    this.#tell([`MapIterationStarted ${index}`]);
    try {
      await goOn();
      this.#tell([`MapIterationSucceeded ${index}`]);
    } catch (error) {
      this.#tell([`MapIteration${isStopped(error) ? 'Aborted' : 'Failed'} ${index}`]);
      throw error;
    }
  }

  #end(one: Try, how: 'Succeeded' | 'Failed' | 'TimedOut'): void {
    if (one.isOver) return;
    one.isOver = true;
    if (one.kind !== 'map' || how === 'Succeeded') this.#tell([`${TRIED[one.kind]}${how}`]);
  }
}

/** The execution was stopped, not the state itself. */
const isStopped = (error: unknown): boolean =>
  error instanceof ExecutionAbortedError || (error instanceof Error && error.name === 'ExecutionAbortedError');

/** The interpreter's events are read one a turn; at most four of them come at once. */
export async function soThatAllIsHeard(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
}
