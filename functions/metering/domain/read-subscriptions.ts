import { type Checked, type Fault, faultIf, refused } from '../../domain/base/fault';
import {
  type AnswerPage,
  inPage,
  readPages,
  ReservationUtilizationSchema,
  SavingsPlansUtilizationDetailsSchema,
} from './cost-answers';
import { ZERO } from './decimal';
import { endOf, type Month, monthOf } from './month';
import {
  type Subscription,
  reservationAnswers,
  savingsPlanAnswers,
  type SubscriptionAnswer,
  type SubscriptionRow,
  repetitions,
  untoldMonths,
} from './subscription-row';
import { readAttributes, type SubscriptionFacts, wholeUpfrontFee } from './subscription-attributes';

/**
 * Reads the pages of GetReservationUtilization, grouped by subscription, one query for each service. None: there are no
 * reservations.
 */
export function readReservations(pages: readonly AnswerPage[], month: Month): Checked<readonly Subscription[]> {
  const read = readPages(pages, ReservationUtilizationSchema, ({ NextPageToken }) => NextPageToken);
  if (!read.ok) return read;
  return subscriptionsIn(
    read.value.flatMap((page) => reservationAnswers(page, month)),
    month,
  );
}

/** Reads the pages of GetSavingsPlansUtilizationDetails. None: there are no Savings Plans. */
export function readSavingsPlans(pages: readonly AnswerPage[], month: Month): Checked<readonly Subscription[]> {
  const read = readPages(pages, SavingsPlansUtilizationDetailsSchema, ({ NextToken }) => NextToken);
  if (!read.ok) return read;
  return subscriptionsIn(
    read.value.flatMap((page) => savingsPlanAnswers(page, month)),
    month,
  );
}

function subscriptionsIn(answers: readonly SubscriptionAnswer[], month: Month): Checked<readonly Subscription[]> {
  const rows = answers.filter(({ period }) => monthOf(period.Start) === month).flatMap((answer) => answer.rows);
  const read = rows.map((row) => subscriptionOf(row, month));
  const faults = [
    ...read.flatMap((found) => (found.ok ? [] : found.faults)),
    ...repetitions(rows),
    ...untoldMonths(answers, month),
  ];
  if (faults.length > 0) return refused(...faults);
  const subscriptions = read.flatMap((found) => (found.ok ? found.value : []));
  return { ok: true, value: subscriptions.toSorted((one, other) => (one.id < other.id ? -1 : 1)) };
}

/** None, when it has never begun. */
function subscriptionOf(row: SubscriptionRow, month: Month): Checked<readonly Subscription[]> {
  const facts = readAttributes(row.attributes, !(row.amortizedUpfront ?? ZERO).eq(ZERO));
  const faults = [
    ...(facts.ok ? untoldPart(row, facts.value) : attributeFaults(row, facts.faults)),
    ...rowFaults(row, month),
  ];
  if (!facts.ok || faults.length > 0) return refused(...faults.map((fault) => inPage(row.page, fault)));
  const amortizedUpfront = row.amortizedUpfront ?? ZERO;
  const upfrontFee = wholeUpfrontFee(facts.value, amortizedUpfront, row.period);
  if (facts.value.isVoid) return { ok: true, value: [] };
  const { id, kind } = row;
  const { accountId, startsAt } = facts.value;
  const service = row.serviceOf(facts.value);
  return { ok: true, value: [{ kind, id, accountId, service, startsAt, upfrontFee, amortizedUpfront }] };
}

const attributeFaults = ({ field }: SubscriptionRow, faults: readonly Fault[]): readonly Fault[] =>
  faults.map((fault) => ({ ...fault, field: `${field}.${fault.field}` }));

const rowFaults = ({ id, field, period }: SubscriptionRow, month: Month): readonly Fault[] => [
  ...faultIf(
    period.End > endOf(month),
    `${field}: TimePeriod.End`,
    period.End,
    `is later than the end of ${month}; ask for one month at a time.`,
  ),
  ...(id === '' ? [{ field: `${field}.Value`, message: 'is missing. Group by SUBSCRIPTION_ID.' }] : []),
];

/** If a fee was paid, a missing value for this month's part of it does not mean zero: the buyer would pay twice. */
function untoldPart(row: SubscriptionRow, { upfrontFee, isVoid }: SubscriptionFacts): readonly Fault[] {
  if (row.amortizedUpfront !== null || isVoid || (upfrontFee ?? ZERO).eq(ZERO)) return [];
  const message = "is missing. It says what of the upfront fee falls on this month; ask for all of the answer's data.";
  return [{ field: `${row.field}.${row.amortizedField}`, message }];
}
