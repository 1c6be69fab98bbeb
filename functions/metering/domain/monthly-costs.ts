import { type Checked, faultOf, refused } from '../../domain/base/fault';
import { type AnswerPage, readPages, CostAndUsageSchema } from './cost-answers';
import { type CostPage, countsForCurrency, entriesOf, type Entry, mixedFaults } from './cost-entry';
import { type Decimal, sumOf } from './decimal';
import { type Month, monthOf } from './month';

/** What one account has cost in a month, by service of AWS. */
export interface AccountCost {
  readonly accountId: string;
  readonly service: string;
  readonly amount: Decimal;
}

export interface MonthlyCosts {
  readonly month: Month;
  readonly currency: string;
  /** AWS may still change these costs. */
  readonly estimated: boolean;
  /** One for each account and service, sorted. */
  readonly costs: readonly AccountCost[];
}

/**
 * Costs of organizations are in this currency unless the bill is paid in another; for a month that has cost nothing at
 * all.
 */
const CURRENCY_OF_NOTHING = 'USD';

/**
 * Reads the pages of a GetCostAndUsage that is grouped by account and service. Daily and hourly answers are added up.
 * `month` may be absent when the pages are about one month alone.
 */
export function readMonthlyCosts(pages: readonly AnswerPage[], month?: Month): Checked<MonthlyCosts> {
  if (pages.length === 0) {
    return refused({
      field: 'GetCostAndUsage',
      message: 'is missing: there is no page of it, and so there are no costs.',
    });
  }
  const read = readPages(pages, CostAndUsageSchema, ({ NextPageToken }) => NextPageToken);
  if (!read.ok) return read;
  const chosen = chosenMonth(read.value, month);
  if (!chosen.ok) return chosen;
  const results = read.value.flatMap((page) =>
    page.content.ResultsByTime.filter(({ TimePeriod }) => monthOf(TimePeriod.Start) === chosen.value),
  );
  const entries = read.value.map((page) => entriesOf(page, chosen.value));
  const all = entries.flatMap((found) => (found.ok ? found.value : []));
  const faults = [
    ...entries.flatMap((found) => (found.ok ? [] : found.faults)),
    ...mixedFaults(read.value, all, chosen.value),
  ];
  if (faults.length > 0) return refused(...faults);
  return {
    ok: true,
    value: {
      month: chosen.value,
      currency: all.find(countsForCurrency)?.currency ?? CURRENCY_OF_NOTHING,
      estimated: results.some(({ Estimated }) => Estimated === true),
      costs: added(all),
    },
  };
}

/** The months that some pages are about, in order. */
export function monthsIn(pages: readonly AnswerPage[]): Checked<readonly Month[]> {
  const read = readPages(pages, CostAndUsageSchema, ({ NextPageToken }) => NextPageToken);
  return read.ok ? { ok: true, value: monthsOf(read.value) } : read;
}

const monthsOf = (pages: readonly CostPage[]): readonly Month[] =>
  [
    ...new Set(
      pages.flatMap(({ content }) => content.ResultsByTime.map(({ TimePeriod }) => monthOf(TimePeriod.Start))),
    ),
  ].toSorted();

function chosenMonth(pages: readonly CostPage[], wanted: Month | undefined): Checked<Month> {
  const months = monthsOf(pages);
  const [only, ...others] = months;
  const [{ name } = { name: 'GetCostAndUsage' }] = pages;
  if (only === undefined) return refused({ field: `${name}: ResultsByTime`, message: 'is empty: no month is in it.' });
  if (wanted === undefined && others.length > 0) {
    return refused(faultOf('month', months.join(', '), 'are all in the pages: say which month is wanted.'));
  }
  if (wanted !== undefined && !months.includes(wanted)) {
    return refused(faultOf('month', wanted, `is not in the pages; there is ${months.join(', ')}.`));
  }
  return { ok: true, value: wanted ?? only };
}

function added(entries: readonly Entry[]): readonly AccountCost[] {
  const groups = Map.groupBy(entries, ({ accountId, service }) => `${accountId} ${service}`);
  return [...groups.entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, group]) => {
      const [first] = group;
      if (first === undefined) return [];
      return [{ accountId: first.accountId, service: first.service, amount: sumOf(group.map(({ amount }) => amount)) }];
    });
}
