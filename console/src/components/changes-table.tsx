import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import type { VendingDetail } from '../api/client';

export interface Change {
  readonly state: string;
  readonly what: string;
  readonly from: string | null;
  readonly to: string | null;
}

const COLUMNS: readonly TableProps.ColumnDefinition<Change>[] = [
  { id: 'state', header: 'State', cell: ({ state }) => state, minWidth: 160 },
  { id: 'what', header: 'What', cell: ({ what }) => what, isRowHeader: true, minWidth: 180 },
  { id: 'from', header: 'From', cell: ({ from }) => from ?? '–', minWidth: 140 },
  { id: 'to', header: 'To', cell: ({ to }) => to ?? '–', minWidth: 140 },
];

/** What states have changed in AWS, or would change. */
export const ChangeRows = ({
  changes,
  title,
  empty,
  level = 'h3',
}: {
  readonly changes: readonly Change[];
  readonly title: string;
  readonly empty: string;
  readonly level?: 'h2' | 'h3';
}): ReactNode => (
  <Table
    variant="embedded"
    wrapLines
    items={changes}
    columnDefinitions={COLUMNS}
    ariaLabels={{ tableLabel: title }}
    header={
      <Header variant={level} counter={`(${changes.length})`}>
        {title}
      </Header>
    }
    empty={<Box color="inherit">{empty}</Box>}
  />
);

export function ChangesTable({ timeline }: Pick<VendingDetail, 'timeline'>): ReactNode {
  const changes = timeline.flatMap(({ state, changes: made }) => made.map((change) => ({ ...change, state })));
  const leftOut = timeline.reduce((sum, { changesLeftOut = 0 }) => sum + changesLeftOut, 0);
  return (
    <>
      <ChangeRows changes={changes} title="What this run has changed" empty="Nothing so far." level="h2" />
      {leftOut > 0 && <Box>And {leftOut} more, for which there was no room.</Box>}
    </>
  );
}
