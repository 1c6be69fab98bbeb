import { type Fault, faultOf } from '../../domain/base/fault';
import { type CostPage, type Entry, countsForCurrency } from './cost-entry';
import { type Month, monthOf } from './month';

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
