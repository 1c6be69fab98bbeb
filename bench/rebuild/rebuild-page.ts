import { withBlock } from '../../sandbox/marked-block';
import { table } from '../figures';
import type { RebuildMeasures } from './observe-rebuild';

const MARKS = ['<!-- figures by npm run bench:rebuild -- --docs: begin -->', '<!-- rebuild: end -->'] as const;

/** The runbook with the figures of these rebuilds. */
export const withRebuilds = (markdown: string, rebuilds: readonly RebuildMeasures[]): string =>
  withBlock(markdown, MARKS, rebuildTable(rebuilds));

/** How long it takes to fill the ledger of so many tenants. The runbook does it twice, the first time dry. */
export const rebuildTable = (rebuilds: readonly RebuildMeasures[]): string =>
  table(
    ['tenants', 'calls of AWS', 'refused as too many', 'one `rebuild`', 'dry and then in earnest'],
    rebuilds.map(({ tenants, calls, throttles, seconds }) => [
      ...[tenants, calls, throttles].map(String),
      ...[seconds, 2 * seconds].map(minutesOf),
    ]),
  );

const minutesOf = (seconds: number): string => `${(seconds / 60).toFixed(1)} min`;
