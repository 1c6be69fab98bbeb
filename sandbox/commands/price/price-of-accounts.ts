import type { MeasuredUsage, Usage } from './measured-usage';
import type { IdleMonth } from './price-of-idle-month';
import { dollarsOf, ITEMS } from './prices';

/** How many accounts are vended once, when an organization begins. */
const VENDED_ONCE = [50, 500, 10_000] as const;

const IN_ORGANIZATION = 500;
const NIGHTS = 30;
const NEW_IN_A_MONTH = 0.1;

interface AccountsUsage {
  readonly enrolled: MeasuredUsage;
  readonly others: MeasuredUsage;
  readonly idle: IdleMonth;
}

/** What vendings, nights and months cost with Control Tower and without it, as a table in Markdown. */
export function priceOfAccounts({ enrolled, others, idle }: AccountsUsage): string {
  const row = (what: string, digits: number, dollars: (usage: MeasuredUsage) => number): string =>
    `| ${what} | ${dollars(enrolled).toFixed(digits)} | ${dollars(others).toFixed(digits)} |`;
  const ofUse = ({ vending, night }: MeasuredUsage): number =>
    IN_ORGANIZATION * (NIGHTS * priceOf(night) + NEW_IN_A_MONTH * priceOf(vending));
  const month = `a month of ${IN_ORGANIZATION} accounts`;
  return [
    '| US dollars | with Control Tower | without |',
    '|---|---|---|',
    row('a vending', 4, ({ vending }) => priceOf(vending)),
    row('a night of 1,000 tenants', 3, ({ night }) => 1000 * priceOf(night)),
    ...VENDED_ONCE.map((count) =>
      row(`vending ${count.toLocaleString('en')} accounts, once`, 2, ({ vending }) => count * priceOf(vending)),
    ),
    row(month, 2, (usage) => idle.dollars + ofUse(usage)),
    row(`${month}, nothing free`, 2, (usage) => idle.dollarsNothingFree + ofUse(usage)),
    '',
  ].join('\n');
}

const ORGANIZATIONS = [50, 500, 2000, 10_000] as const;

/** What a month costs in organizations with accounts of both kinds, as a table in Markdown. */
export function priceOfMonths({ vending, night }: MeasuredUsage, idle: IdleMonth): string {
  const about = (dollars: number): string => `about $${dollars.toFixed(0)}`;
  const rows = ORGANIZATIONS.map((count) => {
    const nights = count * NIGHTS * priceOf(night);
    const vendings = count * NEW_IN_A_MONTH * priceOf(vending);
    const month = idle.dollars + nights + vendings;
    const cells = [
      count.toLocaleString('en'),
      ...[idle.dollars, nights, vendings].map((dollars) => dollars.toFixed(2)),
      ...[month, month - nights, month - idle.dollars + idle.dollarsNothingFree].map(about),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| accounts | idle | 30 nights | new accounts | a month | a month without nights | a month, nothing free |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

const priceOf = (usage: Usage): number => ITEMS.reduce((sum, item) => sum + dollarsOf(usage, item), 0);
