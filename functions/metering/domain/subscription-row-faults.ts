import type { Fault } from '../../domain/base/fault';
import { ZERO } from './decimal';
import { endOf, type Month, monthOf, startOf } from './month';
import { readAttributes } from './subscription-attributes';
import type { SubscriptionAnswer, SubscriptionRow } from './subscription-row';

/** A subscription that is there twice would be charged twice. */
export function repetitions(rows: readonly SubscriptionRow[]): readonly Fault[] {
  const seen = new Map<string, SubscriptionRow>();
  for (const row of rows) {
    const before = seen.get(row.id);
    if (before !== undefined) {
      const message = `repeats subscription ${row.id} of ${before.page}: its fee would count twice. Keep the pages of one query.`;
      return [{ field: `${row.page}: ${row.field}`, message }];
    }
    seen.set(row.id, row);
  }
  return [];
}

/**
 * Answers about other months alone, where one of their subscriptions runs on: this month's discount would be forgotten.
 */
export function untoldMonths(answers: readonly SubscriptionAnswer[], month: Month): readonly Fault[] {
  const byQuery = Map.groupBy(answers, ({ query }) => query);
  return [...byQuery.values()].flatMap((ofQuery) => {
    if (ofQuery.some(({ period }) => monthOf(period.Start) === month)) return [];
    const running = ofQuery.flatMap(({ rows }) => rows).find((row) => runsIn(row, month));
    if (running === undefined) return [];
    const message = `is of another month, and subscription ${running.id} runs in ${month}, too. Fetch the answers about ${month} as well.`;
    return [{ field: `${running.page}: ${running.field}`, message }];
  });
}

function runsIn({ attributes }: SubscriptionRow, month: Month): boolean {
  const facts = readAttributes(attributes, false);
  if (!facts.ok || facts.value.isVoid || (facts.value.upfrontFee ?? ZERO).eq(ZERO)) return false;
  const { startsAt, endsAt } = facts.value;
  return startsAt !== null && endsAt !== null && startsAt < endOf(month) && endsAt > startOf(month);
}
