import { decimal } from '../../functions/metering/domain/decimal';
import type { LineItem } from '../../functions/metering/domain/usage-report';
import { type NamedReport, type NamedReports, tenantLabels, UNASSIGNED } from './account-names';
import { readableCents, withThousands } from './amount-text';
import { escaped, htmlTable } from './html';

/** More than these are shut, so that the page can be overlooked. */
const MAX_OPEN = 12;

/** Every line item of an account, behind its total. */
export function reportDetails(report: NamedReport, { reports, currency }: NamedReports): string {
  const { lineItems, total } = report;
  const name = nameOf(report, tenantLabels(reports));
  const table = htmlTable({
    caption: `Line items of ${name}`,
    head: ['Service', 'Line', currency],
    rows: lineItems.map((item) => [item.service, meaningOf(item), readableCents(decimal(item.amount))]),
    foot: ['Total', '', withThousands(total)],
    words: 2,
  });
  const open = reports.length <= MAX_OPEN ? ' open' : '';
  return `<details${open}><summary><strong>${escaped(name)}</strong>: ${withThousands(total)} ${escaped(currency)}</summary>${table}</details>`;
}

function nameOf({ tenantUuid, accountId, accountName, costCentre }: NamedReport, labelOf: (tenant: string) => string) {
  const account = accountName === undefined ? accountId : `${accountId} (${accountName})`;
  const tenant = tenantUuid === null ? UNASSIGNED : labelOf(tenantUuid);
  return `${tenant}, account ${account}${costCentre === undefined ? '' : `, cost centre ${costCentre}`}`;
}

function meaningOf({ type, subscriptionId }: LineItem): string {
  switch (type) {
    case 'USAGE':
      return 'amortized cost';
    case 'UPFRONT_FEE':
      return `upfront fee of ${subscriptionId ?? ''}`;
    case 'AMORTIZED_UPFRONT_DISCOUNT':
      return `discount: paid upfront for ${subscriptionId ?? ''}`;
  }
}
