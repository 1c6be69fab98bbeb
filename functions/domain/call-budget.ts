/** How often one API may be called, by all functions together. */
export interface CallBudget {
  /** Steadily one call in so many milliseconds. */
  readonly millisecondsPerCall: number;
  /** So many at once, when none has been made for a while. */
  readonly burst: number;
}

export interface ReservedCall {
  /** When to make it: now or later. */
  readonly at: Date;
  /** When the bucket of the budget is full again, which is all there is to remember of it. */
  readonly fullAt: Date;
}

/**
 * The next call of a budget (the generic cell rate algorithm): whoever reserves later calls later, and no two reservations together are more
 * than the budget has.
 *
 * @param fullAt what the last reservation has left behind; null when there was none
 */
export function reserveCall({ millisecondsPerCall, burst }: CallBudget, fullAt: Date | null, now: Date): ReservedCall {
  const full = Math.max(fullAt?.getTime() ?? 0, now.getTime());
  const at = Math.max(now.getTime(), full - (burst - 1) * millisecondsPerCall);
  return { at: new Date(at), fullAt: new Date(full + millisecondsPerCall) };
}
