import { type Decimal, centsText, decimal, sumOf } from '../../functions/metering/domain/decimal';
import type { LineItem } from '../../functions/metering/domain/usage-report';
import { type NamedReports, shortUuid, tenantLabels } from './account-names';
import { readableCents } from './amount-text';
import { barChart, type BarChartContent, INKS } from './bar-chart';
import { escaped, htmlTable } from './html';
import { amountOf, byCostCentre, byService, byTenant, type Figure, placed, shownNames } from './usage-figures';

/** A chart of those that cost most, and a table of all. */
export function costByMonth(months: readonly NamedReports[], currency: string): string {
  const labelOf = tenantLabels(months.flatMap(({ reports }) => reports));
  const figures = months.map((month) => byTenant(month));
  const overall = merged(figures.flat());
  const names = shownNames(overall);
  const shown = figures.map((ofMonth) => placed(withAll(ofMonth, overall), names));
  const series = (shown[0] ?? []).map(({ name }, i) => ({
    name: shortUuid(labelOf(name)),
    amounts: shown.map((ofMonth) => centsText(ofMonth[i]?.amount ?? decimal('0'))),
  }));
  const label = `Cost by tenant and month, in ${currency}`;
  const rows = overall.map(({ name, amount }) => ({
    name: labelOf(name),
    amounts: [...figures.map((ofMonth) => amountOf(ofMonth, name)), ...(months.length > 1 ? [amount] : [])],
  }));
  return (
    chart(label, { categories: months.map(({ month }) => month), series, currency, stacked: true }) +
    amountsTable(label, ['Tenant', ...months.map(({ month }) => month), ...(months.length > 1 ? ['Total'] : [])], rows)
  );
}

export const costByService = (usage: NamedReports): string => costBy('service', byService(usage), usage);

export const costByCostCentre = (usage: NamedReports): string => costBy('cost centre', byCostCentre(usage), usage);

function costBy(what: string, figures: readonly Figure[], usage: NamedReports): string {
  const shown = placed(figures, shownNames(figures));
  const label = `Cost by ${what} in ${usage.month}, in ${usage.currency}`;
  const series = [{ name: 'cost', amounts: shown.map(({ amount }) => centsText(amount)) }];
  const categories = shown.map(({ name }) => name);
  return (
    chart(label, { categories, series, currency: usage.currency, stacked: false }) +
    amountsTable(
      label,
      [`${what.charAt(0).toUpperCase()}${what.slice(1)}`, usage.month],
      figures.map(({ name, amount }) => ({ name, amounts: [amount] })),
    )
  );
}

export function effectOfChargeback(usage: NamedReports): string {
  const labelOf = tenantLabels(usage.reports);
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
  const categories = placed(charged, names).map(({ name }) => shortUuid(labelOf(name)));
  const rows = charged.map(({ name, amount }) => ({
    name: labelOf(name),
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

/** Said in words by the table that follows it. */
const chart = (label: string, content: BarChartContent): string =>
  `<figure role="img" aria-label="${escaped(label)}: the table below has its figures">${drawings(content)}</figure>`;

/** Drawn for two widths and two grounds, of which the style shows one: the reader's browser computes nothing. */
const drawings = (content: BarChartContent): string =>
  (['wide', 'narrow'] as const)
    .flatMap((width) =>
      (['light', 'dark'] as const).map(
        (ground) => `<div class="${ground} ${width}">${barChart(content, INKS[ground], width)}</div>`,
      ),
    )
    .join('');

interface AmountRow {
  readonly name: string;
  readonly amounts: readonly Decimal[];
}

/** Sums are those of exact amounts. */
function amountsTable(caption: string, head: readonly string[], rows: readonly AmountRow[]): string {
  const sums = head.slice(1).map((_, i) => sumOf(rows.map(({ amounts }) => amounts[i] ?? decimal('0'))));
  return htmlTable({
    caption,
    head,
    words: 1,
    rows: rows.map(({ name, amounts }) => [name, ...amounts.map(readableCents)]),
    foot: ['Total', ...sums.map(readableCents)],
  });
}
