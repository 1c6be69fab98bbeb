import { type Checked, type Fault, faultOf, refused } from '../fault';
import { type AnswerPage, inPage, readPages } from './answer-page';
import {
  type Attributes,
  ReservationUtilizationSchema,
  SavingsPlansUtilizationDetailsSchema,
  type TimePeriod,
} from './answer-schemas';
import { type Decimal, ZERO } from './decimal';
import { endOf, type Month, monthOf, startOf } from './month';
import type { Subscription } from './subscription';
import { readAttributes, type SubscriptionFacts } from './subscription-attributes';
import { wholeUpfrontFee } from './upfront-fee';

/** Reads the pages of GetReservationUtilization, grouped by subscription, one query for each service. None: there are no reservations. */
export function readReservations(pages: readonly AnswerPage[], month: Month): Checked<readonly Subscription[]> {
  const read = readPages(pages, ReservationUtilizationSchema, ({ NextPageToken }) => NextPageToken);
  if (!read.ok) return read;
  const rows = read.value.flatMap(({ name, query, content }) =>
    content.UtilizationsByTime.flatMap(({ TimePeriod, Groups }, u) =>
      (Groups ?? []).map(({ Value, Attributes, Utilization }, g): Row => ({
        page: name,
        field: `UtilizationsByTime[${u}].Groups[${g}]`,
        id: Value ?? Attributes?.['subscriptionId'] ?? '',
        period: TimePeriod ?? wholeMonth(month),
        attributes: Attributes ?? {},
        amortizedUpfront: Utilization?.AmortizedUpfrontFee ?? ZERO,
        kind: 'RESERVED_INSTANCE',
        serviceOf: ({ service }) => (query === '' ? (service ?? 'Reserved Instances') : query),
      })),
    ),
  );
  return subscriptionsOf(rows, month);
}

/** Reads the pages of GetSavingsPlansUtilizationDetails. None: there are no Savings Plans. */
export function readSavingsPlans(pages: readonly AnswerPage[], month: Month): Checked<readonly Subscription[]> {
  const read = readPages(pages, SavingsPlansUtilizationDetailsSchema, ({ NextToken }) => NextToken);
  if (!read.ok) return read;
  const rows = read.value.flatMap(({ name, content }) =>
    content.SavingsPlansUtilizationDetails.map(({ SavingsPlanArn, Attributes, AmortizedCommitment }, d): Row => ({
      page: name,
      field: `SavingsPlansUtilizationDetails[${d}]`,
      id: SavingsPlanArn,
      period: content.TimePeriod ?? wholeMonth(month),
      attributes: Attributes ?? {},
      amortizedUpfront: AmortizedCommitment?.AmortizedUpfrontCommitment ?? ZERO,
      kind: 'SAVINGS_PLAN',
      serviceOf: serviceOfSavingsPlan,
    })),
  );
  return subscriptionsOf(rows, month);
}

interface Row {
  readonly page: string;
  readonly field: string;
  readonly id: string;
  readonly period: TimePeriod;
  readonly attributes: Attributes;
  readonly amortizedUpfront: Decimal;
  readonly kind: Subscription['kind'];
  readonly serviceOf: (facts: SubscriptionFacts) => string;
}

const wholeMonth = (month: Month): TimePeriod => ({ Start: startOf(month), End: endOf(month) });

function subscriptionsOf(rows: readonly Row[], month: Month): Checked<readonly Subscription[]> {
  const ofMonth = rows.filter(({ period }) => monthOf(period.Start) === month);
  const read = ofMonth.map((row) => subscriptionOf(row, month));
  const faults = [...read.flatMap((found) => (found.ok ? [] : found.faults)), ...repetitions(ofMonth)];
  if (faults.length > 0) return refused(...faults);
  const subscriptions = read.flatMap((found) => (found.ok ? found.value : []));
  return { ok: true, value: subscriptions.toSorted((one, other) => (one.id < other.id ? -1 : 1)) };
}

/** None, when nothing was ever paid for it in advance. */
function subscriptionOf(row: Row, month: Month): Checked<readonly Subscription[]> {
  const { id, period, amortizedUpfront, kind } = row;
  const facts = readAttributes(row.attributes, !amortizedUpfront.eq(ZERO));
  const faults = [
    ...(facts.ok ? [] : facts.faults.map((fault) => ({ ...fault, field: `${row.field}.${fault.field}` }))),
    ...(period.End > endOf(month)
      ? [
          faultOf(
            `${row.field}: TimePeriod.End`,
            period.End,
            `is later than the end of ${month}; ask for one month at a time.`,
          ),
        ]
      : []),
    ...(id === '' ? [{ field: `${row.field}.Value`, message: 'is missing. Group by SUBSCRIPTION_ID.' }] : []),
  ];
  if (!facts.ok || faults.length > 0) return refused(...faults.map((fault) => inPage(row.page, fault)));
  if (facts.value.isVoid) return { ok: true, value: [] };
  const upfrontFee = wholeUpfrontFee(facts.value, amortizedUpfront, period);
  if (upfrontFee.eq(ZERO) && amortizedUpfront.eq(ZERO)) return { ok: true, value: [] };
  const { accountId, startsAt } = facts.value;
  return {
    ok: true,
    value: [{ kind, id, accountId, service: row.serviceOf(facts.value), startsAt, upfrontFee, amortizedUpfront }],
  };
}

/** A subscription that is there twice would be charged twice. */
function repetitions(rows: readonly Row[]): readonly Fault[] {
  const seen = new Map<string, Row>();
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
