import type { AccountReport, UsageReports } from '../../functions/metering/domain/usage-report';

/** What people call an account and whose it is; absent: nobody has said so. */
export interface AccountNames {
  readonly workspaceIdentifier?: string | undefined;
  readonly projectIdentifier?: string | undefined;
  readonly accountName?: string | undefined;
  readonly costCentre?: string | undefined;
}

export type NamedReport = AccountReport & AccountNames;

export type NamedReports = Omit<UsageReports, 'reports'> & { readonly reports: readonly NamedReport[] };

/** The reports with the names of their accounts, behind what they had before. */
export const withNames = (usage: UsageReports, names: ReadonlyMap<string, AccountNames>): NamedReports => ({
  ...usage,
  reports: usage.reports.map((report) => ({ ...report, ...names.get(report.accountId) })),
});

export const UNASSIGNED = 'unassigned';

/** What a tenant is called in these reports: `retail.webshop-dev`; its uuid where nobody has said so. */
export function tenantLabels(reports: readonly NamedReport[]): (tenant: string) => string {
  const labels = new Map<string, string>();
  for (const { tenantUuid, workspaceIdentifier, projectIdentifier } of reports) {
    if (tenantUuid === null || workspaceIdentifier === undefined || projectIdentifier === undefined) continue;
    labels.set(tenantUuid, `${workspaceIdentifier}.${projectIdentifier}`);
  }
  const count = Map.groupBy(labels.values(), (label) => label);
  return (tenant) => {
    const label = labels.get(tenant);
    if (label === undefined) return tenant;
    // A project may have a tenant on each of two platforms.
    return (count.get(label)?.length ?? 0) > 1 ? `${label} (${shortUuid(tenant)})` : label;
  };
}

/** The tables have the whole uuid. */
export const shortUuid = (name: string): string =>
  /^[0-9a-f-]{36}$/i.test(name) ? `${name.slice(0, 8)}…${name.slice(-4)}` : name;
