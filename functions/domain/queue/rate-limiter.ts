import * as z from 'zod/mini';

import { AnyText } from '../base/plain-schemas';
import type { Turn } from '../records/ledger-records';
import type { LaneRateState } from './lane-records';

/** How often something may begin, by all functions together: a call of an API, or a vending in its lane. */
export interface RateLimiter {
  /** Steadily one in so many milliseconds. */
  readonly millisecondsApart: number;
  /** So many without waiting for that, when none has begun for a while. */
  readonly burst: number;
  /** Never two within so many milliseconds. Absent: a burst comes at once. */
  readonly leastMillisecondsApart?: number;
  /**
   * So much later than it was let in a call may arrive, and a bucket that was full until then fills again only from
   * there. Absent: at once.
   */
  readonly arrivesWithinMilliseconds?: number;
  /** Waits are multiples of so many milliseconds. Absent: of one. */
  readonly stepMilliseconds?: number;
}

/** What a limiter remembers, in milliseconds. */
interface Spent {
  /** When its bucket is full again, which is all there is to know about it. */
  readonly fullAt: number;
  readonly lastAt: number;
}

/** What the ledger keeps of the rate of an API. */
export const CallRateRecordSchema = z.object({ fullAt: AnyText });

const NOTHING_SPENT: Spent = { fullAt: 0, lastAt: 0 };

/**
 * The next permit, now or later (the generic cell rate algorithm). A later reservation gets a later one, and no two
 * together are more than the rate has. What rounding adds to a wait is not lost to those who follow.
 */
function reserve(limiter: RateLimiter, { fullAt, lastAt }: Spent, now: number): Spent {
  const {
    millisecondsApart,
    burst,
    leastMillisecondsApart,
    stepMilliseconds = 1,
    arrivesWithinMilliseconds = 0,
  } = limiter;
  const apart = leastMillisecondsApart === undefined ? 0 : lastAt + leastMillisecondsApart;
  const earliest = Math.max(now, fullAt - (burst - 1) * millisecondsApart, apart);
  const at = now + Math.ceil((earliest - now) / stepMilliseconds) * stepMilliseconds;
  return { fullAt: Math.max(fullAt, at + arrivesWithinMilliseconds) + millisecondsApart, lastAt: at };
}

interface ReservedCall {
  /** When to make it: now or later. */
  readonly at: Date;
  readonly fullAt: Date;
}

/** @param fullAt what the last reservation has left behind; null when there was none */
export function reserveCall(limiter: RateLimiter, fullAt: Date | null, now: Date): ReservedCall {
  const next = reserve(limiter, { ...NOTHING_SPENT, fullAt: fullAt?.getTime() ?? 0 }, now.getTime());
  return { at: new Date(next.lastAt), fullAt: new Date(next.fullAt) };
}

/** When the next one may come in, and what the lane remembers of it. */
interface NextTurn {
  readonly notBefore: Date;
  readonly state: LaneRateState | null;
}

/** @param limiter null: the lane lets in anyone who finds a slot */
export function nextTurn(limiter: RateLimiter | null, state: LaneRateState | null, now: Date): NextTurn {
  if (limiter === null) return { notBefore: now, state };
  const spent = state === null ? NOTHING_SPENT : { fullAt: Date.parse(state.fullAt), lastAt: Date.parse(state.lastAt) };
  const { fullAt, lastAt } = reserve(limiter, spent, now.getTime());
  return { notBefore: new Date(lastAt), state: { ...state, fullAt: instant(fullAt), lastAt: instant(lastAt) } };
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** A turn is for a moment: what AWS's rate allows then is somebody else's later. */
const TIMELY_SECONDS = 30;

/** Whether a turn that was not used yet still may be. */
export const isTimely = ({ notBefore }: Turn, now: Date): boolean =>
  now.getTime() <= Date.parse(notBefore) + TIMELY_SECONDS * 1000;

/** Whole seconds until then; 0 when it has passed. */
export const secondsUntil = (instant: string, now: Date): number =>
  Math.max(0, Math.ceil((Date.parse(instant) - now.getTime()) / 1000));
