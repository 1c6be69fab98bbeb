import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import type { Schemas } from '../api/client';
import { useRuns } from '../api/queries';
import { between, durationText } from '../logic/times';
import { Answered } from './answered';
import { NextPage } from './next-page';
import { StatusBadge } from './status-badge';
import { PageLink } from './tenant-link';
import { Instant } from './time';
import { useUrlState } from './url-state';

type Run = Schemas['RunSummary'];

/** Every run of a tenant, the newest first. */
export default function RunsTable({ tenantUuid }: { readonly tenantUuid: string }): ReactNode {
  const [parameters] = useUrlState();
  const query = useRuns(tenantUuid, parameters.get('cursor'));
  return (
    <Answered query={query} what="the runs">
      {({ runs, cursor }) => (
        <Table
          variant="embedded"
          wrapLines
          items={runs}
          trackBy={nameOf}
          columnDefinitions={columnsOf(tenantUuid)}
          ariaLabels={{ tableLabel: 'Runs of this tenant' }}
          header={<Header variant="h2">Runs</Header>}
          pagination={<NextPage next={cursor} />}
          empty={<Box>No run has begun yet.</Box>}
        />
      )}
    </Answered>
  );
}

const nameOf = ({ replicationSequence, run }: Run): string => `${replicationSequence}-${run}`;

const columnsOf = (tenantUuid: string): readonly TableProps.ColumnDefinition<Run>[] => [
  {
    id: 'run',
    header: 'Run',
    cell: (run) => <PageLink to={`/vendings/${tenantUuid}?run=${nameOf(run)}`}>{nameOf(run)}</PageLink>,
    isRowHeader: true,
    minWidth: 80,
  },
  {
    id: 'status',
    header: 'Status',
    cell: ({ status }) => <StatusBadge status={status} stoppedAt={null} />,
    minWidth: 130,
  },
  { id: 'begun', header: 'Begun', cell: ({ startedAt }) => <Instant instant={startedAt} />, minWidth: 170 },
  {
    id: 'duration',
    header: 'Duration',
    cell: ({ startedAt, finishedAt }) => (finishedAt === null ? '–' : durationText(between(startedAt, finishedAt))),
    minWidth: 100,
  },
  { id: 'by', header: 'Asked for by', cell: (run) => <span className="breakable">{askedBy(run)}</span>, minWidth: 200 },
  {
    id: 'configuration',
    header: 'Configuration',
    cell: ({ configurationHash }) => (
      <code title={configurationHash ?? ''}>{configurationHash?.slice(0, 8) ?? '–'}</code>
    ),
    minWidth: 120,
  },
  { id: 'error', header: 'Error', cell: ({ error }) => error?.message ?? '–', minWidth: 240 },
];

function askedBy({ requestedBy, replayedBy, reconciledIn }: Run): string {
  if (reconciledIn !== null) return `the night of ${reconciledIn}`;
  return replayedBy === null ? (requestedBy ?? 'an event') : `${replayedBy} (replay)`;
}
