import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import type { Schemas } from '../api/client';
import { useWaiters } from '../api/fleet-queries';
import { useDetailsOf } from '../api/queries';
import { estimateText } from '../logic/times';
import { Answered } from './answered';
import { NextPage } from './next-page';
import { TenantLink } from './tenant-link';
import { Since } from './time';
import { useUrlState } from './url-state';

type Lane = Schemas['LaneState'];
type Waiter = Schemas['Waiter'];

interface Named {
  readonly workspaceIdentifier: string | null;
  readonly projectIdentifier: string | null;
}

/** Who has a slot of a lane, and who waits for one. */
export function LaneLine({ lane }: { readonly lane: Lane }): ReactNode {
  const [parameters] = useUrlState();
  const query = useWaiters(lane.name, parameters.get('cursor'));
  const namesOf = useNames([...lane.slots, ...(query.data?.waiters ?? [])]);
  return (
    <SpaceBetween size="l">
      <Table
        wrapLines
        items={lane.slots.map((slot) => ({ ...slot, ...namesOf(slot) }))}
        trackBy={({ slot }) => String(slot)}
        columnDefinitions={HOLDERS}
        ariaLabels={{ tableLabel: `At work in the lane ${lane.name}` }}
        header={
          <Header variant="h2" counter={`(${lane.slots.length}${lane.unlimited ? '' : ` of ${lane.capacity}`})`}>
            At work in {lane.name}
          </Header>
        }
        empty={<Box>Every slot is free.</Box>}
      />
      <Answered query={query} what="the line">
        {({ waiters, cursor }) => (
          <Table
            wrapLines
            items={waiters.map((waiter) => ({ ...waiter, ...namesOf(waiter) }))}
            trackBy="tenantUuid"
            columnDefinitions={WAITERS}
            ariaLabels={{ tableLabel: `Waiting in the lane ${lane.name}` }}
            pagination={<NextPage next={cursor} />}
            header={
              <Header variant="h2" counter={`(${lane.waiting})`}>
                Waiting for {lane.name}
              </Header>
            }
            empty={<Box>No run waits here.</Box>}
          />
        )}
      </Answered>
    </SpaceBetween>
  );
}

/** A lane knows tenants by their UUIDs; until a name is read, that is what is shown. */
function useNames(
  tenants: readonly { readonly tenantUuid: string }[],
): (one: { readonly tenantUuid: string }) => Named {
  const details = useDetailsOf(tenants.map(({ tenantUuid }) => tenantUuid));
  const known = new Map(details.map((detail) => [detail.tenantUuid, detail]));
  return ({ tenantUuid }) => {
    const { workspaceIdentifier = null, projectIdentifier = null } = known.get(tenantUuid) ?? {};
    return { workspaceIdentifier, projectIdentifier };
  };
}

const HOLDERS: readonly TableProps.ColumnDefinition<Lane['slots'][number] & Named>[] = [
  { id: 'tenant', header: 'Tenant', cell: (slot) => <TenantLink {...slot} />, isRowHeader: true, minWidth: 200 },
  { id: 'slot', header: 'Slot', cell: ({ slot }) => slot, minWidth: 70 },
  { id: 'since', header: 'Since', cell: ({ since }) => <Since instant={since} />, minWidth: 120 },
];

const WAITERS: readonly TableProps.ColumnDefinition<Waiter & Named>[] = [
  { id: 'position', header: 'Position', cell: ({ position }) => position ?? 'let in now', minWidth: 90 },
  { id: 'tenant', header: 'Tenant', cell: (waiter) => <TenantLink {...waiter} />, isRowHeader: true, minWidth: 200 },
  { id: 'since', header: 'Waits since', cell: ({ since }) => <Since instant={since} />, minWidth: 120 },
  { id: 'ready', header: 'Ready about (UTC)', cell: ({ estimate }) => estimateText(estimate), minWidth: 200 },
];
