import type { ClosingShare } from './lane-records';

/**
 * AWS closes so many accounts in any thirty days, or a fifth of all, whichever is more; but never more than a thousand.
 */
const LEAST_CLOSINGS = 250;
const MAX_CLOSINGS = 1000;
const SHARE_OF_ACCOUNTS = 0.2;
const DAYS = 30;

const DAY = 24 * 3600 * 1000;

/** A number of accounts is good for a day. */
const COUNT_IS_GOOD_FOR = DAY;

/**
 * So often a run looks whether AWS's share has room again, or whether the deletion was taken back meanwhile. More
 * often, and the history of an execution, which has room for 25,000 events, is full before it gives up.
 */
export const SHARE_LOOK_SECONDS = 2 * 3600;

/** The share of thirty days has room again after thirty-one at most; others may come first. */
export const SHARE_GIVE_UP_SECONDS = 93 * 24 * 3600;

export const NOTHING_CLOSED: ClosingShare = { days: [], allowance: null };

/** There is nothing left of AWS's share now. */
export interface SpentShare {
  /** How many were closed in the last thirty days. */
  readonly closings: number;
  /** When the first of them counts no longer. */
  readonly freeAt: string;
  /** Whether more may be allowed, by the number of accounts: it was not counted of late. */
  readonly isToBeCounted: boolean;
}

/**
 * How many accounts AWS closes within thirty days. Source: AWS Organizations API reference, CloseAccount.
 *
 * @param accounts of the organization
 */
export const closingAllowance = (accounts: number): number =>
  Math.min(MAX_CLOSINGS, Math.max(LEAST_CLOSINGS, Math.floor(accounts * SHARE_OF_ACCOUNTS)));

/** What is left of AWS's share, as far as it was spent by us: others may have closed accounts as well. */
export interface ShareLeft {
  readonly allowed: number;
  readonly closings: number;
  readonly left: number;
  /** When the first closing counts no longer; null where none counts. */
  readonly freeAt: string | null;
}

/** @param accounts of the organization, as they are counted now */
export function shareLeft(share: ClosingShare, accounts: number, now: Date): ShareLeft {
  const days = counting(share, now);
  const closings = sumOf(days);
  const allowed = closingAllowance(accounts);
  const [first] = days;
  return {
    allowed,
    closings,
    left: Math.max(0, allowed - closings),
    freeAt: first === undefined ? null : new Date(freeAt(first.day)).toISOString(),
  };
}

/**
 * With one closing more; or what is in its way. A day counts until it is over by thirty days, so never too few are
 * counted.
 */
export function oneMore(share: ClosingShare, now: Date): ClosingShare | SpentShare {
  const days = counting(share, now);
  const closings = sumOf(days);
  const [first] = days;
  if (first !== undefined && closings >= (share.allowance?.closings ?? LEAST_CLOSINGS)) {
    return { closings, freeAt: new Date(freeAt(first.day)).toISOString(), isToBeCounted: isToBeCounted(share, now) };
  }
  return { ...share, days: counted(days, dayOf(now), 1) };
}

const counting = ({ days }: ClosingShare, now: Date): ClosingShare['days'] =>
  days.filter(({ day }) => freeAt(day) > now.getTime());

const sumOf = (days: ClosingShare['days']): number => days.reduce((sum, { closings }) => sum + closings, 0);

/** AWS has not taken it: it does not count. */
export const oneLess = (share: ClosingShare, at: Date): ClosingShare => ({
  ...share,
  days: counted(share.days, dayOf(at), -1).filter(({ closings }) => closings > 0),
});

function counted(days: ClosingShare['days'], day: string, by: number): ClosingShare['days'] {
  const known = days.find((one) => one.day === day);
  return known === undefined
    ? [...days, { day, closings: by }]
    : days.map((one) => (one === known ? { day, closings: one.closings + by } : one));
}

const isToBeCounted = ({ allowance }: ClosingShare, now: Date): boolean =>
  allowance === null || now.getTime() - Date.parse(allowance.countedAt) > COUNT_IS_GOOD_FOR;

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

const freeAt = (day: string): number => Date.parse(day) + (DAYS + 1) * DAY;
