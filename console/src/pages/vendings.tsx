import Alert from '@cloudscape-design/components/alert';
import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { type ReactNode, useState } from 'react';

import type { Schemas, VendingSummary } from '../api/client';
import { at } from '../api/asking';
import { useVendings } from '../api/queries';
import { ProblemAlert } from '../components/answered';
import { BulkReplay } from '../components/bulk-replay';
import { Copy } from '../components/copy';
import { useTitle } from '../components/document-title';
import { ErrorTitle } from '../components/error-title';
import { ExportVendings } from '../components/export-vendings';
import { NoVendings } from '../components/no-vendings';
import { StatusBadge } from '../components/status-badge';
import { TenantLink } from '../components/tenant-link';
import { Since } from '../components/time';
import { useUrlState } from '../components/url-state';
import { FilterOfVendings } from '../components/vendings-filter';
import { type Preferences, savedPreferences, savePreferences } from '../logic/preferences';
import { tenantName } from '../logic/tenant-name';
import { addressOf, filterIn, unknownStatusIn, type VendingsFilter } from '../logic/vendings-filter';

const COLUMNS: readonly TableProps.ColumnDefinition<VendingSummary>[] = [
  { id: 'tenant', header: 'Tenant', cell: (vending) => <TenantLink {...vending} />, isRowHeader: true, minWidth: 180 },
  { id: 'status', header: 'Status', cell: (vending) => <StatusBadge {...vending} />, minWidth: 150 },
  { id: 'since', header: 'Since', cell: ({ statusChangedAt }) => <Since instant={statusChangedAt} />, minWidth: 110 },
  {
    id: 'account',
    header: 'Account',
    cell: ({ accountId }) => (accountId === null ? '–' : <Copy text={accountId} what="the account’s id" />),
    minWidth: 160,
  },
  { id: 'zone', header: 'Landing zone', cell: ({ landingZone }) => landingZone ?? '–', minWidth: 115 },
  { id: 'error', header: 'Error', cell: (vending) => <ErrorTitle vending={vending} />, minWidth: 130 },
  { id: 'sequence', header: 'Sequence', cell: ({ replicationSequence }) => replicationSequence, minWidth: 100 },
  {
    id: 'uuid',
    header: 'Tenant UUID',
    cell: ({ tenantUuid }) => <Copy text={tenantUuid} what="the tenant’s UUID" />,
    minWidth: 330,
  },
];

const NAMES = COLUMNS.map(({ id = '', header }) => ({ id, label: typeof header === 'string' ? header : id }));
const SHOWN_AT_FIRST: readonly string[] = ['tenant', 'status', 'since', 'account', 'zone', 'error'];

export default function Vendings(): ReactNode {
  useTitle('Vendings');
  const [preferences, setPreferences] = useState(() => savedPreferences(localStorage, SHOWN_AT_FIRST));
  const [parameters, change] = useUrlState();
  const [selected, setSelected] = useState<readonly VendingSummary[]>([]);
  const filter = filterIn(parameters);
  const unknownStatus = unknownStatusIn(parameters);
  const cursor = parameters.get('cursor');
  const query = useVendings({ ...filter, limit: preferences.pageSize, ...at(cursor) });
  const { vendings, next } = pageIn(query.data);
  return (
    <SpaceBetween size="m">
      {query.isLoadingError && (
        <ProblemAlert error={query.error} header="Could not read the vendings" onRetry={() => void query.refetch()} />
      )}
      {unknownStatus !== null && (
        <Alert type="warning">
          There is no status “{unknownStatus}”, so vendings of every status are shown. Choose one in the filter.
        </Alert>
      )}
      <Table
        {...LOOK}
        items={vendings}
        columnDisplay={NAMES.map(({ id }) => ({ id, visible: preferences.columns.includes(id) }))}
        loading={query.isPending}
        selectedItems={[...selected]}
        onSelectionChange={({ detail }) => {
          setSelected(detail.selectedItems);
        }}
        empty={query.data === undefined ? '' : <NoVendings filter={filter} />}
        header={
          <Head
            selected={selected}
            filter={filter}
            count={query.data !== undefined && cursor === null && next === null ? `(${vendings.length})` : ''}
          />
        }
        filter={
          <FilterOfVendings
            filter={filter}
            onChange={(wanted) => {
              setSelected([]);
              change(addressOf(wanted));
            }}
          />
        }
        pagination={
          <Pages
            key={JSON.stringify([filter, preferences.pageSize])}
            cursor={cursor}
            next={next}
            onCursor={(to) => {
              change({ cursor: to });
            }}
          />
        }
        preferences={
          <TablePreferences
            preferences={preferences}
            onChange={(chosen) => {
              savePreferences(localStorage, chosen);
              setPreferences(chosen);
              change({ cursor: null });
            }}
          />
        }
      />
    </SpaceBetween>
  );
}

