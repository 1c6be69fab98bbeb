import type { TaskTokens } from '../../../functions/ports/workflow';
import { type Json, JsonSchema } from './local-definition';
import { afterSeconds } from './long-timer';
import { TimedOutError } from './state-timers';
import type { TokenWait } from './state-walk';

interface Waiter {
  readonly expiresAt: number;
  readonly isOver: () => boolean;
  readonly succeed: (output: Json) => void;
  readonly fail: (error: Error) => void;
  /** Its holder is at work. */
  readonly beat: () => void;
  /** Nothing is waited for any more. */
  readonly rest: () => void;
}

/**
 * Long enough to show where items with many waiters would be too large, or a text that quotes one.
 *
 * @evidence documented "botocore stepfunctions.TaskToken": a token has 1 to 2048 characters
 */
const TOKEN_LENGTH = 1000;

/** What SendTaskFailure says: error and cause are taken as they are. */
class TokenFailureError extends Error {
  constructor({ name, message }: { readonly name: string; readonly message: string }) {
    super(message);
    this.name = name;
  }
}

/** The task tokens of all executions: one for each time that a callback state is entered. */
export class EmbeddedTaskTokens implements TaskTokens {
  readonly #waiters = new Map<string, Waiter>();
  #issued = 0;

  /** @returns the token, and a promise that its holder settles */
  issue({ timeoutSeconds, heartbeatSeconds, isOver }: TokenWait): {
    readonly token: string;
    readonly answered: Promise<Json>;
  } {
    this.#issued += 1;
    const token = `task-token-${this.#issued}`.padEnd(TOKEN_LENGTH, '=');
    const answered = new Promise<Json>((succeed, fail) => {
      const waiter = { expiresAt: Date.now() + timeoutSeconds * 1000, isOver, succeed, fail };
      this.#waiters.set(token, { ...waiter, ...pulse(heartbeatSeconds, fail) });
    });
    return { token, answered };
  }

  /** The state is over, however it ended. */
  withdraw(token: string): void {
    this.#waiters.get(token)?.rest();
    this.#waiters.delete(token);
  }

  succeed(token: string, output: Readonly<Record<string, unknown>>): Promise<'delivered' | 'gone'> {
    return this.#answer(token, (waiter) => {
      waiter.succeed(JsonSchema.parse(structuredClone(output)));
    });
  }

  fail(token: string, error: { readonly name: string; readonly message: string }): Promise<'delivered' | 'gone'> {
    return this.#answer(token, (waiter) => {
      waiter.fail(new TokenFailureError(error));
    });
  }

  /** SendTaskHeartbeat: its holder is at work. */
  beat(token: string): void {
    this.#waiters.get(token)?.beat();
  }

  #answer(token: string, answer: (waiter: Waiter) => void): Promise<'delivered' | 'gone'> {
    const waiter = this.#waiters.get(token);
    waiter?.rest();
    this.#waiters.delete(token);
    if (waiter === undefined || waiter.isOver() || Date.now() >= waiter.expiresAt) return Promise.resolve('gone');
    answer(waiter);
    return Promise.resolve('delivered');
  }
}

/** Gives up where no heartbeat comes within so many seconds of the one before. */
function pulse(seconds: number | null, fail: (error: Error) => void): Pick<Waiter, 'beat' | 'rest'> {
  let rest: () => void = () => undefined;
  const beat = (): void => {
    rest();
    if (seconds === null) return;
    rest = afterSeconds(seconds, () => {
      fail(new TimedOutError());
    });
  };
  beat();
  return {
    beat,
    rest: () => {
      rest();
    },
  };
}
