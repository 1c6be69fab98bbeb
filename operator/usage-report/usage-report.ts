import { writeFileSync } from 'node:fs';

import type { Checked } from '../../functions/domain/base/fault';
import { type Chargeback, meterMonth, meterMonths } from '../../functions/metering/domain/usage-report';
import { reasonOf } from '../../infra/json-file';
import type { CommandContext } from '../command-context';
import { faultCount, OperatorError } from '../operator-error';
import { withNames } from './account-names';
import { readCostData } from './read-cost-data';
import { usagePage } from './usage-page';
import { usageTable } from './usage-table';

export interface UsageReportOptions {
  readonly costData: string;
  readonly chargeback: Chargeback;
  readonly month: string | undefined;
  /** The file for the page, if one is wanted. */
  readonly htmlFile: string | undefined;
  readonly asTable: boolean;
}

/**
 * `account-vending usage-report`: the reports of one month from answers of Cost Explorer, without AWS.
 *
 * @returns 0: reported
 * @throws OperatorError with all faults: then there is no report
 */
export function usageReport(
  { costData, chargeback, month, htmlFile, asTable }: UsageReportOptions,
  { print, notify }: Pick<CommandContext, 'print' | 'notify'>,
): number {
  const { answers, tenants, names } = usable(readCostData(costData));
  const { usage, estimated } = usable(meterMonth(answers, tenants, chargeback, month));
  const metered = { usage: withNames(usage, names), estimated };
  if (htmlFile !== undefined) {
    const months = usable(meterMonths(answers, tenants, chargeback));
    const named = months.map((one) => withNames(one.usage, names));
    write(htmlFile, usagePage({ metered, months: named, chargeback }));
  }
  if (estimated) notify('AWS calls these costs estimated: they may still change.\n');
  print(asTable ? usageTable(metered) : `${JSON.stringify(metered.usage, null, 2)}\n`);
  return 0;
}

const INVALID_COST_DATA = {
  type: 'urn:account-vending:problem:invalid-cost-data',
  title: 'The cost data cannot be used',
  status: 422,
} as const;

function usable<T>(read: Checked<T>): T {
  if (read.ok) return read.value;
  const detail = `There is no report: ${faultCount(read.faults)}. Nothing was written.`;
  throw new OperatorError(detail, INVALID_COST_DATA, read.faults);
}

function write(file: string, page: string): void {
  try {
    writeFileSync(file, page);
  } catch (error) {
    throw new OperatorError(`--html is '${file}', which cannot be written: ${reasonOf(error)}. Check the path.`);
  }
}
