import { type Checked, type Fault, faultOf, refused } from '../../domain/base/fault';
import type { CostAnswers } from './cost-answers';
import type { Month } from './month';
import { monthsIn, readMonthlyCosts } from './monthly-costs';
import { readReservations, readSavingsPlans } from './read-subscriptions';
import { type Chargeback, type UsageReports, usageReports } from './usage-report';

export interface MeteredMonth {
  readonly usage: UsageReports;
  /** AWS may still change these costs. */
  readonly estimated: boolean;
}

/**
 * From AWS's answers to the reports of one month; everything that is wrong with the answers at once, and then no report
 * at all.
 */
export function meterMonth(
  answers: CostAnswers,
  tenants: ReadonlyMap<string, string>,
  chargeback: Chargeback,
  month?: Month,
): Checked<MeteredMonth> {
  const costs = readMonthlyCosts(answers.costAndUsage, month);
  if (!costs.ok) return costs;
  const reservations = readReservations(answers.reservationUtilization, costs.value.month);
  const savingsPlans = readSavingsPlans(answers.savingsPlansUtilizationDetails, costs.value.month);
  if (!reservations.ok || !savingsPlans.ok) {
    return refused(...[reservations, savingsPlans].flatMap((read) => (read.ok ? [] : read.faults)));
  }
  const subscriptions = [...reservations.value, ...savingsPlans.value];
  const usage = usageReports({ costs: costs.value, subscriptions, tenants, chargeback });
  return { ok: true, value: { usage, estimated: costs.value.estimated } };
}

/** Every month that the answers are about, in order. */
export function meterMonths(
  answers: CostAnswers,
  tenants: ReadonlyMap<string, string>,
  chargeback: Chargeback,
): Checked<readonly MeteredMonth[]> {
  const months = monthsIn(answers.costAndUsage);
  if (!months.ok) return months;
  const metered = months.value.map((month) => meterMonth(answers, tenants, chargeback, month));
  const value = metered.flatMap((one) => (one.ok ? [one.value] : []));
  const faults = [...metered.flatMap((one) => (one.ok ? [] : one.faults)), ...currencyFaults(value)];
  return faults.length > 0 ? refused(...faults) : { ok: true, value };
}

function currencyFaults(months: readonly MeteredMonth[]): readonly Fault[] {
  const currencies = [...new Set(months.map(({ usage }) => usage.currency))];
  return currencies.length < 2
    ? []
    : [faultOf('currency', currencies.join(', '), 'are the currencies of several months, which cannot be compared.')];
}
