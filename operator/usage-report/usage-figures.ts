import { type Decimal, decimal, sumOf } from '../../functions/metering/domain/decimal';
import type { LineItem } from '../../functions/metering/domain/usage-report';
import { type NamedReport, type NamedReports, UNASSIGNED } from './account-names';

/** One bar, or one part of a bar. Exact to the last digit that AWS has sent. */
export interface Figure {
  readonly name: string;
  readonly amount: Decimal;
}

/** With "others" six: as many patterns as there are, so that no two are the same without colour. */
const SHOWN = 5;

/** Figures by tenant, dearest first; `keep` chooses among line items. */
export const byTenant = (usage: NamedReports, keep: (item: LineItem) => boolean = () => true): readonly Figure[] =>
  figures(usage, ({ tenantUuid }) => tenantUuid ?? UNASSIGNED, keep);

/** An account of which nobody knows the cost centre is unassigned. */
export const byCostCentre = (usage: NamedReports): readonly Figure[] =>
  figures(
    usage,
    ({ costCentre }) => costCentre ?? UNASSIGNED,
    () => true,
  );

export const byService = (usage: NamedReports): readonly Figure[] =>
  figures(
    usage,
    (_, { service }) => service,
    () => true,
  );

/** Names that are listed by themselves; the rest is "others". */
export const shownNames = (all: readonly Figure[]): readonly string[] =>
  (all.length <= SHOWN + 1 ? all : all.slice(0, SHOWN)).map(({ name }) => name);

/** In the order of the names; what has no name of its own is one figure at the end. */
export function placed(all: readonly Figure[], names: readonly string[]): readonly Figure[] {
  const own = names.map((name) => ({ name, amount: amountOf(all, name) }));
  const others = all.filter(({ name }) => !names.includes(name));
  return others.length === 0
    ? own
    : [...own, { name: `${others.length} others`, amount: sumOf(others.map(({ amount }) => amount)) }];
}

export const amountOf = (all: readonly Figure[], name: string): Decimal =>
  sumOf(all.filter((figure) => figure.name === name).map(({ amount }) => amount));

function figures(
  { reports }: NamedReports,
  nameOf: (report: NamedReport, item: LineItem) => string,
  keep: (item: LineItem) => boolean,
): readonly Figure[] {
  const lines = reports.flatMap((report) =>
    report.lineItems.filter(keep).map((item) => ({ name: nameOf(report, item), amount: decimal(item.amount) })),
  );
  return [...Map.groupBy(lines, ({ name }) => name)]
    .map(([name, group]) => ({ name, amount: sumOf(group.map(({ amount }) => amount)) }))
    .toSorted((one, other) => other.amount.cmp(one.amount) || (one.name < other.name ? -1 : 1));
}
