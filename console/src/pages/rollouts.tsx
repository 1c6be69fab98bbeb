import Box from '@cloudscape-design/components/box';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import type { Schemas } from '../api/client';
import { useRollouts } from '../api/rollouts';
import { Answered } from '../components/answered';
import { NextPage } from '../components/next-page';
import { Page } from '../components/page';
import { PlanRollout } from '../components/plan-rollout';
import { RolloutBadge } from '../components/rollout-badge';
import { PageLink } from '../components/tenant-link';
import { Instant } from '../components/time';
import { useUrlState } from '../components/url-state';
import { placeText, targetText } from '../logic/rollouts';

type Rollout = Schemas['Rollout'];

export default function Rollouts(): ReactNode {
  const [parameters] = useUrlState();
  const query = useRollouts(parameters.get('cursor'));
  const known = query.data?.rollouts.flatMap(({ fromHash, targetHash }) => [targetHash, fromHash]) ?? [];
  return (
    <Page
      title="Rollouts"
      description="Bring a changed configuration, or landing zone, to the accounts that are there already, wave after wave."
      actions={<PlanRollout knownHashes={[...new Set(known)]} />}
    >
      <Answered query={query} what="the rollouts">
        {({ rollouts, cursor }) => (
          <Table
            wrapLines
            items={rollouts}
            trackBy="id"
            columnDefinitions={COLUMNS}
            ariaLabels={{ tableLabel: 'Rollouts' }}
            pagination={<NextPage next={cursor} />}
            empty={<Box>No rollout was planned yet. A plan changes nothing.</Box>}
          />
        )}
      </Answered>
    </Page>
  );
}

const COLUMNS: readonly TableProps.ColumnDefinition<Rollout>[] = [
  {
    id: 'target',
    header: 'Brings to',
    cell: (rollout) => <PageLink to={`/rollouts/${rollout.id}`}>{targetText(rollout)}</PageLink>,
    isRowHeader: true,
    minWidth: 180,
  },
  { id: 'status', header: 'Status', cell: (rollout) => <RolloutBadge {...rollout} />, minWidth: 220 },
  { id: 'place', header: 'Where', cell: placeText, minWidth: 90 },
  { id: 'changing', header: 'To change', cell: ({ changing }) => changing, minWidth: 90 },
  { id: 'done', header: 'Done', cell: ({ done }) => done, minWidth: 70 },
  { id: 'running', header: 'Running', cell: ({ running }) => running, minWidth: 90 },
  { id: 'failed', header: 'Failed', cell: ({ failed }) => failed, minWidth: 80 },
  {
    id: 'planned',
    header: 'Planned',
    cell: ({ plannedAt, plannedBy }) => (
      <span className="breakable">
        {plannedAt === null ? 'not yet' : <Instant instant={plannedAt} />}
        {plannedBy !== null && ` by ${plannedBy}`}
      </span>
    ),
    minWidth: 380,
  },
];
