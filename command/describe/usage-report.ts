import { type Command, InvalidArgumentError, Option } from 'commander';

import { MonthSchema } from '../../functions/metering/domain/month';
import { described } from '../described';
import { acting, type Session } from '../session';
import { oneOf } from '../values';
import { jsonOption } from './common';

interface Given {
  readonly costData: string;
  readonly month?: string;
  readonly html?: string;
  readonly table?: boolean;
  readonly reservedInstanceFairChargeback?: boolean;
  readonly savingsPlanFairChargeback?: boolean;
}

export const usageReportCommand = (session: Session): Command =>
  described('usage-report', {
    summary: 'report what each account has cost in a month, from answers of Cost Explorer',
    notes:
      'The folder holds answers as AWS gives them, one page a file: GetCostAndUsage-*.json, GetReservationUtilization-SERVICE*.json, ' +
      'GetSavingsPlansUtilizationDetails-*.json; and accounts.json, { "ACCOUNT_ID": "TENANT_UUID" }.',
    examples: [
      'npx account-vending usage-report --cost-data costs --month 2026-01 --table',
      'npx account-vending usage-report --cost-data costs --html costs.html',
    ],
  })
    .requiredOption('--cost-data <folder>', 'the folder with the answers of Cost Explorer')
    .addOption(new Option('--month <month>', 'the month (default: the newest in the data)').argParser(month))
    .addOption(
      new Option(
        '--filter <filter>',
        'how the answers were fetched, NONE or EXCLUDE_TAX; it changes no amount',
      ).argParser(oneOf(['NONE', 'EXCLUDE_TAX'])),
    )
    .option('--reserved-instance-fair-chargeback', 'share what reservations have cost among those who use them')
    .option('--savings-plan-fair-chargeback', 'share what savings plans have cost among those who use them')
    .addOption(new Option('--table', 'print a table for people').conflicts('json'))
    .option('--html <file>', 'write a page with charts, too')
    .addOption(jsonOption('print JSON, as it is without --table, and errors as a problem (RFC 9457)'))
    .action(
      acting(session, async (given: Given) => {
        const { usageReport } = await import('../../operator/usage-report/usage-report');
        const chargeback = {
          reservedInstanceFairChargeback: given.reservedInstanceFairChargeback ?? false,
          savingsPlanFairChargeback: given.savingsPlanFairChargeback ?? false,
        };
        const { costData, html: htmlFile, table: asTable = false } = given;
        return usageReport({ costData, chargeback, month: given.month, htmlFile, asTable }, session.context);
      }),
    );

function month(given: string): string {
  if (MonthSchema.safeParse(given).success) return given;
  throw new InvalidArgumentError('it has to be a month such as 2026-01');
}
