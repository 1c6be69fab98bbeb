/** How often to look at an operation of AWS. */
export interface PollRhythm {
  readonly leastSeconds: number;
  readonly mostSeconds: number;
}

/** The longer something takes, the longer it will still take: a look is late by at most this share of the whole. */
const SHARE = 0.12;

/**
 * Whole seconds until the next look: a share of the time that has passed, within bounds. Short operations are noticed soon, long ones
 * cost few calls.
 */
export function nextLook(elapsedSeconds: number, { leastSeconds, mostSeconds }: PollRhythm): number {
  return Math.round(Math.min(mostSeconds, Math.max(leastSeconds, elapsedSeconds * SHARE)));
}

/** Looks of all slots together, at most two in any second: each slot looks in one second of three, and no second belongs to more than two of five slots. */
const GRID_SECONDS = 3;

/** AWS makes no account faster. */
const FIRST_LOOK_SECONDS = 3;

/** A slot whose number is not known any more (its turn was taken back) looks in the second that belongs to one slot only. */
const QUIET_SLOT = 2;

/**
 * Whole seconds until the next look at an account that AWS is making. AWS answers two such looks a second for the whole organization, five accounts
 * may be in the making, and the functions that look do not know each other: the clock and the number of the slot tell them whose second it is.
 *
 * @param since when AWS was asked
 * @param slot of the lane of account creations, 0 to 4
 */
export function nextLookOfSlot(since: string, now: Date, slot: number = QUIET_SLOT): number {
  const elapsed = Math.max(0, (now.getTime() - Date.parse(since)) / 1000);
  const steps = Math.floor(Math.min(30, elapsed * SHARE) / GRID_SECONDS);
  const least = Math.max(steps * GRID_SECONDS, Math.ceil(FIRST_LOOK_SECONDS - elapsed), 1);
  const second = Math.floor(now.getTime() / 1000);
  const tooEarly = modulo((slot % GRID_SECONDS) - (second + least), GRID_SECONDS);
  return least + tooEarly;
}

const modulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;
