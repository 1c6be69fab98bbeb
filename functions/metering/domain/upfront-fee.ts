import type { TimePeriod } from './answer-schemas';
import { type Decimal, decimal, ZERO } from './decimal';
import type { SubscriptionFacts } from './subscription-attributes';

/** AWS sells terms of one year and of three. */
const TERM_YEARS = [1, 3];

/**
 * The upfront fee of all instances of a subscription.
 *
 * AWS does not document whether the attribute `upfrontFee` of several reserved instances is that of one or of all. The
 * amortized part of the same answer tells: over the whole term it comes to the fee. So the reading is taken that this
 * month's part agrees with best.
 */
export function wholeUpfrontFee(facts: SubscriptionFacts, amortizedUpfront: Decimal, period: TimePeriod): Decimal {
  const fee = facts.upfrontFee ?? ZERO;
  if (facts.instances === 1 || amortizedUpfront.lte(0) || fee.eq(ZERO)) return fee;
  const readings = [fee, fee.times(facts.instances)];
  const distances = amortizedOverTerm(facts, amortizedUpfront, period).flatMap((overTerm) =>
    readings.map((reading) => ({ reading, distance: overTerm.minus(reading).abs() })),
  );
  return distances.toSorted((one, other) => one.distance.cmp(other.distance))[0]?.reading ?? fee;
}

/** What the month's part comes to over the term; where its end is not told, over each term that there is. */
function amortizedOverTerm(
  { startsAt, endsAt }: SubscriptionFacts,
  amortizedUpfront: Decimal,
  { Start, End }: TimePeriod,
): readonly Decimal[] {
  if (startsAt === null) return [];
  const ends = endsAt === null ? TERM_YEARS.map((years) => yearsLater(startsAt, years)) : [endsAt];
  return ends.flatMap((end) => {
    const active = Math.min(Number(End), Number(end)) - Math.max(Number(Start), Number(startsAt));
    const term = String(Number(end) - Number(startsAt));
    return active <= 0 ? [] : [amortizedUpfront.times(term).div(decimal(String(active)))];
  });
}

function yearsLater(start: Date, years: number): Date {
  const end = new Date(start);
  end.setUTCFullYear(end.getUTCFullYear() + years);
  return end;
}
