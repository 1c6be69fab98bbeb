import type { Usage, Waiting } from './measured-usage';
import { dollarsOf, ITEMS } from './prices';

/** What one vending costs, as a table in Markdown: without anything that is free. */
export function priceOfVending(usage: Usage): string {
  const rows = ITEMS.filter((item) => item.count(usage) > 0).map(
    (item) => `| ${item.what} | ${item.count(usage).toFixed(1)} | ${dollarsOf(usage, item).toFixed(5)} |`,
  );
  return [
    '| what | how many | US dollars |',
    '|---|---|---|',
    ...rows,
    `| a vending | | ${sumOf(usage).toFixed(5)} |`,
    '',
  ].join('\n');
}

const sumOf = (usage: Usage): number => ITEMS.reduce((total, item) => total + dollarsOf(usage, item), 0);

/**
 * What waiting costs, of the price of a vending.
 *
 * @public
 */
export const shareOfWaiting = (vending: Usage, { usage }: Waiting): number => sumOf(usage) / sumOf(vending);

/** What waiting in a line adds to a vending, as a table in Markdown. */
export const priceOfWaiting = (vending: Usage, waiting: readonly Waiting[]): string =>
  [
    '| in line for | state transitions | Lambda calls | US dollars | of a vending |',
    '|---|---|---|---|---|',
    ...waiting.map((one) => {
      const { hours, usage } = one;
      const counts = [usage.stateTransitions, usage.invocations].map((count) => count.toFixed(1));
      const share = `${(shareOfWaiting(vending, one) * 100).toFixed(1)} %`;
      return `| ${[`${hours} h`, ...counts, sumOf(usage).toFixed(5), share].join(' | ')} |`;
    }),
    '',
  ].join('\n');
