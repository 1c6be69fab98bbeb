import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { api, dataOf, type Schemas } from '../api/client';
import { Answered } from './answered';
import { NextPage } from './next-page';
import { PageLink } from './tenant-link';
import { useUrlState } from './url-state';

type Adopted = Schemas['AdoptedAccount'];

const COLUMNS: readonly TableProps.ColumnDefinition<Adopted>[] = [
  { id: 'account', header: 'Account', cell: ({ accountId }) => accountId, minWidth: 130 },
  {
    id: 'name',
    header: 'Name',
    cell: ({ tenantUuid, accountName }) => <PageLink to={`/vendings/${tenantUuid}`}>{accountName}</PageLink>,
    isRowHeader: true,
    minWidth: 180,
  },
  { id: 'state', header: 'State', cell: ({ state }) => state, minWidth: 110 },
  { id: 'reason', header: 'Reason', cell: ({ reason }) => reason ?? '–', minWidth: 240 },
];

const OVER: ReadonlySet<Schemas['AdoptionStatus']> = new Set(['ENDED', 'STALE', 'REFUSED']);

/** How far an adoption has come. */
export function AdoptionProgress({ id }: { readonly id: string }): ReactNode {
  const [parameters] = useUrlState();
  const cursor = parameters.get('cursor');
  const query = useQuery({
    queryKey: ['adoption', id, cursor],
    queryFn: () =>
      dataOf(api.GET('/adoptions/{id}', { params: { path: { id }, query: cursor === null ? {} : { cursor } } })),
    refetchInterval: ({ state }) => (state.data !== undefined && OVER.has(state.data.status) ? false : 3_000),
  });
  return (
    <Answered query={query} what="the adoption">
      {({ status, adopted, running, waiting, failed, accounts, reason, details, cursor: next }) => (
        <SpaceBetween size="s">
          {reason !== null && (
            <Alert type="warning" header="Nothing was adopted">
              {reason}
            </Alert>
          )}
          <Table
            wrapLines
            items={details}
            trackBy="accountId"
            columnDefinitions={COLUMNS}
            ariaLabels={{ tableLabel: 'Accounts of the adoption' }}
            pagination={<NextPage next={next} />}
            header={
              <Header
                variant="h2"
                counter={`(${accounts})`}
                description={`${adopted} adopted, ${running} running, ${waiting} waiting, ${failed} failed.`}
              >
                {OVER.has(status) ? 'Adoption' : 'Adoption under way'}
              </Header>
            }
          />
        </SpaceBetween>
      )}
    </Answered>
  );
}
