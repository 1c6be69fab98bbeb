import { type Checked, type Fault, faultOf, refused } from '../../domain/base/fault';
import type { CostAnswers } from './cost-answers';
import { type Month, monthOf } from './month';
import { monthsIn, readMonthlyCosts, type AccountCost, type MonthlyCosts } from './monthly-costs';
import { readReservations, readSavingsPlans } from './read-subscriptions';
import { centsText, type Decimal, exactText, sumOf, ZERO } from './decimal';
import type { Subscription } from './subscription-row';

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

export interface LineItem {
  readonly type: 'USAGE' | 'UPFRONT_FEE' | 'AMORTIZED_UPFRONT_DISCOUNT';
  readonly service: string;
  /** The id of the reserved instances or the Savings Plan; null for usage. */
  readonly subscriptionId: string | null;
  /** Unrounded, with all digits that AWS has sent. */
  readonly amount: string;
}

/** What one account has cost in one month. */
export interface AccountReport {
  /** Null: the account belongs to no tenant. Its cost is here all the same, so that the sum is complete. */
  readonly tenantUuid: string | null;
  readonly accountId: string;
  readonly lineItems: readonly LineItem[];
  /** Cents, half-up; of the unrounded sum. */
  readonly total: string;
}

export interface UsageReports {
  readonly month: Month;
  readonly currency: string;
  /** The unrounded sum of all line items. */
  readonly invoiceTotal: string;
  readonly reports: readonly AccountReport[];
}

export interface Chargeback {
  readonly reservedInstanceFairChargeback: boolean;
  readonly savingsPlanFairChargeback: boolean;
}

export interface ReportInput {
  readonly costs: MonthlyCosts;
  readonly subscriptions: readonly Subscription[];
  /** The tenants by account. Accounts that are listed here and have cost nothing get an empty report. */
  readonly tenants: ReadonlyMap<string, string>;
  readonly chargeback: Chargeback;
}

/**
 * The reports of one month: amortized cost by service; and with fair chargeback, for each subscription that was paid in
 * advance, the upfront fee in the month in which its term starts, and every month a discount of that month's part of
 * it, both for the account that has bought it, no matter who uses it. So who has paid in advance pays then, and not
 * once more month by month; with both kinds on, the sum is the cash that was paid.
 */
function usageReports({ costs, subscriptions, tenants, chargeback }: ReportInput): UsageReports {
  const charged = subscriptions.filter(({ kind }) => isCharged(kind, chargeback));
  const lines = [
    ...costs.costs.map(usageLine),
    ...charged.flatMap((subscription) => linesOf(subscription, costs.month)),
  ];
  const byAccount = Map.groupBy(lines, ({ accountId }) => accountId);
  const accountIds = [...new Set([...byAccount.keys(), ...tenants.keys()])].toSorted();
  return {
    month: costs.month,
    currency: costs.currency,
    invoiceTotal: exactText(sumOf(lines.map(({ amount }) => amount))),
    reports: accountIds.map((id) => reportOf(id, tenants.get(id) ?? null, byAccount.get(id) ?? [])),
  };
}

interface Line extends Omit<LineItem, 'amount'> {
  readonly accountId: string;
  readonly amount: Decimal;
}

function isCharged(kind: Subscription['kind'], chargeback: Chargeback): boolean {
  switch (kind) {
    case 'RESERVED_INSTANCE':
      return chargeback.reservedInstanceFairChargeback;
    case 'SAVINGS_PLAN':
      return chargeback.savingsPlanFairChargeback;
  }
}

const usageLine = (cost: AccountCost): Line => ({ ...cost, type: 'USAGE', subscriptionId: null });

function linesOf(subscription: Subscription, month: Month): readonly Line[] {
  const { id: subscriptionId, accountId, service, startsAt, upfrontFee, amortizedUpfront } = subscription;
  const line = (type: Line['type'], amount: Decimal): readonly Line[] =>
    amount.eq(ZERO) ? [] : [{ accountId, type, service, subscriptionId, amount }];
  const startsNow = startsAt !== null && monthOf(startsAt) === month;
  return [
    ...line('UPFRONT_FEE', startsNow ? upfrontFee : ZERO),
    ...line('AMORTIZED_UPFRONT_DISCOUNT', amortizedUpfront.neg()),
  ];
}

function reportOf(accountId: string, tenantUuid: string | null, lines: readonly Line[]): AccountReport {
  return {
    tenantUuid,
    accountId,
    lineItems: lines.map(({ type, service, subscriptionId, amount }) => ({
      type,
      service,
      subscriptionId,
      amount: exactText(amount),
    })),
    total: centsText(sumOf(lines.map(({ amount }) => amount))),
  };
}
