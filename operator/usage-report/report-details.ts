import type { AccountReport, LineItem, UsageReports } from '../../functions/metering/domain/usage-report';
import { pointsAligned, withThousands } from './amount-text';
import { escaped, htmlTable } from './html';
import { UNASSIGNED } from './usage-figures';

/** More than these are shut, so that the page can be overlooked. */
const MAX_OPEN = 12;

/** Every line item of an account, behind its total. */
export function reportDetails(report: AccountReport, { reports, currency }: UsageReports): string {
  const { tenantUuid, accountId, lineItems, total } = report;
  const name = `${tenantUuid ?? UNASSIGNED}, account ${accountId}`;
  const [totalText = '', ...amounts] = pointsAligned(
    [total, ...lineItems.map(({ amount }) => amount)].map(withThousands),
  );
  const table = htmlTable({
    caption: `Line items of ${name}`,
    head: ['Service', 'Line', currency],
    rows: lineItems.map((item, i) => [item.service, meaningOf(item), amounts[i] ?? '']),
    foot: ['Total', '', totalText],
    words: 2,
  });
  const open = reports.length <= MAX_OPEN ? ' open' : '';
  return `<details${open}><summary><strong>${escaped(name)}</strong>: ${withThousands(total)} ${escaped(currency)}</summary>${table}</details>`;
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
