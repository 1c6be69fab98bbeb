import type { WatchedKind } from '../operation-watch';

/** How a peer waits, and what it tries again. */
export interface PollSchedule {
  /** Seconds between two polls of an operation; null: an event reports its end. */
  readonly pollSeconds: Readonly<Record<WatchedKind, number | null>>;
  /** Seconds that always pass before a new account is touched. */
  readonly pauseSeconds: number;
  /**
   * Seconds at most before a call that was turned away as too fast is made again; as many as there are further tries.
   */
  readonly retries: readonly number[];
}

/** All kinds at one interval. */
export const everySeconds = (seconds: number): PollSchedule['pollSeconds'] => ({
  ...{ accountCreation: seconds, accessRole: seconds, enrollment: seconds },
  ...{ stackInstance: seconds, accountAssignment: seconds },
});

/**
 * boto3's legacy mode, which is its default: five tries, each pause drawn, twice as long at most as the one before
 * (`_retry.json` of botocore).
 */
export const BOTO_RETRIES = [1, 2, 4, 8] as const;
