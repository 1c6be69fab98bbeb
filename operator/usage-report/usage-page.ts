import { centsText, decimal, sumOf } from '../../functions/domain/metering/decimal';
import type { MeteredMonth } from '../../functions/domain/metering/meter-month';
import type { LineItem, UsageReports } from '../../functions/domain/metering/usage-report';
import { barChart, type BarChartContent, INKS } from './bar-chart';
import { amountOf, byService, byTenant, type Figure, placed, shownNames, UNASSIGNED } from './usage-figures';

/**
 * One page that needs nothing else: charts as SVG, tables with every amount, light or dark as the reader's system is.
 *
 * @param metered the month in detail
 * @param months all months of the cost data, this one among them
 */
export function usagePage(metered: MeteredMonth, months: readonly UsageReports[]): string {
  const { usage, estimated } = metered;
  const { currency } = usage;
  const total = centsText(decimal(usage.invoiceTotal));
  const state = estimated ? 'AWS may still change these amounts.' : 'AWS calls these amounts final.';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>AWS usage of ${usage.month}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>AWS usage of ${usage.month}</h1>
<p>${usage.reports.length} accounts, ${total} ${escaped(currency)}. ${state} Line items have all digits that AWS has sent; totals are rounded to cents, half-up.</p>
${section('Cost by tenant and month', chart(costByMonth(months, currency)))}
${section('Cost by service', chart(single(byService(usage), currency)))}
${section('Effect of chargeback', `<p>${EFFECT}</p>${chart(effect(usage))}`)}
${section('Reports', usage.reports.map((report) => reportTable(report, currency)).join('\n'))}
</main>
</body>
</html>
`;
}

const EFFECT =
  'What each tenant would bear by amortized cost alone, and what it bears when upfront fees are charged where and when they were paid. Without fair chargeback, both are the same.';

function costByMonth(months: readonly UsageReports[], currency: string): BarChartContent {
  const lines = months.flatMap((month) => byTenant(month));
  const overall = [...Map.groupBy(lines, ({ name }) => name)]
    .map(([name, group]): Figure => ({ name, amount: sumOf(group.map(({ amount }) => amount)) }))
    .toSorted((one, other) => other.amount.cmp(one.amount));
  const names = shownNames(overall);
  const perMonth = months.map((month) => placed(withAll(byTenant(month), overall), names));
  const series = (perMonth[0] ?? []).map(({ name }, i) => ({
    name: shortName(name),
    amounts: perMonth.map((figures) => centsText(figures[i]?.amount ?? decimal('0'))),
  }));
  return { categories: months.map(({ month }) => month), series, currency, stacked: true };
}

/** So that "others" is the same number of tenants in every month. */
const withAll = (figures: readonly Figure[], all: readonly Figure[]): readonly Figure[] =>
  all.map(({ name }) => ({ name, amount: amountOf(figures, name) }));

function single(figures: readonly Figure[], currency: string): BarChartContent {
  const shown = placed(figures, shownNames(figures));
  const series = [{ name: 'cost', amounts: shown.map(({ amount }) => centsText(amount)) }];
  return { categories: shown.map(({ name }) => name), series, currency, stacked: false };
}

function effect(usage: UsageReports): BarChartContent {
  const charged = byTenant(usage);
  const amortized = byTenant(usage, ({ type }) => type === 'USAGE');
  const names = shownNames(charged);
  const amountsIn = (figures: readonly Figure[]): readonly string[] =>
    placed(withAll(figures, charged), names).map(({ amount }) => centsText(amount));
  return {
    categories: placed(charged, names).map(({ name }) => shortName(name)),
    series: [
      { name: 'amortized cost', amounts: amountsIn(amortized) },
      { name: 'charged', amounts: amountsIn(charged) },
    ],
    currency: usage.currency,
    stacked: false,
  };
}

/** The tables have the whole uuid. */
const shortName = (name: string): string =>
  /^[0-9a-f-]{36}$/i.test(name) ? `${name.slice(0, 8)}…${name.slice(-4)}` : name;

const chart = (content: BarChartContent): string =>
  `<div class="light">${barChart(content, INKS.light)}</div><div class="dark">${barChart(content, INKS.dark)}</div>`;

const section = (title: string, content: string): string => `<section><h2>${title}</h2>${content}</section>`;

function reportTable(
  { tenantUuid, accountId, lineItems, total }: UsageReports['reports'][number],
  currency: string,
): string {
  const rows = lineItems.map(
    (item) =>
      `<tr><td>${escaped(item.service)}</td><td>${escaped(meaningOf(item))}</td><td class="amount">${item.amount}</td></tr>`,
  );
  return `<table>
<caption>${escaped(tenantUuid ?? UNASSIGNED)} <span>account ${escaped(accountId)}</span></caption>
<thead><tr><th>Service</th><th>Line</th><th class="amount">${escaped(currency)}</th></tr></thead>
<tbody>${rows.join('')}</tbody>
<tfoot><tr><th colspan="2">Total</th><td class="amount">${total}</td></tr></tfoot>
</table>`;
}

function meaningOf({ type, subscriptionId }: LineItem): string {
  switch (type) {
    case 'USAGE':
      return 'amortized cost';
    case 'UPFRONT_FEE':
      return `upfront fee of ${subscriptionId ?? ''}`;
    case 'AMORTIZED_UPFRONT_DISCOUNT':
      return `paid upfront for ${subscriptionId ?? ''}`;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

const STYLE = `
:root { color: ${INKS.light.text}; background: ${INKS.light.ground}; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 56rem; margin: 0 auto; padding: 1rem; }
section { margin: 2rem 0; }
svg { max-width: 100%; height: auto; }
table { width: 100%; border-collapse: collapse; margin: 1.5rem 0; font-size: .9rem; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
caption span { font-weight: 400; }
th { text-align: left; }
td, th { padding: .25rem .5rem; border-bottom: 1px solid ${INKS.light.line}; overflow-wrap: anywhere; }
.amount { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.dark { display: none; }
@media (prefers-color-scheme: dark) {
  :root { color: ${INKS.dark.text}; background: ${INKS.dark.ground}; }
  td, th { border-color: ${INKS.dark.line}; }
  .light { display: none; }
  .dark { display: block; }
}
`;
