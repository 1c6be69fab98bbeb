/** How often to look at an operation of AWS. */
export interface PollSchedule {
  readonly minSeconds: number;
  readonly maxSeconds: number;
  /**
   * How long it takes at least, as a rule: looks before that show little. Ascending; the last one begins the rhythm.
   */
  readonly firstDelays?: readonly number[];
  /**
   * The longer something takes, the longer it will still take: a look is late by at most this share of the whole, or by
   * `minSeconds`.
   */
  readonly share?: number;
}

const SHARE = 0.12;

/**
 * Whole seconds until the next look: a share of the time that has passed, within bounds, and none before it can be
 * over. Short operations are noticed soon, long ones cost few calls. That many who look do not look at once is the
 * matter of `CallPacer`.
 */
export function nextPoll(
  elapsedSeconds: number,
  { minSeconds, maxSeconds, firstDelays = [], share = SHARE }: PollSchedule,
): number {
  const steady = Math.round(Math.min(maxSeconds, Math.max(minSeconds, elapsedSeconds * share)));
  const first = firstDelays.find((seconds) => seconds - elapsedSeconds >= 1);
  return first === undefined ? steady : Math.round(first - Math.max(0, elapsedSeconds));
}
