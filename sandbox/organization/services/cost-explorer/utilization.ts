import * as z from 'zod';

import type { SubscriptionSeed } from '../../organization-seed';
import { ServiceError } from '../../service-error';
import type { CallContext } from '../operation';
import { pageFrom } from './cost-paging';
import { dayOf } from './cost-record';
import { type Amortization, amortization, termOf } from './subscription-costs';
import { type Period, periodOf, TimePeriodSchema } from './time-period';

/** The service whose reservations Cost Explorer reads when none is named. */
const DEFAULT_SERVICE = 'Amazon Elastic Compute Cloud - Compute';

const SERVICES_WITH_RESERVATIONS = [
  DEFAULT_SERVICE,
  'Amazon Relational Database Service',
  'Amazon ElastiCache',
  'Amazon Redshift',
  'Amazon Elasticsearch Service',
] as const;

const NOT_MODELLED = 'A filter for more than SERVICE is not modelled.';

/**
 * @evidence documented "botocore ce.GetReservationUtilization Filter": the supported values of SERVICE, one at a time
 * @evidence reported "github boto/boto3#2117": ValidationException, "Values are invalid. The number of values for
 *   Service Filter should not exceed 1"
 *
 * What AWS answers to another dimension, or of another service, is not modelled: it is refused.
 */
const ServiceFilterSchema = z.strictObject(
  {
    Dimensions: z.object(
      {
        Key: z.literal('SERVICE', NOT_MODELLED),
        Values: z
          .array(z.enum(SERVICES_WITH_RESERVATIONS))
          .min(1)
          .max(1, 'Values are invalid. The number of values for Service Filter should not exceed 1'),
      },
      NOT_MODELLED,
    ),
  },
  NOT_MODELLED,
);

export const ReservationUtilizationInput = z.object({
  TimePeriod: TimePeriodSchema,
  GroupBy: z.array(z.object({ Type: z.literal('DIMENSION'), Key: z.literal('SUBSCRIPTION_ID') })).length(1),
  Filter: ServiceFilterSchema.default({ Dimensions: { Key: 'SERVICE', Values: [DEFAULT_SERVICE] } }),
  NextPageToken: z.string().optional(),
});

export const SavingsPlansDetailsInput = z.object({
  TimePeriod: TimePeriodSchema,
  MaxResults: z.int().min(1).max(100).default(20),
  NextToken: z.string().optional(),
});

const PAGE_SIZE = 10;

export function getReservationUtilization(
  context: CallContext,
  input: z.infer<typeof ReservationUtilizationInput>,
): object {
  const { period, running } = runningIn(context, input.TimePeriod, 'RESERVED_INSTANCE');
  const services: readonly string[] = input.Filter.Dimensions.Values;
  // @evidence reported "github PostHog/posthog#76542": DataUnavailableException for a time that reaches into the
  //   current day
  if (input.TimePeriod.End > dayOf(context.now)) throw unavailable();
  const { items, next } = pageFrom(
    some(running.filter(([{ service }]) => services.includes(service))),
    input.NextPageToken,
    PAGE_SIZE,
  );
  return {
    NextPageToken: next,
    UtilizationsByTime: [
      {
        TimePeriod: { Start: dayOf(period.start), End: dayOf(period.end) },
        Groups: items.map(([one, share]) => reservationGroup(one, share)),
        Total: {},
      },
    ],
    Total: {},
  };
}

/**
 * @evidence documented "botocore ce.GetSavingsPlansUtilizationDetails TimePeriod": the end, though it is exclusive, is
 *   before the current date
 */
export function getSavingsPlansUtilizationDetails(
  context: CallContext,
  input: z.infer<typeof SavingsPlansDetailsInput>,
): object {
  // @evidence reported "github PostHog/posthog#76541": DataUnavailableException, seen of GetSavingsPlansUtilization,
  //   for an end that is not before the current date
  if (input.TimePeriod.End >= dayOf(context.now)) throw unavailable();
  const { period, running } = runningIn(context, input.TimePeriod, 'SAVINGS_PLAN');
  const { items, next } = pageFrom(some(running), input.NextToken, input.MaxResults);
  return {
    SavingsPlansUtilizationDetails: items.map(([one, share]) => savingsPlan(one, share)),
    TimePeriod: { Start: dayOf(period.start), End: dayOf(period.end) },
    NextToken: next,
  };
}

/**
 * What GetDimensionValues knows of reservations; the service is not among it.
 *
 * @evidence documented "botocore ce.GetDimensionValues Context": the ten dimensions of RESERVATIONS, without SERVICE
 */
