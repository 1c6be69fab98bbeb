import { centsText, decimal } from '../../functions/metering/domain/decimal';
import { type NamedReport, type NamedReports, tenantLabels, UNASSIGNED } from './account-names';
import { padded, widthOf } from '../screen';
import type { LineItem } from '../../functions/metering/domain/usage-report';

export interface NamedMonth {
  readonly usage: NamedReports;
  readonly estimated: boolean;
}

type Cells = readonly [string, string, string];

/** The reports of a month, to be read in a terminal; amounts in cents. */
export function usageTable({ usage, estimated }: NamedMonth): string {
  const labelOf = tenantLabels(usage.reports);
  const rows: readonly Cells[] = [
    ...usage.reports.flatMap((report): readonly Cells[] => [
      [titleOf(report, labelOf), '', ''],
      ...report.lineItems.map((item): Cells => [
        `  ${shortened(item.service)}`,
        meaningOf(item),
        centsText(decimal(item.amount)),
      ]),
      ['  total', '', report.total],
      ['', '', ''],
    ]),
    ['all accounts', '', centsText(decimal(usage.invoiceTotal))],
  ];
  // A title has its line to itself, and would push amounts off the screen.
  const widths = [0, 1, 2].map((column) =>
    widthOf(rows.flatMap((cells) => (cells[2] === '' ? [] : [cells[column] ?? '']))),
  );
  const [first = 0, second = 0, third = 0] = widths;
  const lines = rows.map(([name, meaning, amount]) =>
    `${padded(name, first)}  ${padded(meaning, second)}  ${amount.padStart(third)}`.trimEnd(),
  );
  const title = `Usage of ${usage.month}, in ${usage.currency}${estimated ? '; AWS may still change it' : ''}`;
  return `${title}\n\n${lines.join('\n')}\n`;
}

/** Whose account it is, which one, and who pays. */
function titleOf({ tenantUuid, accountId, accountName, costCentre }: NamedReport, labelOf: (tenant: string) => string) {
  const parts = [
    tenantUuid === null ? UNASSIGNED : labelOf(tenantUuid),
    accountId,
    ...(accountName === undefined ? [] : [accountName]),
    ...(costCentre === undefined ? [] : [`cost centre ${costCentre}`]),
  ];
  return parts.map(shortened).join('  ');
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
