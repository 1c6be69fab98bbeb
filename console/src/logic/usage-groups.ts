interface Report {
  readonly workspaceIdentifier: string | null;
  readonly paymentMethod: { readonly identifier: string } | null;
  readonly total: string;
}

/** What a month's costs are added up by. */
export type GroupBy = 'workspace' | 'centre';

export interface UsageGroup {
  /** Null: of accounts that have none. */
  readonly name: string | null;
  readonly accounts: number;
  readonly total: number;
}

export const groupOf = ({ workspaceIdentifier, paymentMethod }: Omit<Report, 'total'>, by: GroupBy): string | null =>
  by === 'workspace' ? workspaceIdentifier : (paymentMethod?.identifier ?? null);

/** The costs of each workspace or cost centre, the most expensive one first. */
export const usageGroups = (reports: readonly Report[], by: GroupBy): readonly UsageGroup[] =>
  [...Map.groupBy(reports, (report) => groupOf(report, by))]
    .map(([name, some]) => ({
      name,
      accounts: some.length,
      total: some.reduce((sum, { total }) => sum + Number(total), 0),
    }))
    .toSorted((one, other) => other.total - one.total);
