import type { TimePeriod } from './answer-schemas';
import { type Decimal, ZERO } from './decimal';
import type { SubscriptionFacts } from './subscription-attributes';

/**
 * The upfront fee of all instances of a subscription.
 *
 * AWS does not document whether the attribute `upfrontFee` of several reserved instances is that of one or of all. The amortized part of the same answer
 * tells: over the whole term it comes to the fee. So the reading is taken that this month's part agrees with better.
 */
export function wholeUpfrontFee(facts: SubscriptionFacts, amortizedUpfront: Decimal, period: TimePeriod): Decimal {
  const fee = facts.upfrontFee ?? ZERO;
  const active = activeShare(facts, period);
  if (facts.instances === 1 || active === null || amortizedUpfront.lte(0) || fee.eq(0)) return fee;
  const ofAll = fee.times(facts.instances);
  const overTheTerm = amortizedUpfront.div(active.toFixed(12));
  return overTheTerm.minus(fee).abs().lt(overTheTerm.minus(ofAll).abs()) ? fee : ofAll;
}

/** How much of the term lies in the period; null when that is not known. */
function activeShare({ startsAt, endsAt }: SubscriptionFacts, { Start, End }: TimePeriod): number | null {
  if (startsAt === null || endsAt === null || endsAt <= startsAt) return null;
  const active = Math.min(Number(End), Number(endsAt)) - Math.max(Number(Start), Number(startsAt));
  return active <= 0 ? null : active / (Number(endsAt) - Number(startsAt));
}
