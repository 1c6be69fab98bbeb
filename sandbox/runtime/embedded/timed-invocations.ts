import { boundedBy, type Concurrency } from './bounded-invocations';
import { Invocations } from './invocation';
import type { Lineage } from './lineage';

/** How long the functions themselves take, in seconds. Asked once for each time. */
export interface FunctionTimes {
  /** From a call of a function that has no container to spare, until its handler begins. */
  readonly coldStart: () => number;
  /** One call of AWS, there and back. */
  readonly roundTrip: () => number;
}

/** A container that nobody has called for so long is gone. AWS names no figure; this one is assumed. */
const KEPT_MILLISECONDS = 10 * 60 * 1000;

/** Functions that take time, whose number is bounded, or neither. */
export const invocationsBy = (
  {
    times,
    concurrency,
  }: { readonly times?: FunctionTimes | undefined; readonly concurrency?: Concurrency | undefined },
  ...others: ConstructorParameters<typeof Invocations>
): Invocations => (times === undefined ? boundedBy(concurrency, ...others) : new TimedInvocations(times, ...others));

/**
 * Functions with containers: one that is called while all of its containers are at work, or have been idle for long,
 * begins with a cold start.
 */
class TimedInvocations extends Invocations {
  readonly #times: FunctionTimes;
  /** When each idle container became so, by function. */
  readonly #idle = new Map<string, number[]>();

  constructor(times: FunctionTimes, ...others: ConstructorParameters<typeof Invocations>) {
    super(...others);
    this.#times = times;
  }

  override async invoke<Answer>(
    name: string,
    handler: (input: unknown) => Promise<Answer>,
    input: unknown,
    lineage?: Lineage,
  ): Promise<Answer> {
    const idle = this.#idle.get(name) ?? [];
    this.#idle.set(name, idle);
    const since = idle.pop();
    const isCold = since === undefined || Date.now() - since > KEPT_MILLISECONDS;
    const begin = async (given: unknown): Promise<Answer> => {
      if (isCold) await passing(this.#times.coldStart());
      return handler(given);
    };
    try {
      return await super.invoke(name, begin, input, lineage);
    } finally {
      idle.push(Date.now());
    }
  }
}

/** Time in which a function waits. */
export const passing = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, 1000 * seconds));

/** How a function lets time pass. */
export const waitingAs =
  (name: string, onWait: ((name: string, milliseconds: number) => void) | undefined) =>
  (milliseconds: number): Promise<void> => {
    onWait?.(name, milliseconds);
    return passing(milliseconds / 1000);
  };
