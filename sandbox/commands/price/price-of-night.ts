import type { Usage } from './measured-usage';
import { dollarsOf, type Item, ITEMS } from './prices';

const TENANTS = 1000;

/** What a night costs for a thousand tenants, as a table in Markdown. */
export function priceOfNight(usage: Usage): string {
  const dollars = (item: Item): number => dollarsOf(usage, item, TENANTS);
  const rows = ITEMS.filter((item) => item.count(usage) > 0).map(
    (item) => `| ${item.what} | ${item.count(usage).toFixed(1)} | ${dollars(item).toFixed(3)} |`,
  );
  const sum = ITEMS.reduce((total, item) => total + dollars(item), 0);
  return [
    '| what | for each tenant | US dollars for 1,000 tenants |',
    '|---|---|---|',
    ...rows,
    `| a night | | ${sum.toFixed(2)} |`,
    `| a month of 30 | | ${(30 * sum).toFixed(2)} |`,
    '',
  ].join('\n');
}
