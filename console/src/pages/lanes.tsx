import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import type { Schemas } from '../api/client';
import { useLanes } from '../api/fleet-queries';
import { Answered } from '../components/answered';
import { LaneLine } from '../components/lane-line';
import { Page } from '../components/page';
import { PageLink } from '../components/tenant-link';
import { useUrlState } from '../components/url-state';
import { busiestLane, lanesInOrder } from '../logic/lanes';

type Lane = Schemas['LaneState'];

export default function Lanes(): ReactNode {
  const query = useLanes();
  return (
    <Page
      title="Lanes"
      description="AWS works on a few accounts at once. Here is who has a slot, who waits for one, and how long."
    >
      <Answered query={query} what="the lanes">
        {({ lanes }) => <AllLanes lanes={lanes} />}
      </Answered>
    </Page>
  );
}

function AllLanes({ lanes }: { readonly lanes: readonly Lane[] }): ReactNode {
  const [parameters] = useUrlState();
  const chosen = lanes.find(({ name }) => name === parameters.get('lane')) ?? busiestLane(lanes);
  return (
    <SpaceBetween size="l">
      <Table
        wrapLines
        items={lanesInOrder(lanes)}
        trackBy="name"
        columnDefinitions={COLUMNS}
        ariaLabels={{ tableLabel: 'Lanes' }}
        header={
          <Header variant="h2" counter={`(${lanes.length})`}>
            All lanes
          </Header>
        }
        empty={<Box>There are no lanes.</Box>}
      />
      {chosen !== null && <LaneLine key={chosen.name} lane={chosen} />}
    </SpaceBetween>
  );
}

const COLUMNS: readonly TableProps.ColumnDefinition<Lane>[] = [
  {
    id: 'name',
    header: 'Lane',
    cell: ({ name }) => <PageLink to={`/lanes?lane=${encodeURIComponent(name)}`}>{name}</PageLink>,
    isRowHeader: true,
    minWidth: 200,
  },
  {
    id: 'slots',
    header: 'Slots taken',
    cell: ({ slots, capacity, unlimited }) =>
      unlimited ? `${slots.length}, no limit` : `${slots.length} of ${capacity}`,
    minWidth: 120,
  },
  { id: 'waiting', header: 'Waiting', cell: ({ waiting }) => waiting, minWidth: 90 },
];