const pageIn = (
  list: Schemas['VendingList'] | undefined,
): { readonly vendings: readonly VendingSummary[]; readonly next: string | null } => ({
  vendings: list?.vendings ?? [],
  next: list?.cursor ?? null,
});

interface HeadProps {
  readonly selected: readonly VendingSummary[];
  readonly filter: VendingsFilter;
  readonly count: string;
}

const Head = ({ selected, filter, count }: HeadProps): ReactNode => (
  <Header
    variant="h1"
    counter={count}
    actions={
      <SpaceBetween direction="horizontal" size="xs">
        <BulkReplay
          filter={{ ...filter, status: 'FAILED' }}
          only={selected}
          label={selected.length === 0 ? 'Replay' : `Replay ${selected.length}`}
        />
        {(filter.status === 'FAILED' || filter.status === 'SHADOWED') && (
          <BulkReplay filter={filter} label="Replay all of the filter" />
        )}
        <ExportVendings filter={filter} />
      </SpaceBetween>
    }
  >
    Vendings
  </Header>
);

interface TablePreferencesProps {
  readonly preferences: Preferences;
  readonly onChange: (preferences: Preferences) => void;
}

const TablePreferences = ({ preferences, onChange }: TablePreferencesProps): ReactNode => (
  <CollectionPreferences
    title="Preferences"
    confirmLabel="Confirm"
    cancelLabel="Cancel"
    preferences={{ pageSize: preferences.pageSize, visibleContent: preferences.columns }}
    pageSizePreference={{ title: 'Rows', options: [20, 50, 100].map((value) => ({ value, label: `${value} rows` })) }}
    visibleContentPreference={{
      title: 'Columns',
      options: [
        { label: 'Columns', options: NAMES.map(({ id, label }) => ({ id, label, editable: id !== 'tenant' })) },
      ],
    }}
    onConfirm={({ detail }) => {
      onChange({ pageSize: detail.pageSize ?? 50, columns: detail.visibleContent ?? SHOWN_AT_FIRST });
    }}
  />
);

const LABELS: TableProps.AriaLabels<VendingSummary> = {
  tableLabel: 'Vendings',
  selectionGroupLabel: 'Choose vendings to replay',
  allItemsSelectionLabel: () => 'Choose all failed vendings of this page',
  itemSelectionLabel: (_, vending) => `Choose ${tenantName(vending)}`,
};

const LOOK = {
  variant: 'full-page',
  stickyHeader: true,
  trackBy: 'tenantUuid',
  columnDefinitions: COLUMNS,
  loadingText: 'Reading the vendings',
  selectionType: 'multi',
  isItemDisabled: ({ status }: VendingSummary) => status !== 'FAILED',
  ariaLabels: LABELS,
} as const;

interface PagesProps {
  readonly cursor: string | null;
  readonly next: string | null;
  readonly onCursor: (cursor: string | null) => void;
}

/** The API gives one page after another: those that were seen can be returned to. */
function Pages({ cursor, next, onCursor }: PagesProps): ReactNode {
  const [seen, setSeen] = useState<readonly (string | null)[]>(() => (cursor === null ? [null] : [null, cursor]));
  const known = next === null || seen.includes(next) ? seen : [...seen, next];
  const index = Math.max(0, known.indexOf(cursor));
  if (known.length === 1) return null;
  return (
    <Pagination
      ariaLabels={{
        nextPageLabel: 'Next page',
        previousPageLabel: 'Previous page',
        pageLabel: (page) => `Page ${page}`,
      }}
      currentPageIndex={index + 1}
      pagesCount={known.length}
      onChange={({ detail }) => {
        setSeen(known);
        onCursor(known[detail.currentPageIndex - 1] ?? null);
      }}
    />
  );
}
