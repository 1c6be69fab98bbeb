import type { MonthUsage } from './responses';

const COLUMNS = [
  'month',
  'currency',
  'tenantUuid',
  'accountId',
  'state',
  'version',
  'type',
  'service',
  'subscriptionId',
  'amount',
] as const;

/** Line items as comma-separated values (RFC 4180), a header first. Amounts are unrounded. */
export function usageCsv({ month, currency, reports }: Pick<MonthUsage, 'month' | 'currency' | 'reports'>): string {
  const rows = reports.flatMap(({ tenantUuid, accountId, state, version, lineItems }) =>
    lineItems.map(({ type, service, subscriptionId, amount }) => [
      ...[month, currency, tenantUuid ?? '', accountId, state, String(version)],
      ...[type, service, subscriptionId ?? '', amount],
    ]),
  );
  return [COLUMNS, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

/** A spreadsheet takes what begins with one of these for a formula; a negative amount is none, but `-2+cmd|'/c calc'!A0` is. */
const FORMULA = /^[=+@\t\r\n＝＋＠－]|^-(?!\d+([.]\d+)?$)/u;

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
