import { ExecutionError, type StateMachine } from 'aws-local-stepfunctions';
import * as z from 'zod';

import { type Carrier, type Json, JsonSchema, type Scope } from './local-definition';
import { afterSeconds, LONGEST_TIMER_SECONDS } from './long-timer';
import { StillWaitingError, within } from './state-timers';
import { soThatAllIsHeard, ToldTries } from './told-tries';

type Run = ReturnType<StateMachine['run']>;

export type HistoryEvent = Run['eventLogs'] extends AsyncGenerator<infer Event> ? Event : never;

/** What a walk needs of the execution that it is a part of. */
export interface WalkedExecution {
  /** The context object, as far as the interpreter does not make it. */
  context(): Readonly<Record<string, unknown>>;
  /** Receives every event that the interpreter reports. */
  hear(event: HistoryEvent): void;
  /** Whether names of events are kept, and so have to come in their order. */
  readonly namesEvents: boolean;
  /**
   * Receives the names of events of Step Functions that the interpreter does not report.
   *
   * @param toCome how many more belong to what they begin
   */
  tell(names: readonly string[], toCome?: number): void;
  callFunction(state: string, input: unknown): Promise<Json>;
  /** @param wait says until when the token's answer is awaited */
  callWithToken(state: string, input: unknown, wait: TokenWait): Promise<Json>;
}

export interface TokenWait {
  readonly timeoutSeconds: number;
  /** Within how many seconds its holder has to say that he is at work; null: he need not. */
  readonly heartbeatSeconds: number | null;
  /** Whether the execution has been stopped meanwhile. */
  readonly isOver: () => boolean;
  /** The function that hands the token on has ended well; may be said more than once. */
  readonly submitted: () => void;
}

/**
 * The way through the states of one scope: of the whole execution, or of one iteration of a Map. It knows where it has
 * stopped, so that a redrive goes on there: at the state that failed, with the input that it had.
 */
export class StateWalk {
  readonly #scope: Scope;
  readonly #execution: WalkedExecution;
  readonly #tries: ToldTries;
  #place: Place;
  #output: { readonly value: Json } | null = null;
  /** The iterations of the Map state in which this walk is. */
  #iterations: readonly StateWalk[] | null = null;
  /** What a state waits for that has told the interpreter to enter it again. */
  #waited: Promise<Json> | null = null;
  #stop: () => void = () => undefined;
  /** Settles once this walk has come to rest, at its end or where it stopped. */
  #going: Promise<unknown> = Promise.resolve();

