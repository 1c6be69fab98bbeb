import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Steps from '@cloudscape-design/components/steps';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';

import type { Schemas } from '../api/client';
import { useRollout } from '../api/rollouts';
import { Breadcrumbs } from '../components/breadcrumbs';
import { Answered } from '../components/answered';
import { useClientPages } from '../components/client-pages';
import { useTitle } from '../components/document-title';
import { RolloutBadge } from '../components/rollout-badge';
import { RolloutButtons } from '../components/rollout-buttons';
import { RolloutTenants } from '../components/rollout-tenants';
import { PageLink } from '../components/tenant-link';
import { Instant } from '../components/time';
import { placeText, shortHash, timeLeftText, titleOf, wavesOf } from '../logic/rollouts';

type Rollout = Schemas['Rollout'];

export default function OneRollout(): ReactNode {
  const { id = '' } = useParams();
  const query = useRollout(id);
  useTitle('Rollout');
  return (
    <>
      {query.data === undefined && <Header variant="h1">Rollout</Header>}
      <Answered query={query} what="the rollout">
        {(rollout) => <RolloutPage rollout={rollout} />}
      </Answered>
    </>
  );
}

function RolloutPage({ rollout }: { readonly rollout: Rollout }): ReactNode {
  const title = titleOf(rollout);
  return (
    <ContentLayout
      breadcrumbs={
        <Breadcrumbs
          items={[
            { text: 'Rollouts', href: '#/rollouts' },
            { text: title, href: `#/rollouts/${rollout.id}` },
          ]}
        />
      }
      header={
        <Header
          variant="h1"
          description={<RolloutBadge {...rollout} />}
          actions={<RolloutButtons key={rollout.status} rollout={rollout} />}
        >
          {title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {rollout.reason !== null && (
          <Alert type={rollout.status === 'PAUSED' || rollout.status === 'ABORTED' ? 'info' : 'warning'}>
            <span className="breakable">{rollout.reason}</span>
          </Alert>
        )}
        <Progress rollout={rollout} />
        <Plan rollout={rollout} />
        <RolloutTenants rollout={rollout} />
      </SpaceBetween>
    </ContentLayout>
  );
}

function Progress({ rollout }: { readonly rollout: Rollout }): ReactNode {
  const { done, running, failed, overtaken, unexpected, changing, startedAt, startedBy, endedAt } = rollout;
  return (
    <Container header={<Header variant="h2">Waves</Header>}>
      <SpaceBetween size="l">
        <Steps
          ariaLabel="Waves"
          steps={wavesOf(rollout).map(({ name, status }) => ({ header: name, status, statusIconAriaLabel: status }))}
        />
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Where', value: placeText(rollout) },
            { label: 'Done', value: `${done} of ${changing}` },
            { label: 'Running', value: running },
            { label: 'Failed', value: failed },
            { label: 'Overtaken: their turn comes at the end', value: overtaken },
            { label: 'Changed something else than planned', value: unexpected },
            ...(rollout.kind === 'landing-zone' ? [{ label: 'Time left', value: timeLeftText(rollout) }] : []),
            { label: 'Started', value: <By instant={startedAt} by={startedBy} /> },
            { label: 'Ended', value: <By instant={endedAt} by={null} /> },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}

function By({ instant, by }: { readonly instant: string | null; readonly by: string | null }): ReactNode {
  if (instant === null) return '–';
  return (
    <span className="breakable">
      <Instant instant={instant} />
      {by !== null && ` by ${by}`}
    </span>
  );
}

function Plan({ rollout }: { readonly rollout: Rollout }): ReactNode {
  const { changing, unchanged, refused, leftAlone, severe, fromHash, targetHash, plannedAt, plannedBy } = rollout;
  return (
    <Container header={<Header variant="h2">Plan</Header>}>
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Change', value: changing },
            { label: 'Need no change', value: unchanged },
            { label: 'Cannot be planned', value: refused },
            { label: 'Left alone', value: leftAlone },
            { label: 'Lose access', value: severe.removesAccess },
            { label: 'Move to another unit', value: severe.movesUnit },
            { label: 'Lose a stack set', value: severe.removesStackSet },
            { label: 'Planned', value: <By instant={plannedAt} by={plannedBy} /> },
            { label: 'From configuration', value: <code title={fromHash}>{shortHash(fromHash)}</code> },
            { label: 'To configuration', value: <code title={targetHash}>{shortHash(targetHash)}</code> },
          ]}
        />
        <Groups groups={rollout.groups} />
      </SpaceBetween>
    </Container>
  );
}

type Group = Rollout['groups'][number];

function Groups({ groups }: { readonly groups: readonly Group[] }): ReactNode {
  const { items, pagination } = useClientPages(groups);
  return (
    <Table
      variant="embedded"
      wrapLines
      items={items}
      trackBy={({ kinds }) => kinds.join('\n')}
      columnDefinitions={GROUP_COLUMNS}
      ariaLabels={{ tableLabel: 'Tenants in which the same changes' }}
      header={<Header variant="h3">Tenants in which the same changes</Header>}
      pagination={pagination}
      empty="Nothing changes in any tenant."
    />
  );
}

const GROUP_COLUMNS: readonly TableProps.ColumnDefinition<Group>[] = [
  {
    id: 'kinds',
    header: 'What',
    cell: ({ kinds }) => <span className="breakable">{kinds.join(', ')}</span>,
    isRowHeader: true,
    minWidth: 240,
  },
  { id: 'tenants', header: 'Tenants', cell: ({ tenants }) => tenants, minWidth: 90 },
  {
    id: 'example',
    header: 'Such as',
    cell: ({ example }) => <PageLink to={`/vendings/${example}`}>{example}</PageLink>,
    minWidth: 220,
  },
];
