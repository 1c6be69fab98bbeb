/** A definition of Amazon States Language, as far as retriers are concerned. */
export interface StateMachine {
  readonly States: Readonly<Record<string, State>>;
}

interface State {
  readonly Type: string;
  readonly Resource?: string | undefined;
  readonly TimeoutSecondsPath?: string | undefined;
  /** What a Map does with each of its items. */
  readonly ItemProcessor?: StateMachine | undefined;
  readonly Retry?: readonly Retrier[] | undefined;
}

interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly MaxAttempts: number;
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL';
}

/** Would fail again in the same way. */
const FINAL: Retrier = { ErrorEquals: ['RejectedError', 'InvalidRequestError'], MaxAttempts: 0 };

/** A turn that does not come in time is waited for again, in the same place of the queue, for as long as a history has room for. */
const NO_TURN_YET: Retrier = {
  ErrorEquals: ['States.Timeout'],
  IntervalSeconds: 1,
  BackoffRate: 1,
  MaxAttempts: 100_000,
};

/** Whoever was asked has said nothing in all the time that there was: asking again is a person's decision. */
const NOT_APPROVED: Retrier = { ErrorEquals: ['States.Timeout'], MaxAttempts: 0 };

/** So many that begin at once do not come again at once. */
const WITH_JITTER = { IntervalSeconds: 4, BackoffRate: 2, MaxDelaySeconds: 60, JitterStrategy: 'FULL' } as const;

/**
 * What Lambda itself says when it has no place for a function, or is not well: the function has done nothing, or is run a second time.
 *
 * @evidence documented step-functions/dg/bp-lambda-serviceexception: four of them are to be retried, and a throttle is Lambda.TooManyRequestsException
 */
const OF_LAMBDA = [
  'Lambda.TooManyRequestsException',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
];

/** Passes within minutes. AWS advises six attempts for Lambda's own; a new account, with room for ten functions, asks for more. */
const PASSING: Retrier = { ErrorEquals: ['TransientError', ...OF_LAMBDA], ...WITH_JITTER, MaxAttempts: 10 };

/** Perhaps it passes; if not, a person has to look at it. */
const UNKNOWN: Retrier = { ErrorEquals: ['States.ALL'], ...WITH_JITTER, MaxAttempts: 3 };

/**
 * The definition with its retriers. They are the same for every Task, and ASL has no shared ones: so the files have none, and whoever runs a
 * file, on AWS or elsewhere, puts them in by this function. Of the retriers of a state, the first one that names the error counts.
 */
export function withRetries({ States, ...rest }: StateMachine): StateMachine {
  const retried = Object.entries(States).map(([name, state]) => [name, retriedState(state)] as const);
  return { ...rest, States: Object.fromEntries(retried) };
}

function retriedState({ ItemProcessor, ...state }: State): State {
  if (ItemProcessor !== undefined) return { ...state, ItemProcessor: withRetries(ItemProcessor) };
  return state.Type === 'Task' ? { ...state, Retry: [FINAL, ...ofWaiting(state), PASSING, UNKNOWN] } : state;
}

/** Which is done by a token, that the placeholder of the integration brings along. */
function ofWaiting({ Resource, TimeoutSecondsPath }: State): readonly Retrier[] {
  if (Resource !== '${InvokeWithTaskToken}') return [];
  // One that says itself how long it waits is over then.
  return [TimeoutSecondsPath === undefined ? NO_TURN_YET : NOT_APPROVED];
}