const DIMENSIONS_OF_RESERVATIONS = [
  'AZ',
  'CACHE_ENGINE',
  'DEPLOYMENT_OPTION',
  'INSTANCE_TYPE',
  'LINKED_ACCOUNT',
  'PLATFORM',
  'REGION',
  'SCOPE',
  'TAG',
  'TENANCY',
] as const;

export const ReservationDimensionInput = z.object({
  TimePeriod: TimePeriodSchema,
  Dimension: z.enum(DIMENSIONS_OF_RESERVATIONS),
  Context: z.literal('RESERVATIONS'),
  NextPageToken: z.string().optional(),
});

/** GetDimensionValues of reservations: only their buyers are modelled, none of the other dimensions. */
export function getReservationDimension(
  context: CallContext,
  input: z.infer<typeof ReservationDimensionInput>,
): object {
  const { running } = runningIn(context, input.TimePeriod, 'RESERVED_INSTANCE');
  const buyers = input.Dimension === 'LINKED_ACCOUNT' ? running.map(([{ buyerAccountId }]) => buyerAccountId) : [];
  const all = [...new Set(buyers)].toSorted();
  const { items, next } = pageFrom(all, input.NextPageToken, PAGE_SIZE);
  return {
    DimensionValues: items.map((Value) => ({ Value, Attributes: {} })),
    ReturnSize: items.length,
    TotalSize: all.length,
    NextPageToken: next,
  };
}

type Running = readonly [SubscriptionSeed, Amortization];

/** The subscriptions whose term has a part in the time, up to now. */
function runningIn(
  { state, now }: CallContext,
  timePeriod: z.infer<typeof TimePeriodSchema>,
  kind: SubscriptionSeed['kind'],
): { readonly period: Period; readonly running: readonly Running[] } {
  const period = periodOf(timePeriod, now);
  const ofKind = (state.seed.costs?.subscriptions ?? []).filter((one) => one.kind === kind);
  const running = ofKind.map((one): Running => [one, amortization(one, period.start, Math.min(period.end, now))]);
  return { period, running: running.filter(([, { hours }]) => hours > 0) };
}

/** This is how Cost Explorer says that there are none. */
function some(running: readonly Running[]): readonly Running[] {
  if (running.length > 0) return running;
  // @evidence documented "botocore ce.GetReservationUtilization": DataUnavailableException where the data are not
  //   available; that an organization without reservations has none to show is read into it
  throw unavailable();
}

const unavailable = (): ServiceError =>
  new ServiceError('DataUnavailableException', 'The requested data is unavailable.');

const reservationGroup = (one: SubscriptionSeed, { hours, upfront, recurring }: Amortization): object => ({
  Key: 'SUBSCRIPTION_ID',
  Value: one.id,
  Attributes: {
    accountId: one.buyerAccountId,
    subscriptionId: one.id,
    subscriptionType: one.paymentOption,
    subscriptionStatus: 'Active',
    numberOfInstances: '1',
    startDateTime: new Date(termOf(one).start).toISOString(),
    endDateTime: new Date(termOf(one).end).toISOString(),
    upfrontFee: one.upfrontFee,
    hourlyRecurringFee: one.hourlyFee,
  },
  Utilization: {
    UtilizationPercentage: String(one.user?.percent ?? 0),
    PurchasedHours: String(hours),
    AmortizedUpfrontFee: upfront.toFixed(),
    AmortizedRecurringFee: recurring.toFixed(),
    TotalAmortizedFee: upfront.plus(recurring).toFixed(),
  },
});

const savingsPlan = (one: SubscriptionSeed, { upfront, recurring }: Amortization): object => ({
  SavingsPlanArn: one.id,
  Attributes: {
    AccountId: one.buyerAccountId,
    SavingsPlansType: 'ComputeSavingsPlans',
    PaymentOption: one.paymentOption,
    PurchaseTerm: `${one.years}yr`,
    RecurringHourlyFee: one.hourlyFee,
    UpfrontFee: one.upfrontFee,
    StartDateTime: new Date(termOf(one).start).toISOString(),
    EndDateTime: new Date(termOf(one).end).toISOString(),
    Status: 'Active',
  },
  Utilization: {
    TotalCommitment: upfront.plus(recurring).toFixed(),
    UtilizationPercentage: String(one.user?.percent ?? 0),
  },
  AmortizedCommitment: {
    AmortizedUpfrontCommitment: upfront.toFixed(),
    AmortizedRecurringCommitment: recurring.toFixed(),
    TotalAmortizedCommitment: upfront.plus(recurring).toFixed(),
  },
});
