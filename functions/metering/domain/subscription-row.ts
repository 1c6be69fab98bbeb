import type * as z from 'zod';

import type { Fault } from '../../domain/base/fault';
import { type Decimal, ZERO } from './decimal';
import type {
  ReadPage,
  Attributes,
  ReservationUtilizationSchema,
  SavingsPlansUtilizationDetailsSchema,
  TimePeriod,
} from './cost-answers';
import { endOf, type Month, startOf, monthOf } from './month';
import { type SubscriptionFacts, readAttributes } from './subscription-attributes';

/** Reserved instances or a Savings Plan, as they stood in one month. */
export interface Subscription {
  readonly kind: 'RESERVED_INSTANCE' | 'SAVINGS_PLAN';
  /** AWS's subscription id, or the ARN of a Savings Plan. */
  readonly id: string;
  /** The account that has bought it. */
  readonly accountId: string;
  readonly service: string;
  readonly startsAt: Date | null;
  /** Paid once, when the term starts; for all of its instances. */
  readonly upfrontFee: Decimal;
  /** The part of the upfront fee that AWS has spread over this month. */
  readonly amortizedUpfront: Decimal;
}

/** One subscription in an answer, with where it stands. */
export interface SubscriptionRow {
  readonly page: string;
  readonly field: string;
  readonly id: string;
  readonly period: TimePeriod;
  readonly attributes: Attributes;
  /** Null: the answer does not tell. */
  readonly amortizedUpfront: Decimal | null;
  readonly amortizedField: string;
  readonly kind: Subscription['kind'];
  readonly serviceOf: (facts: SubscriptionFacts) => string;
}

/** What one page tells of one time; maybe that there is nothing. */
export interface SubscriptionAnswer {
  readonly query: string;
  readonly period: TimePeriod;
  readonly rows: readonly SubscriptionRow[];
}

/** The answers of GetReservationUtilization; a missing time means the month that was asked for. */
export const reservationAnswers = (
  { name: page, query, content }: ReadPage<z.output<typeof ReservationUtilizationSchema>>,
  month: Month,
): readonly SubscriptionAnswer[] =>
  content.UtilizationsByTime.map(({ TimePeriod, Groups }, u) => {
    const period = TimePeriod ?? wholeMonth(month);
    const rows = (Groups ?? []).map(({ Value, Attributes, Utilization }, g): SubscriptionRow => ({
      page,
      period,
      field: `UtilizationsByTime[${u}].Groups[${g}]`,
      kind: 'RESERVED_INSTANCE',
      id: Value ?? Attributes?.['subscriptionId'] ?? '',
      attributes: Attributes ?? {},
      amortizedUpfront: Utilization?.AmortizedUpfrontFee ?? null,
      amortizedField: 'Utilization.AmortizedUpfrontFee',
      serviceOf: ({ service }) => (query === '' ? (service ?? 'Reserved Instances') : query),
    }));
    return { query, period, rows };
  });

/** The answers of GetSavingsPlansUtilizationDetails. */
export function savingsPlanAnswers(
  { name: page, query, content }: ReadPage<z.output<typeof SavingsPlansUtilizationDetailsSchema>>,
  month: Month,
): readonly SubscriptionAnswer[] {
  const period = content.TimePeriod ?? wholeMonth(month);
  const rows = content.SavingsPlansUtilizationDetails.map(
    ({ SavingsPlanArn, Attributes, AmortizedCommitment }, d): SubscriptionRow => ({
      page,
      period,
      field: `SavingsPlansUtilizationDetails[${d}]`,
      kind: 'SAVINGS_PLAN',
      id: SavingsPlanArn,
      attributes: Attributes ?? {},
      amortizedUpfront: AmortizedCommitment?.AmortizedUpfrontCommitment ?? null,
      amortizedField: 'AmortizedCommitment.AmortizedUpfrontCommitment',
      serviceOf: serviceOfSavingsPlan,
    }),
  );
  return [{ query, period, rows }];
}

const wholeMonth = (month: Month): TimePeriod => ({ Start: startOf(month), End: endOf(month) });

/** As Cost Explorer names the service of their recurring fees. */
const SAVINGS_PLAN_SERVICES: Readonly<Record<string, string>> = {
  sagemaker: 'Savings Plans for AWS Machine Learning',
  database: 'Savings Plans for AWS Database',
};

function serviceOfSavingsPlan({ type }: SubscriptionFacts): string {
  const kind = (type ?? '').toLowerCase();
  const [, service] = Object.entries(SAVINGS_PLAN_SERVICES).find(([word]) => kind.includes(word)) ?? [];
  return service ?? 'Savings Plans for AWS Compute usage';
}

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
