import Big from 'big.js';
import * as z from 'zod';

import type { CallContext } from '../operation';
import { accountCosts } from './account-costs';
import { type Dimension, DimensionSchema, type Filter, FilterSchema, passes, valueOf } from './cost-filter';
import { pageFrom } from './cost-paging';
import { type CostRecord, DAY, dayOf } from './cost-record';
import { subscriptionCosts } from './subscription-costs';
import { costPeriodOf, type Period, TimePeriodSchema } from './time-period';

export const CostAndUsageInput = z.object({
  TimePeriod: TimePeriodSchema,
  Granularity: z.enum(['DAILY', 'MONTHLY']),
  Metrics: z.array(z.literal('AmortizedCost')).min(1),
  GroupBy: z
    .array(z.object({ Type: z.literal('DIMENSION'), Key: DimensionSchema }))
    .max(2)
    .default([]),
  Filter: FilterSchema.optional(),
  NextPageToken: z.string().optional(),
});

type Input = z.infer<typeof CostAndUsageInput>;

/** Groups on a page. AWS has more; few make callers turn pages. */
const PAGE_SIZE = 10;

/** How long after its end AWS may still change the costs of a time, and says so. */
const ESTIMATED = 3 * DAY;

/** Costs of the whole organization for its management account; of itself for any other. */
export function getCostAndUsage(context: CallContext, input: Input): object {
  const { now } = context;
  const period = costPeriodOf(input.TimePeriod, now);
  const records = costRecords(context, period, input.Filter);
  const dimensions = input.GroupBy.map(({ Key }) => Key);
  const spans = input.Granularity === 'MONTHLY' ? months(period) : days(period);
  const groups = spans.flatMap((span) => groupsOf(records, span, dimensions).map((group) => ({ span, group })));
  const { items, next } = pageFrom(groups, input.NextPageToken, PAGE_SIZE);
  // Where nothing is grouped, there are no groups.
  const shown = groups.length === 0 ? spans : spans.filter((span) => items.some((item) => item.span === span));
  return {
    NextPageToken: next,
    GroupDefinitions: input.GroupBy,
    ResultsByTime: shown.map((span) => ({
      TimePeriod: { Start: dayOf(span.start), End: dayOf(span.end) },
      Total: dimensions.length === 0 ? { AmortizedCost: money(totalOf(records, span)) } : {},
      Groups: items.filter((item) => item.span === span).map(({ group }) => group),
      Estimated: now < span.end + ESTIMATED,
    })),
    DimensionValueAttributes: [],
  };
}

export function costRecords(
  { state, now, principal }: CallContext,
  { start, end }: Period,
  filter?: Filter,
): readonly CostRecord[] {
  const until = Math.min(end, now);
  const seesAll = principal.accountId === state.seed.managementAccountId;
  const records = [
    ...[...state.accounts.values()].flatMap((account) => accountCosts(account, start, end, now)),
    ...(state.seed.costs?.subscriptions ?? []).flatMap((one) => subscriptionCosts(one, start, until)),
  ];
  return records.filter((record) => (seesAll || record.accountId === principal.accountId) && passes(record, filter));
}

function groupsOf(records: readonly CostRecord[], span: Period, dimensions: readonly Dimension[]): readonly object[] {
  if (dimensions.length === 0) return [];
  const sums = new Map<string, Big>();
  for (const record of within(records, span)) {
    const keys = JSON.stringify(dimensions.map((dimension) => valueOf(record, dimension)));
    sums.set(keys, (sums.get(keys) ?? new Big(0)).plus(record.amount));
  }
  return [...sums]
    .toSorted(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    .map(([keys, sum]) => ({
      Keys: z.array(z.string()).parse(JSON.parse(keys)),
      Metrics: { AmortizedCost: money(sum) },
    }));
}

const totalOf = (records: readonly CostRecord[], span: Period): Big =>
  within(records, span).reduce((sum, { amount }) => sum.plus(amount), new Big(0));

function within(records: readonly CostRecord[], { start, end }: Period): readonly CostRecord[] {
  const [first, next] = [dayOf(start), dayOf(end)];
  return records.filter(({ day }) => day >= first && day < next);
}

const money = (amount: Big): object => ({ Amount: amount.toString(), Unit: 'USD' });

function months({ start, end }: Period): readonly Period[] {
  const spans: Period[] = [];
  for (let at = start; at < end;) {
    const date = new Date(at);
    const next = Math.min(end, Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
    spans.push({ start: at, end: next });
    at = next;
  }
  return spans;
}

const days = ({ start, end }: Period): readonly Period[] =>
  Array.from({ length: (end - start) / DAY }, (_, i) => ({ start: start + i * DAY, end: start + (i + 1) * DAY }));
