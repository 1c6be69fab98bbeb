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

/**
 * AWS answers two looks a second for the whole organization, five accounts may be in the making, and the functions that look do not know each
 * other: the clock and the number of the slot tell them whose second it is. Slot n looks in seconds whose number, divided by this, leaves n.
 */
const GRID_SECONDS = 5;

/** A search reads many pages, so each slot has three seconds before the next one begins. */
const SEARCH_GRID_SECONDS = 15;

/** AWS makes no account faster. */
const FIRST_LOOK_SECONDS = 3;

/** The seconds of one slot of the lane of account creations, 0 to 4. */
export interface OwnSeconds {
  readonly grid: number;
  readonly second: number;
}

export const secondsToLook = (slot: number): OwnSeconds => ({ grid: GRID_SECONDS, second: slot % GRID_SECONDS });

export const secondsToSearch = (slot: number): OwnSeconds => ({
  grid: SEARCH_GRID_SECONDS,
  second: ((slot * SEARCH_GRID_SECONDS) / GRID_SECONDS) % SEARCH_GRID_SECONDS,
});

/** Whole seconds until the next of these seconds; 0 within one. Somebody who comes at another time, such as a retry after a kill, waits for it. */
export function untilOwnSecond(now: Date, { grid, second }: OwnSeconds): number {
  return modulo(second - Math.floor(now.getTime() / 1000), grid);
}

/**
 * Whole seconds until the next look at an account that AWS is making: at least one, and always into a second of the slot. The first is in the first
 * such second in which AWS may have made it; later ones are late by at most 12 % of the whole, or 5 seconds.
 *
 * @param since when AWS was asked
 */
export function nextLookOfSlot(since: string, now: Date, slot: number): number {
  const elapsed = Math.max(0, (now.getTime() - Date.parse(since)) / 1000);
  const rounds = Math.floor(Math.min(30, elapsed * SHARE) / GRID_SECONDS);
  const least = Math.max((rounds - 1) * GRID_SECONDS + 1, Math.ceil(FIRST_LOOK_SECONDS - elapsed), 1);
  return least + untilOwnSecond(new Date(now.getTime() + least * 1000), secondsToLook(slot));
}

/** A number for a tenant that has no slot (it was freed, or taken back): the same each time, and spread over all. */
export const slotInPlaceOf = (tenantUuid: string): number => Number.parseInt(tenantUuid.slice(0, 8), 16) % GRID_SECONDS;

const modulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;
