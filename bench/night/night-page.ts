import { withBlock } from '../../sandbox/marked-block';
import { table } from '../figures';
import type { NightMeasures } from './night-measures';

const MARKS = ['<!-- figures by npm run bench:night -- --docs: begin -->', '<!-- night: end -->'] as const;

/** APIs that are nearer to their limit than this are worth a line. */
const WORTH_TELLING = 0.02;

/** The page with the figures of these nights. */
export const withNights = (markdown: string, nights: readonly NightMeasures[]): string =>
  withBlock(markdown, MARKS, nightTables(nights));

/** How long nights of so many tenants take, and what the longest asks of AWS. */
export function nightTables(nights: readonly NightMeasures[]): string {
  const last = nights.at(-1);
  const times = nights.map(({ tenants, seconds, secondsPerTenant, throttles, writes }) => [
    String(tenants),
    hoursOf(seconds),
    secondsPerTenant.toFixed(2),
    String(throttles),
    String(writes),
  ]);
  const apis = (last?.apis ?? [])
    .filter(({ shareOfQuota }) => shareOfQuota >= WORTH_TELLING)
    .map((api) => [
      api.name,
      api.callsPerTenant.toFixed(1),
      api.perSecond.toFixed(2),
      String(api.mostInSecond),
      String(api.quotaPerSecond),
      String(api.quotaBurst),
      `${Math.round(100 * api.shareOfQuota)} %`,
    ]);
  return [
    table(['tenants', 'over after', 'seconds for each', 'throttles', 'writes'], times),
    '',
    `What ${last?.tenants ?? 0} tenants ask of AWS:`,
    '',
    table(['API', 'calls for each', 'calls a second', 'most in a second', 'AWS allows', 'at once', 'used'], apis),
  ].join('\n');
}

const hoursOf = (seconds: number): string => {
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};