  constructor(scope: Scope, execution: WalkedExecution, input: Json) {
    this.#scope = scope;
    this.#execution = execution;
    this.#tries = new ToldTries(
      (names, toCome) => {
        execution.tell(names, toCome);
      },
      (state) => scope.carriers.get(state)?.kind,
    );
    this.#place = { state: scope.startAt, input };
  }

  /** The state at which it stands, in a Map that of the first iteration which has not come to its end. */
  get state(): string {
    return this.#iterations?.find((iteration) => iteration.#output === null)?.state ?? this.#place.state;
  }

  /**
   * Goes on where it stands; at once at the end if it has been there. Iterations that have succeeded are not walked
   * again.
   */
  goOn(): Promise<Json> {
    const going = this.#goOn();
    this.#going = going.catch(() => undefined);
    return going;
  }

  /** Stops it here. Functions that are running go on, but their answers are ignored. */
  stop(): void {
    this.#stop();
  }

  async #goOn(): Promise<Json> {
    if (this.#output !== null) return this.#output.value;
    const standstill = new Standstill();
    const { state, input } = this.#place;
    const run = this.#scope.machineAt(state).run(input, {
      context: this.#execution.context(),
      overrides: { taskResourceLocalHandlers: this.#handlers(standstill) },
    });
    this.#stop = () => {
      standstill.begin();
      run.abort();
      for (const iteration of this.#iterations ?? []) iteration.stop();
    };
    const followed = this.#follow(run);
    try {
      const value = await run.result;
      if (this.#execution.namesEvents) await followed;
      this.#output = { value };
      this.#stop = () => undefined;
      return this.#output.value;
    } catch (error) {
      this.stop();
      this.#place = (await followed) ?? this.#place;
      this.#tries.failedMap(this.#place.state, originalOf(error));
      for (const iteration of this.#iterations ?? []) await iteration.#going;
      throw originalOf(error);
    }
  }

  /**
   * Reads the events of a run until it is over. @returns the state that was entered last, which is the one in which it
   * has stopped
   */
  async #follow({ eventLogs }: Run): Promise<Place | undefined> {
    let entered: Place | undefined;
    for await (const event of eventLogs) {
      if (event.type === 'StateEntered') entered = { state: event.state.name, input: event.state.input };
      if (event.type === 'StateFailed') this.#tries.endBy(event.Error);
      if (event.type === 'StateCaught') this.#tries.failedMap(event.state.name, null);
      this.#execution.hear(this.#asOnAws(event));
    }
    return entered;
  }

  /** A Map is a Task to the interpreter. */
  #asOnAws(event: HistoryEvent): HistoryEvent {
    if (event.type !== 'StateEntered' && event.type !== 'StateExited') return event;
    const { state } = event;
    return this.#scope.carriers.get(state.name)?.kind === 'map'
      ? { ...event, state: { ...state, type: 'Map' } }
      : event;
  }

  #handlers(standstill: Standstill): Record<string, (input: unknown) => Promise<Json>> {
    const known = { iterations: this.#iterations };
    this.#iterations = null;
    this.#waited = null;
    const handlers = [...this.#scope.carriers].map(([state, carrier]) => {
      const carryOut = (input: unknown): Promise<Json> => {
        switch (carrier.kind) {
          case 'function':
            return this.#execution.callFunction(state, input);
          case 'callback':
            return this.#callWithToken(state, carrier, input, standstill);
          case 'map':
            return this.#iterate(carrier, input, known);
        }
      };
      const enter = (input: unknown): Promise<Json> => {
        const waited = this.#waited;
        this.#waited = null;
        if (waited !== null) return standstill.unlessBegun(() => this.#tries.ended(this.#keepWaiting(waited)));
        const begin = (): Promise<Json> => {
          this.#tries.begin(carrier.kind);
          return standstill.unlessBegun(() => this.#tries.ended(carryOut(input)));
        };
        return this.#execution.namesEvents ? soThatAllIsHeard().then(begin) : begin();
      };
      return [state, enter] as const;
    });
    return Object.fromEntries(handlers);
  }

  #callWithToken(
    state: string,
    { timeoutSeconds, isTimedByInput, ...carrier }: Carrier & { readonly kind: 'callback' },
    input: unknown,
    standstill: Standstill,
  ): Promise<Json> {
    const isOver = (): boolean => standstill.isBegun;
    const submitted = this.#tries.submitted();
    const heartbeatSeconds = carrier.heartbeatSeconds ?? BeatingInputSchema.parse(input).HeartbeatSeconds;
    const wait = { heartbeatSeconds, isOver, submitted };
    if (!isTimedByInput) return this.#execution.callWithToken(state, input, { ...wait, timeoutSeconds });
    const { TimeoutSeconds: seconds } = TimedInputSchema.parse(input);
    // No timer outlasts an execution that was stopped.
    const answered = standstill.unlessBegun(() =>
      this.#execution.callWithToken(state, input, { ...wait, timeoutSeconds: seconds }),
    );
    return this.#keepWaiting(within(seconds, answered));
  }

  /** For as long as a timer can count. The interpreter enters the state again then, and it goes on. */
  async #keepWaiting(waited: Promise<Json>): Promise<Json> {
    let stop: () => void = () => undefined;
    const part = new Promise<never>((_, reject) => {
      stop = afterSeconds(LONGEST_TIMER_SECONDS, () => {
        this.#waited = waited;
        reject(new StillWaitingError('The state waits for longer than a timer can count.'));
      });
    });
    try {
      return await Promise.race([waited, part]);
    } finally {
      stop();
    }
  }

  async #iterate(map: Carrier & { readonly kind: 'map' }, input: unknown, known: KnownIterations): Promise<Json> {
    const iterations = known.iterations ?? (await this.#iterationsOf(map, input));
    // The next entry into the Map, by a retrier or a loop, starts its iterations again.
    known.iterations = null;
    this.#iterations = iterations;
    const waiting = [...iterations.entries()];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, iteration] = next;
        if (iteration.#output === null) await this.#tries.iterated(index, () => iteration.goOn());
      }
    };
    try {
      await Promise.all(iterations.slice(0, map.concurrency).map(work));
    } catch (error) {
      waiting.length = 0;
      for (const iteration of iterations) iteration.stop();
      throw error;
    }
    this.#iterations = null;
    return Promise.all(iterations.map((iteration) => iteration.goOn()));
  }

  async #iterationsOf(map: Carrier & { readonly kind: 'map' }, input: unknown): Promise<readonly StateWalk[]> {
    try {
      const items: unknown = await map.items.run(JsonSchema.parse(input), { context: this.#execution.context() })
        .result;
      if (!Array.isArray(items)) throw new Error('The interpreter makes a list of a Map.');
      return items.map((item) => new StateWalk(map.iteration, this.#execution, JsonSchema.parse(item)));
    } catch (error) {
      throw originalOf(error);
    }
  }
}

const TimedInputSchema = z.object({ TimeoutSeconds: z.number() });
const BeatingInputSchema = z.object({ HeartbeatSeconds: z.number().nullable().default(null) });

interface Place {
  readonly state: string;
  readonly input: Json;
}

interface KnownIterations {
  iterations: readonly StateWalk[] | null;
}

/** Ends what the states of a walk still wait for once it has been stopped. */
class Standstill {
  isBegun = false;
  #reject: (error: Error) => void = () => undefined;
  readonly #begun = new Promise<never>((_, reject) => {
    this.#reject = reject;
  });

  constructor() {
    // Mostly nobody is waiting when it begins.
    this.#begun.catch(() => undefined);
  }

  begin(): void {
    this.isBegun = true;
    this.#reject(new StoppedError('The execution was stopped.'));
  }

  /** The interpreter enters a state once more when it is stopped between two tries. */
  unlessBegun<Answer>(carryOut: () => Promise<Answer>): Promise<Answer> {
    return this.isBegun ? this.#begun : Promise.race([carryOut(), this.#begun]);
  }
}

/** Neither a retrier nor a catcher may take it. */
class StoppedError extends Error {
  override readonly name = 'ExecutionAbortedError';
  readonly isRetryable = false;
  readonly isCatchable = false;
}

const originalOf = (error: unknown): unknown => (error instanceof ExecutionError ? error.cause : error);
