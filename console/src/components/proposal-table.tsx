import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

import { adopt, proposalsOf } from '../api/actions';
import type { Schemas } from '../api/client';
import { ActionModal } from './action-modal';
import { Answered } from './answered';
import { NextPage } from './next-page';
import { useUrlState } from './url-state';

type Proposal = Schemas['Proposal'];

const COLUMNS: readonly TableProps.ColumnDefinition<Proposal>[] = [
  { id: 'account', header: 'Account', cell: ({ accountId }) => accountId, minWidth: 130 },
  { id: 'name', header: 'Name', cell: ({ accountName }) => accountName, isRowHeader: true, minWidth: 180 },
  {
    id: 'tenant',
    header: 'Becomes',
    cell: ({ desiredState }) =>
      desiredState === null
        ? '–'
        : `${desiredState.workspace.metadata.name}.${desiredState.project.metadata.name}, ${desiredState.tenant.spec.landingZoneRef.name}`,
    minWidth: 220,
  },
  {
    id: 'changes',
    header: 'What would change',
    cell: ({ changes, changesLeftOut, refusal }) =>
      refusal === null
        ? changesText(changes?.length ?? 0, changesLeftOut)
        : `${refusal.message} ${refusal.remedy ?? ''}`,
    minWidth: 260,
  },
];

const changesText = (count: number, leftOut: number): string =>
  count + leftOut === 0 ? 'Nothing' : `${count + leftOut} changes`;

/** What would be adopted, page by page, and the button that does it. */
export function ProposalTable({
  id,
  onAdopted,
}: {
  readonly id: string;
  readonly onAdopted: (adoption: string) => void;
}): ReactNode {
  const [parameters] = useUrlState();
  const [isAsking, setAsking] = useState(false);
  const cursor = parameters.get('cursor');
  const query = useQuery({
    queryKey: ['proposals', id, cursor],
    queryFn: () => proposalsOf(id, cursor),
    refetchInterval: ({ state }) => (state.data?.status === 'PROPOSING' ? 3_000 : false),
  });
  return (
    <Answered query={query} what="the proposals">
      {({ proposals, accounts, refused, pending, token, status, cursor: next }) => (
        <>
          <Table
            wrapLines
            items={proposals}
            trackBy="accountId"
            loading={status === 'PROPOSING' && proposals.length === 0}
            loadingText="Accounts are being read"
            columnDefinitions={COLUMNS}
            ariaLabels={{ tableLabel: 'Proposals' }}
            pagination={<NextPage next={next} />}
            empty={<Box>Every account of the organization has its tenant, or no tags that name one.</Box>}
            header={
              <Header
                variant="h2"
                counter={`(${accounts})`}
                description={`${refused} cannot be adopted${pending === null || pending === 0 ? '' : `; ${pending} are still being read`}.`}
                actions={
                  <Button
                    variant="primary"
                    disabled={token === null || accounts === refused}
                    onClick={() => {
                      setAsking(true);
                    }}
                  >
                    Adopt
                  </Button>
                }
              >
                Proposals
              </Header>
            }
          />
          {isAsking && token !== null && (
            <ActionModal
              title={`Adopt ${accounts - refused} accounts?`}
              label="Adopt"
              action={async () => {
                onAdopted(await adopt(token));
              }}
              onEnd={() => {
                setAsking(false);
              }}
            >
              A run begins for each. If the organization has changed since, nothing is adopted.
            </ActionModal>
          )}
        </>
      )}
    </Answered>
  );
}
