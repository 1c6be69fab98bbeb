import { InvocationError, Invocations } from './invocation';
import type { Lineage } from './lineage';

/** How many functions of an account work at a time, and how long each of them does. */
export interface Concurrency {
  readonly functions: number;
  /** How long the next call of a function takes. */
  seconds(): number;
  /** Is called for each throttled invocation. */
  turnedAway(): void;
}

/** @param concurrency absent: as many functions work at a time as are called */
export const boundedBy = (
  concurrency: Concurrency | undefined,
  ...others: ConstructorParameters<typeof Invocations>
): Invocations =>
  concurrency === undefined ? new Invocations(...others) : new BoundedInvocations(concurrency, ...others);

/**
 * The functions of an account whose concurrency is bounded, for all callers: state machines, queues, the API. Without a
 * bound they take no time; here they do, since only so can they be in each other's way.
 *
 * @evidence documented lambda/dg/lambda-concurrency: all functions of an account and region share its concurrency; what
 *   is above is throttled
 * @evidence documented lambda/dg/gettingstarted-limits: the quota is 1,000, and lower for new accounts
 * @evidence documented step-functions/dg/sfn-best-practices: above the maximum of invocations the error in a state
 *   machine is Lambda.TooManyRequestsException
 */
class BoundedInvocations extends Invocations {
  override readonly isBounded = true;
  readonly #concurrency: Concurrency;
  #working = 0;

  constructor(concurrency: Concurrency, ...others: ConstructorParameters<typeof Invocations>) {
    super(...others);
    this.#concurrency = concurrency;
  }

  override async invoke<Answer>(
    name: string,
    handler: (input: unknown) => Promise<Answer>,
    input: unknown,
    lineage?: Lineage,
  ): Promise<Answer> {
    if (this.#working >= this.#concurrency.functions) {
      this.#concurrency.turnedAway();
      // @evidence documented step-functions/dg/sfn-best-practices: InvocationError by the name of
      //   Lambda.TooManyRequestsException, which is reported above the maximum of invocations
      throw new InvocationError(THROTTLED, 'Rate Exceeded.');
    }
    this.#working += 1;
    try {
      const answer = await super.invoke(name, handler, input, lineage);
      await new Promise((resolve) => setTimeout(resolve, 1000 * this.#concurrency.seconds()));
      return answer;
    } finally {
      this.#working -= 1;
    }
  }
}

const THROTTLED = 'Lambda.TooManyRequestsException';

/** Whether Lambda has turned a call away, so that nothing was done. */
export const isThrottled = (error: unknown): boolean => error instanceof InvocationError && error.name === THROTTLED;
