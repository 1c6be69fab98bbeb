import { isReached } from './end-of-order';
import { VendingApiError, VendingTimeoutError } from './errors';
import type { Tenant, Vending } from './schemas';

export interface WaitOptions {
  /** Absent: three hours, which is longer than AWS takes for an account. */
  readonly timeoutSeconds?: number;
  /** Ends the wait early. */
  readonly signal?: AbortSignal;
  /** Told whenever the status has changed, for example to AWAITING_APPROVAL. */
  readonly onStatus?: (vending: Vending) => void;
  /** The pause after the first look. It grows by half each time, up to `longestPauseSeconds`. Absent: 2. */
  readonly firstPauseSeconds?: number;
  /** Absent: 30. */
  readonly longestPauseSeconds?: number;
}

/** What waiting needs of the world. */
export interface Waiting {
  readonly read: (tenantUuid: string) => Promise<Vending>;
  /** Rejects when the signal is aborted. */
  readonly pause: (seconds: number, signal?: AbortSignal) => Promise<void>;
  readonly now: () => number;
}

const THREE_HOURS = 3 * 60 * 60;

/** A desired state that was sent as an event is known a moment later. */
const UNKNOWN_FOR_SECONDS = 60;

/**
 * Asks until what was ordered is there.
 *
 * @throws VendingEndedError, VendingTimeoutError, or VendingApiError where asking again cannot help
 */
export async function waitForTenant(
  { read, pause, now }: Waiting,
  tenant: Tenant,
  options: WaitOptions = {},
): Promise<Vending> {
  const { timeoutSeconds = THREE_HOURS, signal, onStatus = (): void => undefined } = options;
  const startedAt = now();
  const elapsed = (): number => (now() - startedAt) / 1000;
  let last: Vending | null = null;
  for (let looks = 0; ; looks += 1) {
    signal?.throwIfAborted();
    const found = await readUnless(read, tenant.tenantUuid, (error) => isPassing(error, elapsed()));
    if (found !== null) {
      if (found.status !== last?.status) onStatus(found);
      last = found;
      if (isReached(tenant, found)) return found;
    }
    const seconds = pauseSeconds(looks, options);
    if (elapsed() + seconds > timeoutSeconds) {
      throw new VendingTimeoutError(`${tenant.tenantUuid} is not done after ${timeoutSeconds} seconds.`, last);
    }
    await pause(seconds, signal);
  }
}

/** The pause after so many looks. */
const pauseSeconds = (
  looks: number,
  { firstPauseSeconds = 2, longestPauseSeconds = 30 }: Pick<WaitOptions, 'firstPauseSeconds' | 'longestPauseSeconds'>,
): number => Math.min(firstPauseSeconds * 1.5 ** looks, longestPauseSeconds);

/** Null where there is no answer that counts. */
async function readUnless(
  read: Waiting['read'],
  tenantUuid: string,
  isForgiven: (error: unknown) => boolean,
): Promise<Vending | null> {
  try {
    return await read(tenantUuid);
  } catch (error) {
    if (isForgiven(error)) return null;
    throw error;
  }
}

/** Throttled, out of order for a moment, cut off; or not known yet. */
function isPassing(error: unknown, elapsedSeconds: number): boolean {
  if (!(error instanceof VendingApiError)) return isNetworkError(error);
  if (error.status === 404) return elapsedSeconds < UNKNOWN_FOR_SECONDS;
  return error.status === 429 || error.status >= 500;
}

/** `fetch` throws a TypeError with a cause where nothing answers. */
const isNetworkError = (error: unknown): boolean => error instanceof TypeError && error.cause !== undefined;
