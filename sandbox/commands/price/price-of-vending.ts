import type { Usage } from './measured-usage';
import { dollarsOf, ITEMS } from './prices';

/** What one vending costs, as a table in Markdown: without anything that is free. */
export function priceOfVending(usage: Usage): string {
  const rows = ITEMS.filter((item) => item.count(usage) > 0).map(
    (item) => `| ${item.what} | ${item.count(usage).toFixed(1)} | ${dollarsOf(usage, item).toFixed(5)} |`,
  );
  const sum = ITEMS.reduce((total, item) => total + dollarsOf(usage, item), 0);
  return ['| what | how many | US dollars |', '|---|---|---|', ...rows, `| a vending | | ${sum.toFixed(4)} |`, ''].join(
    '\n',
  );
}
