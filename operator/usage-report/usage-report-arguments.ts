import { parseArgs } from 'node:util';

import { type Checked, type Fault, faultIf, refused } from '../../functions/domain/base/fault';
import type { Chargeback } from '../../functions/metering/domain/usage-report';
import { MonthSchema } from '../../functions/metering/domain/month';

export interface UsageReportArguments {
  readonly costData: string;
  readonly chargeback: Chargeback;
  readonly month: string | undefined;
  /** The file for the page, if one is wanted. */
  readonly htmlFile: string | undefined;
  readonly asTable: boolean;
}

export const USAGE = `Usage: npm run usage-report -- --cost-data FOLDER [--month YYYY-MM] [--filter NONE|EXCLUDE_TAX]
         [--reserved-instance-fair-chargeback] [--savings-plan-fair-chargeback] [--json | --table] [--html FILE]

FOLDER holds answers of Cost Explorer as AWS gives them, one page a file: GetCostAndUsage-*.json, GetReservationUtilization-SERVICE*.json,
GetSavingsPlansUtilizationDetails-*.json; and accounts.json, { "ACCOUNT_ID": "TENANT_UUID" }. The reports are printed as JSON, or with --table to be read.
--html also writes them as one page with charts. --filter says how the answers were fetched, and changes no amount.
`;

const FILTERS = ['NONE', 'EXCLUDE_TAX'];

/** All that is wrong with the arguments at once. */
export function usageReportArguments(args: readonly string[]): Checked<UsageReportArguments | 'help'> {
  let values;
  try {
    values = parsed(args);
  } catch (error) {
    return refused({ field: 'arguments', message: error instanceof Error ? error.message : String(error) });
  }
  if (values.help === true) return { ok: true, value: 'help' };
  const { 'cost-data': costData, month, html } = values;
  const faults = faultsIn(values);
  if (costData === undefined || faults.length > 0) return refused(...faults);
  const chargeback = {
    reservedInstanceFairChargeback: values['reserved-instance-fair-chargeback'] ?? false,
    savingsPlanFairChargeback: values['savings-plan-fair-chargeback'] ?? false,
  };
  return { ok: true, value: { costData, chargeback, month, htmlFile: html, asTable: values.table ?? false } };
}

type Values = ReturnType<typeof parsed>;

const faultsIn = ({ 'cost-data': costData, month, filter, json, table }: Values): readonly Fault[] => [
  ...(costData === undefined
    ? [{ field: '--cost-data', message: 'is missing. Name the folder with the answers of Cost Explorer.' }]
    : []),
  ...faultIf(
    month !== undefined && !MonthSchema.safeParse(month).success,
    '--month',
    month,
    'is no month; write it as in 2026-01.',
  ),
  ...faultIf(
    filter !== undefined && !FILTERS.includes(filter),
    '--filter',
    filter,
    `is no filter; it may be ${FILTERS.join(' or ')}.`,
  ),
  ...(json === true && table === true
    ? [{ field: '--table', message: 'cannot go with --json: take one of them.' }]
    : []),
];

// The options' types follow from this call.
const parsed = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: {
      'cost-data': { type: 'string' },
      month: { type: 'string' },
      filter: { type: 'string' },
      'reserved-instance-fair-chargeback': { type: 'boolean' },
      'savings-plan-fair-chargeback': { type: 'boolean' },
      html: { type: 'string' },
      json: { type: 'boolean' },
      table: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  }).values;
