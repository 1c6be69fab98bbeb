import { AsyncLocalStorage } from 'node:async_hooks';

import { type Lineage, NEW_CHAIN, nextInLineage, RecursiveInvocationError } from './lineage';

/**
 * Something that a function does beyond itself: asked about before it is done, and again after it was done, well or
 * badly.
 */
export interface Effect {
  readonly kind: 'ledger' | 'aws' | 'workflow' | 'token' | 'bus' | 'queue' | 'function';
  /** The function that does it, by its logical name. */
  readonly function: string;
  /** The port's method, or `service:Operation`. */
  readonly name: string;
  readonly write: boolean;
  readonly when: 'before' | 'after';
}

/** What becomes of the process of the function at this moment. */
export type OnEffect = (effect: Effect) => 'go-on' | 'kill';

/** How Lambda reports an invocation that did not end: the process was killed, it timed out, or it was throttled. */
export class InvocationError extends Error {
  constructor(name: 'Runtime.ExitError' | 'Sandbox.Timedout' | 'Lambda.TooManyRequestsException', message: string) {
    super(message);
    this.name = name;
  }
}

const scope = new AsyncLocalStorage<Invocation | undefined>();

/** The invocation in which this code runs; undefined outside of all functions. */
export const currentInvocation = (): Invocation | undefined => scope.getStore();

/**
 * Runs what an invocation sets off and what then goes on without it: an execution that a function has started is no
 * part of that function.
 */
export const outsideOfInvocations = <Answer>(work: () => Answer): Answer => scope.run(undefined, work);

/**
 * Runs something that another function is called for: the caller only waits, as for a timer, and the clock may advance.
 */
export async function waitingFor<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const invocation = currentInvocation();
  invocation?.timerSet();
  try {
    return await work();
  } finally {
    invocation?.timerGone();
  }
}

interface InvocationProps {
  readonly name: string;
  readonly input: unknown;
  readonly lineage: Lineage;
  readonly timeoutSeconds: number;
  readonly fail: (error: InvocationError) => void;
}

/** One call of a function, with a process of its own. */
export class Invocation {
  readonly function: string;
  readonly input: unknown;
  /** What it sends on carries this. */
  readonly lineage: Lineage;
  readonly #startedAt = Date.now();
  readonly #timeoutSeconds: number;
  readonly #fail: (error: InvocationError) => void;
  #timers = 0;
  #isOver = false;
  #timeUp: NodeJS.Timeout | null = null;

  constructor({ name, input, lineage, timeoutSeconds, fail }: InvocationProps) {
    this.function = name;
    this.input = input;
    this.lineage = lineage;
    this.#timeoutSeconds = timeoutSeconds;
    this.#fail = fail;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get waitsForTime(): boolean {
    return this.#timers > 0;
  }

  /** Ends the process: none of its calls settles any more, and the caller of the function gets an error. */
  kill(reason: string): void {
    this.#breakOff(
      new InvocationError('Runtime.ExitError', `Error: Runtime exited with error: signal: killed (${reason})`),
    );
  }

  /** @returns whether it was still going on */
  end(): boolean {
    const wasGoingOn = !this.#isOver;
    this.#isOver = true;
    if (this.#timeUp !== null) clearTimeout(this.#timeUp);
    return wasGoingOn;
  }

  /** A timer was set within it. Only then can the clock advance while it runs, and its time-out be reached. */
  timerSet(): void {
    this.#timers += 1;
    if (this.#timeUp !== null) return;
    const timeUp = (): void => {
      const after = this.#timeoutSeconds.toFixed(2);
      this.#breakOff(new InvocationError('Sandbox.Timedout', `Error: Task timed out after ${after} seconds`));
    };
    const left = this.#startedAt + this.#timeoutSeconds * 1000 - Date.now();
    this.#timeUp = outsideOfInvocations(() => setTimeout(timeUp, left));
  }

  timerGone(): void {
    this.#timers -= 1;
  }

  #breakOff(error: InvocationError): void {
    if (this.end()) this.#fail(error);
  }
}

