import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import type { Schemas } from '../api/client';
import { useDesiredState, useDesiredStates } from '../api/queries';
import { valueText } from '../logic/value-text';
import { Answered } from './answered';
import { JsonText } from './json-text';
import { NextPage } from './next-page';
import { PageLink } from './tenant-link';
import { Instant } from './time';
import { useUrlState } from './url-state';

type State = Schemas['DesiredStateSummary'];
type Difference = Schemas['Difference'];

/** What was wanted of a tenant, the newest first; of one of them, what has changed with it. */
export default function DesiredStates({ tenantUuid }: { readonly tenantUuid: string }): ReactNode {
  const [parameters] = useUrlState();
  const query = useDesiredStates(tenantUuid, parameters.get('cursor'));
  const named = Number(parameters.get('sequence'));
  return (
    <Answered query={query} what="the desired states">
      {({ desiredStates, cursor }) => {
        const sequence = named > 0 ? named : desiredStates[0]?.replicationSequence;
        return (
          <SpaceBetween size="l">
            <Table
              variant="embedded"
              wrapLines
              items={desiredStates}
              trackBy={({ replicationSequence }) => String(replicationSequence)}
              columnDefinitions={columnsOf(tenantUuid)}
              ariaLabels={{ tableLabel: 'Desired states of this tenant' }}
              header={<Header variant="h2">Desired states</Header>}
              pagination={<NextPage next={cursor} />}
              empty={<Box>None is known.</Box>}
            />
            {sequence !== undefined && <OneState key={sequence} tenantUuid={tenantUuid} sequence={sequence} />}
          </SpaceBetween>
        );
      }}
    </Answered>
  );
}

const columnsOf = (tenantUuid: string): readonly TableProps.ColumnDefinition<State>[] => [
  {
    id: 'sequence',
    header: 'Sequence',
    cell: ({ replicationSequence: sequence }) => (
      <PageLink to={`/vendings/${tenantUuid}?tab=desired&sequence=${sequence}`}>{sequence}</PageLink>
    ),
    isRowHeader: true,
    minWidth: 100,
  },
  { id: 'received', header: 'Received', cell: ({ receivedAt }) => <Instant instant={receivedAt} />, minWidth: 170 },
  {
    id: 'from',
    header: 'From',
    cell: ({ trigger, requestedBy }) => <span className="breakable">{requestedBy ?? TRIGGERS[trigger]}</span>,
    minWidth: 200,
  },
  { id: 'runs', header: 'Runs', cell: ({ runs }) => runs, minWidth: 70 },
  {
    id: 'superseded',
    header: 'Superseded by',
    cell: ({ supersededBy }) => supersededBy ?? '–',
    minWidth: 120,
  },
];

const TRIGGERS: Readonly<Record<State['trigger'], string>> = { event: 'an event', api: 'the API' };

function OneState({ tenantUuid, sequence }: { readonly tenantUuid: string; readonly sequence: number }): ReactNode {
  const query = useDesiredState(tenantUuid, sequence);
  return (
    <Answered query={query} what={`the desired state ${sequence}`}>
      {({ differences, comparedWith, desiredState }) => (
        <SpaceBetween size="m">
          <Table
            variant="embedded"
            wrapLines
            items={differences ?? []}
            trackBy="field"
            columnDefinitions={DIFFERENCES}
            ariaLabels={{ tableLabel: `What differs in the desired state ${sequence}` }}
            header={<Header variant="h3">{headOf(sequence, comparedWith)}</Header>}
            empty={<Box>{emptyOf(differences, comparedWith)}</Box>}
          />
          {desiredState === null || desiredState === undefined ? (
            <Box>It is not kept any more: only the newest one is, and others for thirty days.</Box>
          ) : (
            <ExpandableSection headerText={`Desired state ${sequence} (JSON)`}>
              <JsonText value={desiredState} />
            </ExpandableSection>
          )}
        </SpaceBetween>
      )}
    </Answered>
  );
}

const headOf = (sequence: number, comparedWith: number | null): string =>
  comparedWith === null ? `Desired state ${sequence}` : `What has changed from ${comparedWith} to ${sequence}`;

function emptyOf(differences: readonly Difference[] | null, comparedWith: number | null): string {
  if (comparedWith === null) return 'It is the first one.';
  return differences === null ? 'One of the two is not kept any more.' : 'Nothing.';
}

const DIFFERENCES: readonly TableProps.ColumnDefinition<Difference>[] = [
  { id: 'field', header: 'Field', cell: ({ field }) => field, isRowHeader: true, minWidth: 220 },
  {
    id: 'from',
    header: 'From',
    cell: ({ from }) => <span className="breakable">{valueText(from)}</span>,
    minWidth: 160,
  },
  { id: 'to', header: 'To', cell: ({ to }) => <span className="breakable">{valueText(to)}</span>, minWidth: 160 },
];
