import Big from 'big.js';

import type { SubscriptionSeed } from '../../organization-seed';
import { type CostRecord, DAY, dayOf, daysBetween } from './cost-record';

const HOUR = 3_600_000;
const EC2 = 'Amazon Elastic Compute Cloud - Compute';

export const termOf = ({ startsAt, years }: SubscriptionSeed): { readonly start: number; readonly end: number } => {
  const end = new Date(startsAt);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return { start: Date.parse(startsAt), end: end.getTime() };
};

export interface Amortization {
  readonly hours: number;
  readonly upfront: Big;
  readonly recurring: Big;
}

/** What of a subscription falls on a time, to ten digits a day as Cost Explorer has them. */
export function amortization(one: SubscriptionSeed, start: number, end: number): Amortization {
  const perDay = daysBetween(start, end).map((at) => amortizationOfDay(one, at));
  return {
    hours: perDay.reduce((sum, { hours }) => sum + hours, 0),
    upfront: perDay.reduce((sum, { upfront }) => sum.plus(upfront), new Big(0)),
    recurring: perDay.reduce((sum, { recurring }) => sum.plus(recurring), new Big(0)),
  };
}

function amortizationOfDay(one: SubscriptionSeed, at: number): Amortization {
  const term = termOf(one);
  const hours = Math.max(0, Math.min(at + DAY, term.end) - Math.max(at, term.start)) / HOUR;
  const termHours = (term.end - term.start) / HOUR;
  return {
    hours,
    upfront: new Big(one.upfrontFee).times(hours).div(termHours).round(10),
    recurring: new Big(one.hourlyFee).times(hours).round(10),
  };
}

/** Its amortized cost, with who uses it; the rest with who has bought it. */
export function subscriptionCosts(one: SubscriptionSeed, start: number, end: number): readonly CostRecord[] {
  return daysBetween(start, end).flatMap((at) => {
    const { upfront, recurring } = amortizationOfDay(one, at);
    const fee = upfront.plus(recurring);
    const used = fee
      .times(one.user?.percent ?? 0)
      .div(100)
      .round(10);
    const record = (accountId: string, service: string, recordType: CostRecord['recordType'], amount: Big) =>
      amount.eq(0) ? [] : [{ day: dayOf(at), accountId, service, recordType, amount }];
    const isPlan = one.kind === 'SAVINGS_PLAN';
    return [
      ...record(
        one.user?.accountId ?? '',
        isPlan ? EC2 : one.service,
        isPlan ? 'SavingsPlanCoveredUsage' : 'DiscountedUsage',
        used,
      ),
      ...record(one.buyerAccountId, one.service, 'RIFee', fee.minus(used)),
    ];
  });
}
