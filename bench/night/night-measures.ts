import { awsLimits } from '../../sandbox/organization/organization-limits';
import { rounded } from '../percentile';
import { THROTTLES } from '../observation';
import type { Night, NightCall } from './observe-night';

/** What a night over so many known tenants takes of AWS. */
export interface NightMeasures {
  readonly tenants: number;
  /** From the schedule to the report. */
  readonly seconds: number;
  readonly secondsPerTenant: number;
  readonly throttles: number;
  readonly writes: number;
  /** Those that AWS limits, the nearest to its limit first. */
  readonly apis: readonly ApiMeasures[];
}

export interface ApiMeasures {
  readonly name: string;
  readonly calls: number;
  readonly callsPerTenant: number;
  /** Over the whole night. */
  readonly perSecond: number;
  /** In the second that had most. */
  readonly mostInSecond: number;
  readonly quotaPerSecond: number;
  readonly quotaBurst: number;
  readonly shareOfQuota: number;
}

/** Sessions, and the landing zone's own function, which is called in every run. */
const WRITES_NOTHING = new Set(['sts', 'lambda']);

export function nightMeasures({ startedAt, endedAt, compared, calls }: Night): NightMeasures {
  const seconds = (endedAt - startedAt) / 1000;
  const limited = Map.groupBy(calls, limitOf);
  return {
    tenants: compared,
    seconds: rounded(seconds),
    secondsPerTenant: rounded(seconds / compared),
    throttles: calls.filter(({ outcome }) => THROTTLES.has(outcome)).length,
    writes: calls.filter(({ write, service }) => write && !WRITES_NOTHING.has(service)).length,
    apis: [...limited]
      .flatMap(([name, made]) => (name === null ? [] : [measuresOf(name, made, seconds, compared)]))
      .sort((one, other) => other.shareOfQuota - one.shareOfQuota),
  };
}

/** What `npm run bench:night` promises, and its exit code says. */
export const throttlesNothing = (nights: readonly NightMeasures[]): boolean =>
  nights.every(({ throttles }) => throttles === 0);

/** Operations that share a limit count together. */
function limitOf({ service, operation }: NightCall): string | null {
  return [`${service}:${operation}`, `${service}:*`].find((name) => awsLimits.rates[name] !== undefined) ?? null;
}

function measuresOf(name: string, calls: readonly NightCall[], seconds: number, tenants: number): ApiMeasures {
  const [quotaPerSecond, quotaBurst] = awsLimits.rates[name] ?? [Infinity, Infinity];
  const bySecond = Map.groupBy(calls, ({ at }) => Math.floor(at / 1000));
  const perSecond = calls.length / seconds;
  return {
    name,
    calls: calls.length,
    callsPerTenant: rounded(calls.length / tenants),
    perSecond: rounded(perSecond),
    mostInSecond: Math.max(...[...bySecond.values()].map(({ length }) => length)),
    quotaPerSecond,
    quotaBurst,
    shareOfQuota: rounded(perSecond / quotaPerSecond),
  };
}
