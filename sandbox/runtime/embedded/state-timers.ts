import { afterSeconds } from './long-timer';
import { STILL_WAITING } from './local-definition';

const TIMEOUT = 'States.Timeout';

/** A state's time is up. Step Functions tells no cause. */
export class TimedOutError extends Error {
  override readonly name = TIMEOUT;

  constructor() {
    super(TIMEOUT);
  }
}

/** Also where it is the interpreter's own. */
export const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === TIMEOUT;

/** A state waits for longer than a timer can count. */
export class StillWaitingError extends Error {
  override readonly name = STILL_WAITING;
}

/** What is answered within so many seconds, as `TimeoutSecondsPath` asks for. */
export async function within<Answer>(seconds: number, answered: Promise<Answer>): Promise<Answer> {
  let stop: () => void = () => undefined;
  const over = new Promise<never>((_, reject) => {
    stop = afterSeconds(seconds, () => {
      reject(new TimedOutError());
    });
  });
  try {
    return await Promise.race([answered, over]);
  } finally {
    stop();
  }
}
