/** How often to look at an operation of AWS. */
export interface PollRhythm {
  readonly leastSeconds: number;
  readonly mostSeconds: number;
}

/** The longer something takes, the longer it will still take: a look is late by at most this share of the whole. */
const SHARE = 0.12;

/**
 * Whole seconds until the next look: a share of the time that has passed, within bounds. Short operations are noticed soon, long ones
 * cost few calls. That many who look do not look at once is the matter of `CallPacer`.
 */
export function nextLook(elapsedSeconds: number, { leastSeconds, mostSeconds }: PollRhythm): number {
  return Math.round(Math.min(mostSeconds, Math.max(leastSeconds, elapsedSeconds * SHARE)));
}
