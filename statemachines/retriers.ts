/**
 * Stands in the files for the integration that waits until a task token comes back; the stack knows the partition of
 * its ARN.
 */
export const WAITS_FOR_TOKEN = '${InvokeWithTaskToken}';

/** What the retriers of a Task depend on. */
export interface RetriedTask {
  readonly Resource?: string | undefined;
  readonly TimeoutSecondsPath?: string | undefined;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts: number;
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL';
}

/** Would fail again in the same way. */
const FINAL: Retrier = { ErrorEquals: ['RejectedError', 'InvalidRequestError', 'CustomizationError'], MaxAttempts: 0 };

/**
 * A turn that does not come in time is waited for again, in the same place of the line, for as long as a history has
 * room for. So it is when the first of a line is called to look at the slots.
 */
const NO_TURN_YET: Retrier = {
  ErrorEquals: ['States.Timeout', 'LookAgainError'],
  IntervalSeconds: 1,
  BackoffRate: 1,
  MaxAttempts: 100_000,
};

/**
 * Nobody has answered in all the time that there was. The state is entered once more, finds that in the ledger, has the
 * run looked after and fails: no event has to arrive for its end to be recorded. The function has written down until
 * when it waits up to half a minute after the state began, so it comes again a minute later.
 */
const NOT_APPROVED: Retrier = { ErrorEquals: ['States.Timeout'], IntervalSeconds: 60, BackoffRate: 1, MaxAttempts: 1 };

/** So many that begin at once do not come again at once. */
const WITH_JITTER = { IntervalSeconds: 4, BackoffRate: 2, MaxDelaySeconds: 60, JitterStrategy: 'FULL' } as const;

/**
 * What Lambda itself says when it has no place for a function, or is not well: the function has done nothing, or is run
 * a second time.
 *
 * @evidence documented step-functions/dg/bp-lambda-serviceexception: four of them are to be retried, and a throttle is
 *   Lambda.TooManyRequestsException
 */
const OF_LAMBDA = [
  'Lambda.TooManyRequestsException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
];

/**
 * Passes within minutes. AWS advises six attempts for Lambda's own; a new account, with room for ten functions, asks
 * for more.
 */
const PASSING: Retrier = { ErrorEquals: ['TransientError', ...OF_LAMBDA], ...WITH_JITTER, MaxAttempts: 10 };

/** Perhaps it passes; if not, a person has to look at it. */
const UNKNOWN: Retrier = { ErrorEquals: ['States.ALL'], ...WITH_JITTER, MaxAttempts: 3 };

/**
 * The retriers of one Task: the same for every Task, since ASL has no shared ones. Of the retriers of a state, the
 * first one that names the error counts.
 */
export function retriersOf({ Resource, TimeoutSecondsPath }: RetriedTask): readonly Retrier[] {
  if (Resource !== WAITS_FOR_TOKEN) return [FINAL, PASSING, UNKNOWN];
  // A task that says itself how long it waits is over then.
  return [FINAL, TimeoutSecondsPath === undefined ? NO_TURN_YET : NOT_APPROVED, PASSING, UNKNOWN];
}
