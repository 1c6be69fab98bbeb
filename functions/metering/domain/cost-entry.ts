import type * as z from 'zod';

import { type Checked, type Fault, faultIf, faultOf, refused } from '../../domain/base/fault';
import { inPage, type ReadPage, type CostAndUsageSchema, type TimePeriod } from './cost-answers';
import { type Decimal, ZERO } from './decimal';
import { endOf, type Month, monthOf } from './month';

export type CostPage = ReadPage<z.output<typeof CostAndUsageSchema>>;

/** One amount of an answer, with where it stands. */
export interface Entry {
  readonly accountId: string;
  readonly service: string;
  readonly amount: Decimal;
  readonly currency: string;
  readonly period: TimePeriod;
  readonly page: string;
  readonly field: string;
}

/** The amounts of one page that are about a month. */
export function entriesOf(page: CostPage, month: Month): Checked<readonly Entry[]> {
  const places = placesOfKeys(page);
  if (!places.ok) return places;
  const read = page.content.ResultsByTime.map((result, r) =>
    monthOf(result.TimePeriod.Start) === month
      ? entriesOfResult(result, `ResultsByTime[${r}]`, places.value, month, page.name)
      : { entries: [], faults: [] },
  );
  const faults = read.flatMap((one) => one.faults);
  return faults.length > 0
    ? refused(...faults.map((fault) => inPage(page.name, fault)))
    : { ok: true, value: read.flatMap(({ entries }) => entries) };
}

/** AWS has no currency for a cost of nothing. */
export const countsForCurrency = ({ amount, currency }: Entry): boolean => currency !== 'N/A' || !amount.eq(ZERO);

interface Places {
  readonly account: number;
  readonly service: number;
}

/** In the order in which the query has grouped. */
function placesOfKeys({ name, content }: CostPage): Checked<Places> {
  const keys = (content.GroupDefinitions ?? []).map(({ Key }) => Key);
  if (keys.length === 0) return { ok: true, value: { account: 0, service: 1 } };
  const places = { account: keys.indexOf('LINKED_ACCOUNT'), service: keys.indexOf('SERVICE') };
  return places.account < 0 || places.service < 0
    ? refused(inPage(name, faultOf('GroupDefinitions', keys, 'must be LINKED_ACCOUNT and SERVICE.')))
    : { ok: true, value: places };
}

type Result = CostPage['content']['ResultsByTime'][number];

interface Found {
  readonly entries: readonly Entry[];
  readonly faults: readonly Fault[];
}

function entriesOfResult(result: Result, field: string, places: Places, month: Month, page: string): Found {
  const { TimePeriod: period, Groups, Total } = result;
  const groups = Groups ?? [];
  const isUngrouped = groups.length === 0 && !(Total?.AmortizedCost?.Amount ?? ZERO).eq(ZERO);
  const hasNoEnd = period.End > endOf(month) || period.End <= period.Start;
  const read = groups.map((group, g) => entryOf(group, `${field}.Groups[${g}]`, places, period, page));
  return {
    entries: read.flatMap((one) => (one.ok ? [one.value] : [])),
    faults: [
      ...faultIf(hasNoEnd, `${field}.TimePeriod.End`, period.End, `is no end within ${month}, where it starts.`),
      ...(isUngrouped ? [ungrouped(field)] : []),
      ...read.flatMap((one) => (one.ok ? [] : one.faults)),
    ],
  };
}

const ungrouped = (field: string): Fault => ({
  field: `${field}.Groups`,
  message: 'is empty, but there is a Total. Group by LINKED_ACCOUNT and SERVICE.',
});

function entryOf(
  { Keys, Metrics }: NonNullable<Result['Groups']>[number],
  field: string,
  places: Places,
  period: TimePeriod,
  page: string,
): Checked<Entry> {
  const accountId = Keys[places.account] ?? '';
  const service = Keys[places.service];
  if (service === undefined || !/^\d{12}$/.test(accountId)) {
    const problem = 'must be an account id of 12 digits and a service: group by LINKED_ACCOUNT and SERVICE.';
    return refused(faultOf(`${field}.Keys`, Keys, problem));
  }
  const { Amount: amount, Unit: currency } = Metrics.AmortizedCost;
  return { ok: true, value: { accountId, service, amount, currency, period, page, field } };
}

/** What makes the sum of several pages wrong, though each page is right. */
export const mixedFaults = (pages: readonly CostPage[], entries: readonly Entry[], month: Month): readonly Fault[] => [
  ...overlaps(pages, month),
  ...currencyFaults(entries),
  ...repetitions(entries),
];

/** A day inside of a month that is there as a whole would be counted twice. */
function overlaps(pages: readonly CostPage[], month: Month): readonly Fault[] {
  const periods = pages
    .flatMap(({ name, content }) => content.ResultsByTime.map(({ TimePeriod }) => ({ name, ...TimePeriod })))
    .filter(({ Start }) => monthOf(Start) === month)
    .toSorted((one, other) => Number(one.Start) - Number(other.Start) || Number(one.End) - Number(other.End));
  return periods.flatMap((period, i) => {
    const before = periods[i - 1];
    const isSame = before !== undefined && +before.Start === +period.Start && +before.End === +period.End;
    return before === undefined || isSame || before.End <= period.Start
      ? []
      : [
          {
            field: `${period.name}: ResultsByTime`,
            message: `has a time period that overlaps with one of ${before.name}: costs would count twice. Keep the pages of one query.`,
          },
        ];
  });
}

function currencyFaults(entries: readonly Entry[]): readonly Fault[] {
  const counted = entries.filter(countsForCurrency);
  const [first] = counted;
  const other = counted.find(({ currency }) => currency !== first?.currency);
  if (first === undefined || other === undefined) return [];
  const problem = `is another currency than ${first.currency} (${first.page}: ${first.field}); amounts of two currencies have no sum.`;
  return [faultOf(`${other.page}: ${other.field}.Metrics.AmortizedCost.Unit`, other.currency, problem)];
}

/**
 * AWS never sends an account and service of one period on two pages: then a page is there twice, or two queries are
 * mixed.
 */
function repetitions(entries: readonly Entry[]): readonly Fault[] {
  const seen = new Map<string, Entry>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.period.Start, entry.period.End, entry.accountId, entry.service]);
    const before = seen.get(key);
    if (before !== undefined && before.page !== entry.page) {
      const message = `repeats account ${entry.accountId}, ${entry.service}, of ${before.page}: costs would count twice. Keep the pages of one query.`;
      return [{ field: `${entry.page}: ${entry.field}`, message }];
    }
    seen.set(key, entry);
  }
  return [];
}
