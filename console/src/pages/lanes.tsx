import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import type { VendingDetail, VendingSummary } from '../api/client';
import { useVendings, vendingQuery } from '../api/queries';
import { Answered } from '../components/answered';
import { useTitle } from '../components/document-title';
import { TenantLink } from '../components/tenant-link';
import { Since } from '../components/time';
import { timeText } from '../logic/times';
import { type Waiter, waitersByLane } from '../logic/waiters';

export default function Lanes(): ReactNode {
  useTitle('Lanes');
  const query = useVendings({ status: 'QUEUED', limit: 100 });
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="AWS works on a few accounts at once. Here is who waits for it, and for what.">
          Lanes
        </Header>
      }
    >
      <Answered query={query} what="the queued vendings">
        {({ vendings, cursor }) => <Lines vendings={vendings} hasMore={cursor !== null} />}
      </Answered>
    </ContentLayout>
  );
}

function Lines({
  vendings,
  hasMore,
}: {
  readonly vendings: readonly VendingSummary[];
  readonly hasMore: boolean;
}): ReactNode {
  const details = useQueries({ queries: vendings.map(({ tenantUuid }) => vendingQuery(tenantUuid)) });
  const lanes = waitersByLane(details.flatMap(({ data }) => (data === undefined ? [] : [data])));
  if (vendings.length === 0) return <Box padding="m">No run waits for AWS.</Box>;
  return (
    <SpaceBetween size="l">
      {hasMore && (
        <Alert type="info">More runs wait than are shown here: these are the newest {vendings.length}.</Alert>
      )}
      {lanes.map(({ name, waiters }) => (
        <Table
          key={name}
          wrapLines
          items={waiters}
          trackBy="tenantUuid"
          columnDefinitions={COLUMNS}
          ariaLabels={{ tableLabel: `Waiting in the lane ${name}` }}
          header={
            <Header variant="h2" counter={`(${waiters.length})`}>
              {name}
            </Header>
          }
        />
      ))}
    </SpaceBetween>
  );
}

const COLUMNS: readonly TableProps.ColumnDefinition<Waiter<VendingDetail>>[] = [
  { id: 'position', header: 'Position', cell: ({ lane }) => lane.position, minWidth: 90 },
  { id: 'tenant', header: 'Tenant', cell: (vending) => <TenantLink {...vending} />, isRowHeader: true, minWidth: 200 },
  { id: 'since', header: 'Waits since', cell: ({ lane }) => <Since instant={lane.since} />, minWidth: 120 },
  {
    id: 'ready',
    header: 'Ready about (UTC)',
    cell: ({ estimate }) =>
      estimate === null
        ? 'Too few runs to tell'
        : `${timeText(estimate.readyAt)} (${timeText(estimate.earliest)} to ${timeText(estimate.latest)})`,
    minWidth: 200,
  },
];
