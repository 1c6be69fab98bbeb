import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import type { Schemas } from '../api/client';
import { useEvents } from '../api/queries';
import { indicatorOf } from '../logic/told-events';
import { Answered } from './answered';
import { DocumentLink } from './document-link';
import { NextPage } from './next-page';
import { PageLink } from './tenant-link';
import { Instant } from './time';
import { useUrlState } from './url-state';

type Told = Schemas['TenantEvent'];

interface Props {
  readonly tenantUuid: string;
  readonly isUnderWay: boolean;
}

/** What was published about a tenant, the newest first. */
export default function EventsTable({ tenantUuid, isUnderWay }: Props): ReactNode {
  const [parameters] = useUrlState();
  const query = useEvents(tenantUuid, parameters.get('cursor'), isUnderWay);
  return (
    <Answered query={query} what="the events">
      {({ events, cursor }) => (
        <Table
          variant="embedded"
          wrapLines
          items={events}
          columnDefinitions={columnsOf(tenantUuid)}
          ariaLabels={{ tableLabel: 'Events about this tenant' }}
          header={
            <Header variant="h2" description={<Explanation />}>
              Events
            </Header>
          }
          pagination={<NextPage next={cursor} />}
          empty={<Box>{cursor === null ? 'Nothing was published yet.' : 'These runs have published nothing.'}</Box>}
        />
      )}
    </Answered>
  );
}

const Explanation = (): ReactNode => (
  <>
    What went out on the event bus. <DocumentLink name="events">What each contains</DocumentLink>
  </>
);

const columnsOf = (tenantUuid: string): readonly TableProps.ColumnDefinition<Told>[] => [
  {
    id: 'type',
    header: 'Event',
    cell: ({ type }) => <StatusIndicator type={indicatorOf(type)}>{type}</StatusIndicator>,
    isRowHeader: true,
    minWidth: 200,
  },
  {
    id: 'at',
    header: 'Published',
    cell: ({ at }) => (at === null ? 'not recorded' : <Instant instant={at} />),
    minWidth: 170,
  },
  {
    id: 'run',
    header: 'Run',
    cell: ({ replicationSequence, run }) => (
      <PageLink to={`/vendings/${tenantUuid}?run=${replicationSequence}-${run}`}>
        {replicationSequence}-{run}
      </PageLink>
    ),
    minWidth: 80,
  },
  { id: 'where', header: 'State or lane', cell: ({ where }) => where ?? '–', minWidth: 150 },
  {
    id: 'error',
    header: 'Error',
    cell: ({ error }) => <span className="breakable">{error === null ? '–' : `${error.name}: ${error.message}`}</span>,
    minWidth: 260,
  },
];
