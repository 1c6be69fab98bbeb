import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';

import { beginPreflight } from '../api/actions';
import type { Schemas } from '../api/client';
import { usePreflight } from '../api/fleet-queries';
import { Answered, ProblemAlert } from '../components/answered';
import { Page } from '../components/page';
import { useSingleAction } from '../components/single-action';
import { useUrlState } from '../components/url-state';
import { checksInOrder, PREFLIGHTS } from '../logic/checks';
import { utcText } from '../logic/times';

type Check = Schemas['Check'];

export default function Preflight(): ReactNode {
  const [parameters, change] = useUrlState();
  const query = usePreflight(parameters.get('id') ?? 'latest');
  const { start, isPending, error } = useSingleAction(beginPreflight, ({ id }) => {
    change({ id });
  });
  return (
    <Page
      title="Preflight"
      description="Checks everything in AWS that has to be there before an account is vended. It writes nothing."
      actions={
        <Button variant="primary" loading={isPending || query.data?.status === 'RUNNING'} onClick={start}>
          Check now
        </Button>
      }
    >
      <SpaceBetween size="m">
        {error !== null && <ProblemAlert error={error} header="The preflight could not begin" />}
        <Answered query={query} what="the preflight">
          {(preflight) =>
            preflight === null ? (
              <Box padding="m">No preflight in the last 30 days. “Check now” takes about half a minute.</Box>
            ) : (
              <Checks preflight={preflight} />
            )
          }
        </Answered>
      </SpaceBetween>
    </Page>
  );
}

function Checks({ preflight: { status, startedAt, checks } }: { readonly preflight: Schemas['Preflight'] }): ReactNode {
  return (
    <Table
      wrapLines
      items={checksInOrder(checks)}
      trackBy="id"
      loading={status === 'RUNNING'}
      loadingText="AWS is being checked"
      columnDefinitions={COLUMNS}
      ariaLabels={{ tableLabel: 'Checks' }}
      header={
        <Header variant="h2" counter={`(${checks.length})`} description={`Begun ${utcText(startedAt)}`}>
          {PREFLIGHTS[status].text}
        </Header>
      }
    />
  );
}

const RESULTS = {
  ok: { type: 'success', text: 'OK' },
  failed: { type: 'error', text: 'Failed' },
  unknown: { type: 'warning', text: 'Unknown' },
  skipped: { type: 'stopped', text: 'Skipped' },
} as const;

const COLUMNS: readonly TableProps.ColumnDefinition<Check>[] = [
  {
    id: 'result',
    header: 'Result',
    cell: ({ result }) => <StatusIndicator type={RESULTS[result].type}>{RESULTS[result].text}</StatusIndicator>,
    minWidth: 120,
  },
  { id: 'sentence', header: 'What should be true', cell: ({ sentence }) => sentence, isRowHeader: true, minWidth: 260 },
  { id: 'detail', header: 'Found', cell: ({ detail }) => detail ?? '–', minWidth: 240 },
  { id: 'remedy', header: 'What to do', cell: ({ remedy }) => remedy ?? '–', minWidth: 240 },
];
