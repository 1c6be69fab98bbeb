import { centsText, decimal } from '../../functions/metering/domain/decimal';
import { padded, widthOf } from '../screen';
import type { MeteredMonth, LineItem } from '../../functions/metering/domain/usage-report';

type Cells = readonly [string, string, string];

/** The reports of a month, to be read in a terminal; amounts in cents. */
export function usageTable({ usage, estimated }: MeteredMonth): string {
  const rows: readonly Cells[] = [
    ...usage.reports.flatMap(({ tenantUuid, accountId, lineItems, total }): readonly Cells[] => [
      [`${shortened(tenantUuid ?? 'unassigned')}  ${accountId}`, '', ''],
      ...lineItems.map((item): Cells => [
        `  ${shortened(item.service)}`,
        meaningOf(item),
        centsText(decimal(item.amount)),
      ]),
      ['  total', '', total],
      ['', '', ''],
    ]),
    ['all accounts', '', centsText(decimal(usage.invoiceTotal))],
  ];
  const widths = [0, 1, 2].map((column) => widthOf(rows.map((cells) => cells[column] ?? '')));
  const [first = 0, second = 0, third = 0] = widths;
  const lines = rows.map(([name, meaning, amount]) =>
    `${padded(name, first)}  ${padded(meaning, second)}  ${amount.padStart(third)}`.trimEnd(),
  );
  const title = `Usage of ${usage.month}, in ${usage.currency}${estimated ? '; AWS may still change it' : ''}`;
  return `${title}\n\n${lines.join('\n')}\n`;
}

/** As long as it may be before the columns behind it leave the screen. */
const LONGEST_NAME = 60;

/** On one line, and unable to steer a terminal. */
const shortened = (name: string): string => {
  const plain = name.replaceAll(/\p{Cc}/gu, ' ');
  return plain.length <= LONGEST_NAME ? plain : `${plain.slice(0, LONGEST_NAME - 1)}…`;
};

/** The part of an ARN that distinguishes Savings Plans; JSON and page have all of it. */
const shortId = (subscriptionId: string | null): string => shortened(subscriptionId?.split('/').at(-1) ?? '');

function meaningOf({ type, subscriptionId }: LineItem): string {
  switch (type) {
    case 'USAGE':
      return '';
    case 'UPFRONT_FEE':
      return `upfront fee of ${shortId(subscriptionId)}`;
    case 'AMORTIZED_UPFRONT_DISCOUNT':
      return `discount: paid upfront for ${shortId(subscriptionId)}`;
  }
}