/**
 * The functions of an application, as Lambda runs them: each call is a process that can be killed between any two
 * things that it does.
 */
export class Invocations {
  readonly #timeoutSecondsOf: (name: string) => number;
  readonly #onEffect: OnEffect | undefined;
  readonly #mayRecur: (name: string) => boolean;
  readonly #open = new Set<Invocation>();
  /**
   * The functions that were not invoked, once for each time.
   *
   * @evidence documented lambda/dg/invocation-recursion: RecursiveInvocationsDropped counts what was dropped; with
   *   Allow nothing is dropped or counted
   */
  readonly recursiveInvocationsDropped: string[] = [];
  /** Whether a call may be turned away since others are at work. */
  readonly isBounded: boolean = false;

  /** @param mayRecur the functions whose setting RecursiveLoop is Allow */
  constructor(
    timeoutSecondsOf: (name: string) => number,
    onEffect?: OnEffect,
    mayRecur: (name: string) => boolean = () => false,
  ) {
    this.#timeoutSecondsOf = timeoutSecondsOf;
    this.#onEffect = onEffect;
    this.#mayRecur = mayRecur;
  }

  /** Whether a function runs right now, as opposed to waiting for the clock to advance. */
  get busy(): boolean {
    for (const invocation of this.#open) if (!invocation.waitsForTime) return true;
    return false;
  }

  /**
   * Calls a function. Input and answer are copies, as between processes. A function that calls another one passes its
   * lineage on.
   *
   * @throws InvocationError when the function was killed or its time was up; RecursiveInvocationError where its chain
   * is too long; else what the function throws
   */
  invoke<Answer>(
    name: string,
    handler: (input: unknown) => Promise<Answer>,
    input: unknown,
    given: Lineage = currentInvocation()?.lineage ?? NEW_CHAIN,
  ): Promise<Answer> {
    const lineage = nextInLineage(given, name, this.#mayRecur(name));
    if (lineage !== undefined) return this.#run(name, handler, input, lineage);
    this.recursiveInvocationsDropped.push(name);
    return Promise.reject(new RecursiveInvocationError(name));
  }

  #run<Answer>(
    name: string,
    handler: (input: unknown) => Promise<Answer>,
    input: unknown,
    lineage: Lineage,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const settle = (how: () => void): void => {
        this.#open.delete(invocation);
        how();
      };
      const given: unknown = structuredClone(input);
      const timeoutSeconds = this.#timeoutSecondsOf(name);
      const fail = (error: InvocationError): void => {
        settle(() => {
          reject(error);
        });
      };
      const invocation = new Invocation({ name, input: given, lineage, timeoutSeconds, fail });
      this.#open.add(invocation);
      scope
        .run(invocation, async () => handler(given))
        .then(
          (answer) => {
            if (invocation.end())
              settle(() => {
                resolve(structuredClone(answer));
              });
          },
          (error: unknown) => {
            if (invocation.end())
              settle(() => {
                reject(error instanceof Error ? error : new Error(String(error)));
              });
          },
        );
    });
  }

  /** Does something for the invocation in which this is called; never settles once that is over. */
  async effect<Answer>(
    { kind, name, write }: Pick<Effect, 'kind' | 'name' | 'write'>,
    act: () => Promise<Answer>,
  ): Promise<Answer> {
    const invocation = currentInvocation();
    if (invocation === undefined) return act();
    const effect = { kind, function: invocation.function, name, write };
    const goesOn = (when: Effect['when']): boolean => {
      if (!invocation.isOver && this.#onEffect?.({ ...effect, when }) === 'kill') invocation.kill(`${when} ${name}`);
      return !invocation.isOver;
    };
    if (!goesOn('before')) return never();
    try {
      return await act();
    } finally {
      if (!goesOn('after')) await never();
    }
  }
}

const never = (): Promise<never> => new Promise(() => undefined);
