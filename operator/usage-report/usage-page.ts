import type { Chargeback } from '../../functions/metering/domain/usage-report';
import { decimal } from '../../functions/metering/domain/decimal';
import type { NamedReports } from './account-names';
import { readableCents } from './amount-text';
import { costByCostCentre, costByMonth, costByService, effectOfChargeback } from './charted-sections';
import { escaped } from './html';
import { PAGE_STYLE } from './page-style';
import { reportDetails } from './report-details';
import type { NamedMonth } from './usage-table';

export interface UsagePageContent {
  /** The month in detail. */
  readonly metered: NamedMonth;
  /** All months of the cost data, this one among them. */
  readonly months: readonly NamedReports[];
  readonly chargeback: Chargeback;
}

/** One page that needs nothing else: charts as SVG, each with a table of its figures, and every line item. */
export function usagePage({ metered, months, chargeback }: UsagePageContent): string {
  const { usage } = metered;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>AWS usage of ${usage.month}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>AWS usage of ${usage.month}</h1>
${summary(metered, chargeback)}
${section('Cost by tenant and month', costByMonth(months, usage.currency))}
${costCentres(usage)}${section('Cost by service', costByService(usage))}
${section('Effect of chargeback', `<p>${EFFECT}</p>${effectOfChargeback(usage)}`)}
${section('Reports', `<p>${ROUNDING}</p>${usage.reports.map((report) => reportDetails(report, usage)).join('\n')}`)}
</main>
</body>
</html>
`;
}

const EFFECT =
  'What each tenant would bear by amortized cost alone, and what it bears when upfront fees are charged where and when they were paid. Without fair chargeback, both are the same.';

const ROUNDING = 'Amounts are rounded to cents, half-up; JSON and CSV have all digits that AWS has sent.';

/** Where none is known there is nothing to see. */
const costCentres = (usage: NamedReports): string =>
  usage.reports.some(({ costCentre }) => costCentre !== undefined)
    ? `${section('Cost by cost centre', costByCostCentre(usage))}\n`
    : '';

function summary({ usage, estimated }: NamedMonth, chargeback: Chargeback): string {
  const owned = usage.reports.flatMap(({ tenantUuid }) => (tenantUuid === null ? [] : [tenantUuid]));
  const unassigned = usage.reports.length - owned.length;
  const facts: readonly (readonly [string, string])[] = [
    ['Total', `${readableCents(decimal(usage.invoiceTotal))} ${usage.currency}`],
    [
      'Accounts',
      `${usage.reports.length}, of ${new Set(owned).size} tenants${unassigned > 0 ? `; ${unassigned} unassigned` : ''}`,
    ],
    ['Fair chargeback', chargedKinds(chargeback)],
    ['State', estimated ? 'AWS may still change these amounts.' : 'AWS calls these amounts final.'],
  ];
  return `<dl>${facts.map(([name, fact]) => `<dt>${name}</dt><dd>${escaped(fact)}</dd>`).join('\n')}</dl>`;
}

function chargedKinds({ reservedInstanceFairChargeback, savingsPlanFairChargeback }: Chargeback): string {
  const kinds = [
    ...(reservedInstanceFairChargeback ? ['reserved instances'] : []),
    ...(savingsPlanFairChargeback ? ['Savings Plans'] : []),
  ];
  return kinds.length === 0 ? 'none' : kinds.join(' and ');
}

const section = (title: string, content: string): string => `<section><h2>${title}</h2>${content}</section>`;
