import type * as z from 'zod';

import type { ReadPage } from './answer-page';
import type {
  Attributes,
  ReservationUtilizationSchema,
  SavingsPlansUtilizationDetailsSchema,
  TimePeriod,
} from './answer-schemas';
import type { Decimal } from './decimal';
import { endOf, type Month, startOf } from './month';
import type { Subscription } from './subscription';
import type { SubscriptionFacts } from './subscription-attributes';

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
      ...{ page, period, field: `UtilizationsByTime[${u}].Groups[${g}]`, kind: 'RESERVED_INSTANCE' },
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
      ...{ page, period, field: `SavingsPlansUtilizationDetails[${d}]`, kind: 'SAVINGS_PLAN' },
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
