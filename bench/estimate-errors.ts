import { ASKED_AT, type AskedEstimate, type ToldTime } from './asked-estimates';
import { percentile, rounded } from './percentile';

/** How far the estimates were from the real times, at one moment of a vending. */
export interface EstimateError {
  /** The part of the time that AWS allows, after which it was asked. */
  readonly part: number;
  /** Requests that were not ready by then. */
  readonly asked: number;
  /** The share of these without an estimate. */
  readonly untoldShare: number;
  /** Half of the estimates are nearer than this to the real time; null if there was no estimate. */
  readonly medianErrorSeconds: number | null;
  /** The same as a share of the time that was left. */
  readonly medianErrorShare: number | null;
  /** The share of the estimated ranges that held the real time. */
  readonly withinRangeShare: number | null;
}

/** @param readySeconds when the account of a tenant was ready */
export const estimateErrors = (
  asked: readonly AskedEstimate[],
  readySeconds: ReadonlyMap<string, number>,
): readonly EstimateError[] =>
  ASKED_AT.map((part) => {
    const judged = asked.flatMap(({ tenantUuid, atSeconds, told, ...one }) => {
      const came = readySeconds.get(tenantUuid) ?? Infinity;
      return one.part === part && came > atSeconds ? [{ atSeconds, told, came }] : [];
    });
    return errorAt(part, judged);
  });

interface Judged {
  readonly atSeconds: number;
  readonly told: ToldTime | null;
  readonly came: number;
}

function errorAt(part: number, judged: readonly Judged[]): EstimateError {
  const errors = judged.flatMap(({ atSeconds, told, came }) => {
    if (told === null) return [];
    const seconds = Math.abs(told.readySeconds - came);
    const within = told.earliestSeconds <= came && came <= told.latestSeconds;
    return [{ seconds, share: seconds / (came - atSeconds), within }];
  });
  const share = (count: number, of: number): number | null => (of === 0 ? null : rounded(count / of));
  return {
    part,
    asked: judged.length,
    untoldShare: share(judged.length - errors.length, judged.length) ?? 0,
    medianErrorSeconds: roundedOrNull(
      percentile(
        errors.map(({ seconds }) => seconds),
        50,
      ),
    ),
    medianErrorShare: roundedOrNull(
      percentile(
        errors.map((error) => error.share),
        50,
      ),
    ),
    withinRangeShare: share(errors.filter(({ within }) => within).length, errors.length),
  };
}

const roundedOrNull = (value: number | null): number | null => (value === null ? null : rounded(value));
