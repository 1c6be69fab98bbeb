import { metricsOf, OCCASIONS } from './own-metrics';

/** The price of one metric in a month with a data point in each hour, in US dollars: AWS's list price in us-east-1. */
const DOLLARS_PER_METRIC = 0.3;

/** What our own metrics cost, by occasion, as a table in Markdown: each row has those that none above it has. */
export function priceOfOwnMetrics(): string {
  const kept = (['together', 'byState'] as const).map((stepDurations) => {
    const counted = new Set<string>();
    const rows = Object.values(OCCASIONS).map((measurements) => {
      const more = [...metricsOf(measurements, stepDurations)].filter((metric) => !counted.has(metric));
      more.forEach((metric) => counted.add(metric));
      return more.length;
    });
    return [...rows, counted.size];
  });
  const names: readonly string[] = [...Object.keys(OCCASIONS), 'all that there can be'];
  const dollars = (count: number): string => (count * DOLLARS_PER_METRIC).toFixed(2);
  const rows = names.map((name, row) => {
    const [together = 0, byState = 0] = kept.map((counts) => counts[row] ?? 0);
    return `| ${name} | ${together} | ${dollars(together)} | ${byState} | ${dollars(byState)} |`;
  });
  return [
    '| what happens | metrics more | US dollars a month at most | with `stepDurations=byState` | US dollars a month at most |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
