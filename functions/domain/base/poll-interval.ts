/** How often to look at an operation of AWS. */
export interface PollRhythm {
  readonly leastSeconds: number;
  readonly mostSeconds: number;
  /**
   * How long it takes at least, as a rule: looks before that show little. Ascending; the last one begins the rhythm.
   */
  readonly firstLooks?: readonly number[];
  /**
   * The longer something takes, the longer it will still take: a look is late by at most this share of the whole, or by
   * `leastSeconds`.
   */
  readonly share?: number;
}

const SHARE = 0.12;

/**
 * Whole seconds until the next look: a share of the time that has passed, within bounds, and none before it can be
 * over. Short operations are noticed soon, long ones cost few calls. That many who look do not look at once is the
 * matter of `CallPacer`.
 */
export function nextLook(
  elapsedSeconds: number,
  { leastSeconds, mostSeconds, firstLooks = [], share = SHARE }: PollRhythm,
): number {
  const steady = Math.round(Math.min(mostSeconds, Math.max(leastSeconds, elapsedSeconds * share)));
  const first = firstLooks.find((seconds) => seconds - elapsedSeconds >= 1);
  return first === undefined ? steady : Math.round(first - Math.max(0, elapsedSeconds));
}
