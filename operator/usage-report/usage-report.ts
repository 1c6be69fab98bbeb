import { writeFileSync } from 'node:fs';

import type { Problem } from '../../functions/api/responses';
import type { Fault } from '../../functions/domain/base/fault';
import { meterMonth, meterMonths } from '../../functions/metering/domain/usage-report';
import { reasonOf } from '../../infra/json-file';
import type { CommandContext } from '../command-context';
import { readCostData } from './read-cost-data';
import { USAGE, usageReportArguments } from './usage-report-arguments';
import { usagePage } from './usage-page';
import { usageTable } from './usage-table';

/**
 * `npm run usage-report`: the reports of one month from answers of Cost Explorer, without AWS. Whatever is wrong is one
 * problem with all faults, and then there is no report.
 *
 * @returns 0: reported; 2: the arguments or the cost data cannot be used
 */
export function usageReport(
  args: readonly string[],
  { print, notify }: Pick<CommandContext, 'print' | 'notify'>,
): number {
  const failed = (kind: keyof typeof TITLES, faults: readonly Fault[]): number => {
    notify(`${JSON.stringify(problemOf(kind, faults), null, 2)}\n`);
    return 2;
  };
  const options = usageReportArguments(args);
  if (!options.ok) return failed('invalid-usage', options.faults);
  if (options.value === 'help') {
    print(USAGE);
    return 0;
  }
  const { costData, chargeback, month, htmlFile, asTable } = options.value;
  const data = readCostData(costData);
  if (!data.ok) return failed('invalid-cost-data', data.faults);
  const metered = meterMonth(data.value.answers, data.value.tenants, chargeback, month);
  if (!metered.ok) return failed('invalid-cost-data', metered.faults);
  if (htmlFile !== undefined) {
    const months = meterMonths(data.value.answers, data.value.tenants, chargeback);
    if (!months.ok) return failed('invalid-cost-data', months.faults);
    const faults = written(
      htmlFile,
      usagePage({ metered: metered.value, months: months.value.map(({ usage }) => usage), chargeback }),
    );
    if (faults.length > 0) return failed('invalid-usage', faults);
  }
  if (metered.value.estimated) notify('AWS calls these costs estimated: they may still change.\n');
  print(asTable ? usageTable(metered.value) : `${JSON.stringify(metered.value.usage, null, 2)}\n`);
  return 0;
}

function written(file: string, page: string): readonly Fault[] {
  try {
    writeFileSync(file, page);
    return [];
  } catch (error) {
    return [
      { field: '--html', message: `'${file}' cannot be written: ${reasonOf(error)}. Check the path.`, value: file },
    ];
  }
}

const TITLES = {
  'invalid-usage': 'The command cannot be understood',
  'invalid-cost-data': 'The cost data cannot be used',
} as const;

function problemOf(kind: keyof typeof TITLES, errors: readonly Fault[]): Problem {
  const detail =
    kind === 'invalid-usage'
      ? USAGE
      : `There is no report: ${errors.length === 1 ? '1 fault' : `${errors.length} faults`}. Nothing was written.`;
  return { type: `urn:account-vending:problem:${kind}`, title: TITLES[kind], status: 422, detail, errors: [...errors] };
}
