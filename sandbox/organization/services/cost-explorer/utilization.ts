import * as z from 'zod';

import type { SubscriptionSeed } from '../../organization-seed';
import { ServiceError } from '../../service-error';
import type { CallContext } from '../operation';
import { FilterSchema } from './cost-filter';
import { pageFrom } from './cost-paging';
import { dayOf } from './cost-record';
import { type Amortization, amortization, termOf } from './subscription-costs';
import { invalid, type Period, periodOf, TimePeriodSchema } from './time-period';

export const ReservationUtilizationInput = z.object({
  TimePeriod: TimePeriodSchema,
  GroupBy: z.array(z.object({ Type: z.literal('DIMENSION'), Key: z.literal('SUBSCRIPTION_ID') })).length(1),
  Filter: FilterSchema.optional(),
  NextPageToken: z.string().optional(),
});

export const SavingsPlansDetailsInput = z.object({
  TimePeriod: TimePeriodSchema,
  MaxResults: z.int().min(1).max(100).default(20),
  NextToken: z.string().optional(),
});

/** Services whose reservations Cost Explorer looks at when none is named. */
const DEFAULT_SERVICE = 'Amazon Elastic Compute Cloud - Compute';

const PAGE_SIZE = 10;

export function getReservationUtilization(
  context: CallContext,
  input: z.infer<typeof ReservationUtilizationInput>,
): object {
  const { period, running } = runningIn(context, input.TimePeriod, 'RESERVED_INSTANCE');
  const services = input.Filter?.Dimensions?.Key === 'SERVICE' ? input.Filter.Dimensions.Values : [DEFAULT_SERVICE];
  if (services.length !== 1) throw invalid('Exactly one value of the dimension SERVICE is allowed.');
  const { items, next } = pageFrom(
    some(running.filter(([{ service }]) => services.includes(service))),
    input.NextPageToken,
    PAGE_SIZE,
  );
  return {
    ...(next === undefined ? {} : { NextPageToken: next }),
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

/** The end must lie before today (AWS's description of the operation), though it is exclusive. */
export function getSavingsPlansUtilizationDetails(
  context: CallContext,
  input: z.infer<typeof SavingsPlansDetailsInput>,
): object {
  if (input.TimePeriod.End >= dayOf(context.now)) throw invalid('End date must be before the current date.');
  const { period, running } = runningIn(context, input.TimePeriod, 'SAVINGS_PLAN');
  const { items, next } = pageFrom(some(running), input.NextToken, input.MaxResults);
  return {
    SavingsPlansUtilizationDetails: items.map(([one, share]) => savingsPlan(one, share)),
    TimePeriod: { Start: dayOf(period.start), End: dayOf(period.end) },
    ...(next === undefined ? {} : { NextToken: next }),
  };
}

export const ReservedServicesInput = z.object({
  TimePeriod: TimePeriodSchema,
  Dimension: z.literal('SERVICE'),
  Context: z.literal('RESERVATIONS'),
  NextPageToken: z.string().optional(),
});

/** GetDimensionValues: which services there are reservations of. */
export function getReservedServices(context: CallContext, input: z.infer<typeof ReservedServicesInput>): object {
  const { running } = runningIn(context, input.TimePeriod, 'RESERVED_INSTANCE');
  const services = [...new Set(running.map(([{ service }]) => service))].toSorted();
  const { items, next } = pageFrom(services, input.NextPageToken, PAGE_SIZE);
  return {
    DimensionValues: items.map((Value) => ({ Value, Attributes: {} })),
    ReturnSize: items.length,
    TotalSize: services.length,
    ...(next === undefined ? {} : { NextPageToken: next }),
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
  throw new ServiceError('DataUnavailableException', 'The requested data is unavailable.');
}

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
