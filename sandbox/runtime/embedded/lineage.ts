/**
 * How often each function was invoked in one chain of requests, the invocation at hand included. On AWS it is in the
 * header `X-Amzn-Trace-Id` (`Lineage=15:a87bd80c:0`), which the SDK puts into each call of a function; here messages
 * and invocations carry it.
 */
export type Lineage = Readonly<Record<string, number>>;

/** The lineage of what begins by itself: an event of a bus, a state of an execution, a call of the API. */
export const NEW_CHAIN: Lineage = {};

/** AWS says "approximately". */
const MAX_INVOCATIONS = 16;

/** What the poller of a queue, or an invoking function, gets instead of an answer. */
export class RecursiveInvocationError extends Error {
  override readonly name = 'RecursiveInvocationException';

  constructor(functionName: string) {
    super(`${functionName} was invoked ${MAX_INVOCATIONS} times in the same chain of requests.`);
  }
}

/**
 * One more invocation in a chain; undefined: it is dropped.
 *
 * @evidence documented lambda/dg/invocation-recursion: the invocation after about sixteen of a function in one chain is
 *   dropped, unless it is allowed
 * @evidence documented lambda/dg/invocation-recursion: loops are seen over SQS, SNS, S3 and functions alone. A loop of
 *   which another service is a part is not seen; here, a new chain begins behind it
 */
export function nextInLineage(lineage: Lineage, name: string, mayRecur: boolean): Lineage | undefined {
  const invocations = (lineage[name] ?? 0) + 1;
  return invocations > MAX_INVOCATIONS && !mayRecur ? undefined : { ...lineage, [name]: invocations };
}
