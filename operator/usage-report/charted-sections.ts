import { type Decimal, centsText, decimal, sumOf } from '../../functions/metering/domain/decimal';
import type { LineItem, UsageReports } from '../../functions/metering/domain/usage-report';
import { readableCents } from './amount-text';
import { barChart, type BarChartContent, INKS } from './bar-chart';
import { escaped, htmlTable, scrolled } from './html';
import { amountOf, byService, byTenant, type Figure, placed, shownNames } from './usage-figures';

/** A chart of those that cost most, and a table of all. */
export function costByMonth(months: readonly UsageReports[], currency: string): string {
  const figures = months.map((month) => byTenant(month));
  const overall = merged(figures.flat());
  const names = shownNames(overall);
  const shown = figures.map((ofMonth) => placed(withAll(ofMonth, overall), names));
  const series = (shown[0] ?? []).map(({ name }, i) => ({
    name: shortName(name),
    amounts: shown.map((ofMonth) => centsText(ofMonth[i]?.amount ?? decimal('0'))),
  }));
  const label = `Cost by tenant and month, in ${currency}`;
  const rows = overall.map(({ name, amount }) => ({
    name,
    amounts: [...figures.map((ofMonth) => amountOf(ofMonth, name)), ...(months.length > 1 ? [amount] : [])],
  }));
  return (
    chart(label, { categories: months.map(({ month }) => month), series, currency, stacked: true }) +
    amountsTable(label, ['Tenant', ...months.map(({ month }) => month), ...(months.length > 1 ? ['Total'] : [])], rows)
  );
}

export function costByService(usage: UsageReports): string {
  const figures = byService(usage);
  const shown = placed(figures, shownNames(figures));
  const label = `Cost by service in ${usage.month}, in ${usage.currency}`;
  const series = [{ name: 'cost', amounts: shown.map(({ amount }) => centsText(amount)) }];
  const categories = shown.map(({ name }) => name);
  return (
    chart(label, { categories, series, currency: usage.currency, stacked: false }) +
    amountsTable(
      label,
      ['Service', usage.month],
      figures.map(({ name, amount }) => ({ name, amounts: [amount] })),
    )
  );
}

export function effectOfChargeback(usage: UsageReports): string {
  const charged = byTenant(usage);
  const ofType = (type: LineItem['type']): readonly Figure[] =>
    withAll(
      byTenant(usage, (item) => item.type === type),
      charged,
    );
  const [amortized, fees, discounts] = [ofType('USAGE'), ofType('UPFRONT_FEE'), ofType('AMORTIZED_UPFRONT_DISCOUNT')];
  const names = shownNames(charged);
  const centsIn = (figures: readonly Figure[]): readonly string[] =>
    placed(figures, names).map(({ amount }) => centsText(amount));
  const label = `Effect of chargeback in ${usage.month}, in ${usage.currency}`;
  const series = [
    { name: 'amortized cost', amounts: centsIn(amortized) },
    { name: 'charged', amounts: centsIn(charged) },
  ];
  const categories = placed(charged, names).map(({ name }) => shortName(name));
  const rows = charged.map(({ name, amount }) => ({
    name,
    amounts: [...[amortized, fees, discounts].map((figures) => amountOf(figures, name)), amount],
  }));
  return (
    chart(label, { categories, series, currency: usage.currency, stacked: false }) +
    amountsTable(label, ['Tenant', 'Amortized cost', 'Upfront fees', 'Discounts', 'Charged'], rows)
  );
}

/** Dearest first. */
const merged = (figures: readonly Figure[]): readonly Figure[] =>
  [...Map.groupBy(figures, ({ name }) => name)]
    .map(([name, group]): Figure => ({ name, amount: sumOf(group.map(({ amount }) => amount)) }))
    .toSorted((one, other) => other.amount.cmp(one.amount));

/** So that "others" is the same number of tenants everywhere. */
const withAll = (figures: readonly Figure[], all: readonly Figure[]): readonly Figure[] =>
  all.map(({ name }) => ({ name, amount: amountOf(figures, name) }));

/** The tables have the whole uuid. */
const shortName = (name: string): string =>
  /^[0-9a-f-]{36}$/i.test(name) ? `${name.slice(0, 8)}…${name.slice(-4)}` : name;

/** Said in words by the table that follows it. */
const chart = (label: string, content: BarChartContent): string =>
  `<figure role="img" aria-label="${escaped(label)}: the table below has its figures">${scrolled(
    label,
    `<div class="light">${barChart(content, INKS.light)}</div><div class="dark">${barChart(content, INKS.dark)}</div>`,
  )}</figure>`;

interface AmountRow {
  readonly name: string;
  readonly amounts: readonly Decimal[];
}

/** Sums are those of exact amounts. */
function amountsTable(caption: string, head: readonly string[], rows: readonly AmountRow[]): string {
  const sums = head.slice(1).map((_, i) => sumOf(rows.map(({ amounts }) => amounts[i] ?? decimal('0'))));
  return htmlTable({
    ...{ caption, head, words: 1 },
    rows: rows.map(({ name, amounts }) => [name, ...amounts.map(readableCents)]),
    foot: ['Total', ...sums.map(readableCents)],
  });
}
