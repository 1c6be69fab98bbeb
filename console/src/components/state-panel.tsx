import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

import { failureTitle } from '../logic/failure-title';
import { type GraphNode, MARKS } from '../logic/graph';
import { between, durationText } from '../logic/times';
import { ChangeRows } from './changes-table';
import { Instant } from './time';

/** What one state of the run has done. */
export function StatePanel({ node, until }: { readonly node: GraphNode; readonly until: Date }): ReactNode {
  const entry = node.row?.entry ?? null;
  return (
    <Container
      header={
        <Header variant="h2" description={node.comment ?? ''}>
          {node.name}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {entry === null ? (
          <Box>
            {node.mark === null
              ? 'This state is no task: nothing is recorded of it.'
              : `This state: ${MARKS[node.mark].word}.`}
          </Box>
        ) : (
          <>
            <KeyValuePairs
              columns={4}
              items={[
                { label: 'State', value: node.mark === null ? '–' : MARKS[node.mark].word },
                { label: 'Begun', value: <Instant instant={entry.startedAt} /> },
                { label: 'Duration', value: durationText(between(entry.startedAt, entry.finishedAt ?? until)) },
                { label: 'Tries', value: entry.attempts },
              ]}
            />
            {entry.remark !== null && <Box>{entry.remark}</Box>}
            {entry.error !== null && (
              <Alert type="error" header={failureTitle(entry.error)}>
                <div className="breakable">{entry.error.message}</div>
                {entry.error.remedy !== null && <div className="breakable">What to do: {entry.error.remedy}</div>}
              </Alert>
            )}
            {entry.changes.length > 0 && (
              <ChangeRows
                changes={entry.changes.map((change) => ({ ...change, state: node.name }))}
                title="Changes in AWS"
                empty="None."
              />
            )}
          </>
        )}
      </SpaceBetween>
    </Container>
  );
}
