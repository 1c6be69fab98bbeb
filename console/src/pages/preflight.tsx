import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { beginPreflight } from '../api/actions';
import type { Schemas } from '../api/client';
import { usePreflight } from '../api/queries';
import { Answered, ProblemAlert } from '../components/answered';
import { useTitle } from '../components/document-title';
import { useUrlState } from '../components/url-state';
import { checksInOrder } from '../logic/checks';
import { utcText } from '../logic/times';

type Check = Schemas['Check'];

export default function Preflight(): ReactNode {
  useTitle('Preflight');
  const [parameters, change] = useUrlState();
  const query = usePreflight(parameters.get('id'));
  const { mutate, isPending, error } = useMutation({
    mutationFn: beginPreflight,
    onSuccess: ({ id }) => {
      change({ id });
    },
  });
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Checks everything in AWS that has to be there before an account is vended. It writes nothing."
          actions={
            <Button
              variant="primary"
              loading={isPending || query.data?.status === 'RUNNING'}
              onClick={() => {
                if (!isPending) mutate();
              }}
            >
              Check now
            </Button>
          }
        >
          Preflight
        </Header>
      }
    >
      <SpaceBetween size="m">
        {error !== null && <ProblemAlert error={error} header="The preflight could not begin" />}
        <Answered query={query} what="the preflight">
          {(preflight) =>
            preflight === null ? (
              <Box padding="m">No preflight is shown. “Check now” takes about half a minute.</Box>
            ) : (
              <Checks preflight={preflight} />
            )
          }
        </Answered>
      </SpaceBetween>
    </ContentLayout>
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
          {WORDS[status]}
        </Header>
      }
    />
  );
}

const WORDS: Readonly<Record<Schemas['Preflight']['status'], string>> = {
  RUNNING: 'Checking',
  PASSED: 'Everything is as it should be',
  FINDINGS: 'There are findings',
  FAILED: 'The preflight did not finish: start another',
};

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
