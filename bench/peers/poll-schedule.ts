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

/**
 * What the peer publishes, and for what it has no step of its own, or publishes none, events: that is the best for it.
 * AWS has no event for a role that can be assumed; there it tries every second.
 */
export const published = (pollSeconds: Partial<PollSchedule['pollSeconds']>): PollSchedule['pollSeconds'] => ({
  accountCreation: null,
  accessRole: null,
  enrollment: null,
  stackInstance: null,
  accountAssignment: null,
  ...pollSeconds,
});

/**
 * boto3's legacy mode, which is its default: five tries, each pause drawn, twice as long at most as the one before
 * (`_retry.json` of botocore).
 */
export const BOTO_RETRIES = [1, 2, 4, 8] as const;
