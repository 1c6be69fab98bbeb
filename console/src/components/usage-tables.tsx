import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import type { Schemas } from '../api/client';
import { moneyText } from '../logic/money';
import { type GroupBy, groupOf, type UsageGroup, usageGroups } from '../logic/usage-groups';
import { useClientPages } from './client-pages';
import { Copy } from './copy';
import { PageLink } from './tenant-link';
import { useUrlState } from './url-state';

type Report = Schemas['AccountUsage'];

interface Props {
  readonly month: string;
  readonly reports: readonly Report[];
  readonly currency: string;
}

const NAMES: Readonly<Record<GroupBy, string>> = { workspace: 'Workspace', centre: 'Cost centre' };

/** The costs of a month by account, or added up by workspace or cost centre: the address says which. */
export function UsageTables(props: Props): ReactNode {
  const [parameters] = useUrlState();
  const by = parameters.get('by');
  return by === 'workspace' || by === 'centre' ? <Groups {...props} by={by} /> : <Accounts {...props} />;
}

function Choice(): ReactNode {
  const [parameters, change] = useUrlState();
  return (
    <SegmentedControl
      label="Added up by"
      selectedId={parameters.get('by') ?? 'account'}
      options={[{ id: 'account', text: 'Account' }, ...Object.entries(NAMES).map(([id, text]) => ({ id, text }))]}
      onChange={({ detail: { selectedId } }) => {
        change({ by: selectedId === 'account' ? null : selectedId, of: null });
      }}
    />
  );
}

function Groups({ month, reports, currency, by }: Props & { readonly by: GroupBy }): ReactNode {
  const [parameters] = useUrlState();
  const of = parameters.get('of');
  const groups = usageGroups(reports, by);
  const { items, pagination } = useClientPages(groups);
  if (of !== null) {
    const some = reports.filter((report) => (groupOf(report, by) ?? '') === of);
    return <Accounts {...{ month, currency, reports: some }} title={of === '' ? NONE[by] : `${NAMES[by]} ${of}`} />;
  }
  return (
    <Table
      items={items}
      columnDefinitions={groupColumns(month, currency, by)}
      ariaLabels={{ tableLabel: NAMES[by] }}
      header={
        <Header variant="h2" counter={`(${groups.length})`} actions={<Choice />}>
          {by === 'workspace' ? 'Workspaces' : 'Cost centres'}
        </Header>
      }
      pagination={pagination}
      empty={<Box>No account has cost anything.</Box>}
    />
  );
}

/** Costs of an account that nobody has ordered belong to no tenant. */
const NONE: Readonly<Record<GroupBy, string>> = { workspace: 'No workspace', centre: 'No cost centre' };

const groupColumns = (
  month: string,
  currency: string,
  by: GroupBy,
): readonly TableProps.ColumnDefinition<UsageGroup>[] => [
  {
    id: 'name',
    header: NAMES[by],
    cell: ({ name }) => (
      <PageLink to={`/usage?${new URLSearchParams({ month, by, of: name ?? '' }).toString()}`}>
        {name ?? NONE[by]}
      </PageLink>
    ),
    isRowHeader: true,
    minWidth: 170,
  },
  { id: 'accounts', header: 'Accounts', cell: ({ accounts }) => accounts, minWidth: 90 },
  { id: 'total', header: 'Total', cell: ({ total }) => moneyText(total, currency), minWidth: 120 },
];

function Accounts({ reports, currency, title }: Props & { readonly title?: string }): ReactNode {
  const { items, pagination } = useClientPages(
    reports.toSorted((one, other) => Number(other.total) - Number(one.total)),
  );
  const sum = reports.reduce((total, report) => total + Number(report.total), 0);
  return (
    <Table
      items={items}
      columnDefinitions={accountColumns(currency)}
      trackBy="accountId"
      ariaLabels={{ tableLabel: 'Accounts' }}
      header={
        <Header
          variant="h2"
          counter={`(${reports.length})`}
          actions={<Choice />}
          {...(title === undefined ? {} : { description: `${moneyText(sum, currency)} together` })}
        >
          {title ?? 'Accounts'}
        </Header>
      }
      pagination={pagination}
      empty={<Box>No account has cost anything.</Box>}
    />
  );
}

const accountColumns = (currency: string): readonly TableProps.ColumnDefinition<Report>[] => [
  {
    id: 'account',
    header: 'Account',
    cell: ({ accountId }) => <Copy text={accountId} what="the account’s id" />,
    isRowHeader: true,
    minWidth: 160,
  },
  { id: 'name', header: 'Account name', cell: ({ accountName }) => accountName ?? '–', minWidth: 150 },
  { id: 'workspace', header: 'Workspace', cell: ({ workspaceIdentifier: name }) => name ?? '–', minWidth: 110 },
  { id: 'project', header: 'Project', cell: (report) => <Project report={report} />, minWidth: 130 },
  { id: 'centre', header: 'Cost centre', cell: ({ paymentMethod }) => paymentMethod?.identifier ?? '–', minWidth: 110 },
  { id: 'total', header: 'Total', cell: ({ total }) => moneyText(total, currency), minWidth: 110 },
  { id: 'state', header: 'State', cell: ({ state }) => ACCOUNT_STATES[state], minWidth: 110 },
];

/** The month says the same in more words. */
const ACCOUNT_STATES: Readonly<Record<Report['state'], string>> = {
  OPEN: 'open',
  FINALIZED: 'ready to bill',
  UPDATED: 'changed since',
};

function Project({ report: { tenantUuid, projectIdentifier } }: { readonly report: Report }): ReactNode {
  if (tenantUuid === null) return 'no tenant';
  return <PageLink to={`/vendings/${tenantUuid}`}>{projectIdentifier ?? tenantUuid}</PageLink>;
}
