import type { LaneRate } from './lanes';
import type { LaneRateState } from './lane-records';
import type { Turn } from '../records/ledger-records';

/** When the next one may come in, and what the lane remembers of it. */
export interface NextTurn {
  readonly notBefore: Date;
  readonly state: LaneRateState | null;
}

/**
 * The next turn of a lane, now or later. The lane keeps in mind when its bucket would be full again, which is all there
 * is to know about it (the generic cell rate algorithm). Waits are whole seconds, as the workflow counts them; what
 * rounding adds is not lost to those who follow.
 */
export function nextTurn(rate: LaneRate | null, state: LaneRateState | null, now: Date): NextTurn {
  if (rate === null) return { notBefore: now, state };
  const interval = rate.secondsPerTurn * 1000;
  const fullAt = state === null ? 0 : Date.parse(state.fullAt);
  const lastAt = state === null ? 0 : Date.parse(state.lastAt);
  const earliest = Math.max(
    now.getTime(),
    fullAt - (rate.burst - 1) * interval,
    lastAt + rate.leastSecondsBetween * 1000,
  );
  const notBefore = now.getTime() + Math.ceil((earliest - now.getTime()) / 1000) * 1000;
  return {
    notBefore: new Date(notBefore),
    state: { ...state, fullAt: instant(Math.max(fullAt, notBefore) + interval), lastAt: instant(notBefore) },
  };
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
