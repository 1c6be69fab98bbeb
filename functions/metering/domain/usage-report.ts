import type { AccountCost, MonthlyCosts } from './monthly-costs';
import { centsText, type Decimal, exactText, sumOf, ZERO } from './decimal';
import { type Month, monthOf } from './month';
import type { Subscription } from './subscription-row';

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
export function usageReports({ costs, subscriptions, tenants, chargeback }: ReportInput): UsageReports {
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
