import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

import { previewReplays, type ReplayPreview, type ReplayWish, runReplays } from '../api/replays';
import type { Schemas } from '../api/client';
import { tenantName } from '../logic/tenant-name';
import { Answered, ProblemAlert } from './answered';
import { useSingleAction } from './single-action';

type Replay = Schemas['Replay'];
type Results = ReadonlyMap<string, Replay>;

const NOTHING: ReplayPreview = { replays: [], hasMore: false };

interface Props {
  readonly wish: ReplayWish;
  readonly onEnd: () => void;
}

/** What would become of each, and then what has become of it. */
export function ReplayQuestion({ wish: given, onEnd }: Props): ReactNode {
  const client = useQueryClient();
  // What is behind the question changes as replays begin: it stays about what was asked for.
  const [wish] = useState(given);
  const [results, setResults] = useState<Results>(new Map());
  const preview = useQuery({
    queryKey: ['replays', wish],
    queryFn: () => previewReplays(wish),
    gcTime: 0,
    staleTime: Infinity,
  });
  const add = (page: readonly Replay[]): void => {
    setResults((before) => new Map([...before, ...page.map((one) => [one.tenantUuid, one] as const)]));
  };
  const run = useSingleAction(
    () => runReplays(wish, preview.data ?? NOTHING, add),
    () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'replays' }),
  );
  const count = preview.data?.replays.filter(({ outcome }) => isGood(outcome)).length ?? 0;
  const isNew = !run.isPending && !run.isSuccess;
  return (
    <Modal
      visible
      closeAriaLabel="Close"
      header="Replay these vendings?"
      onDismiss={onEnd}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={onEnd}>{isNew ? 'Cancel' : 'Close'}</Button>
            {!run.isSuccess && (
              <Button variant="primary" disabled={count === 0} loading={run.isPending} onClick={run.start}>
                {count === 0 ? 'Replay' : `Replay ${count}`}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        <Box>Remove the cause first, or they will fail again.</Box>
        {run.error !== null && <ProblemAlert error={run.error} header="The replays ended early" />}
        <Answered query={preview} what="what would become of each">
          {(shown) => <Preview preview={shown} results={results} />}
        </Answered>
      </SpaceBetween>
    </Modal>
  );
}

function Preview({
  preview: { replays, hasMore },
  results,
}: {
  readonly preview: ReplayPreview;
  readonly results: Results;
}): ReactNode {
  return (
    <>
      {replays.length === 0 && <Box>Nothing is left to replay.</Box>}
      {hasMore && (
        <Alert type="info">These are the first {replays.length}. Replay the others when these are done.</Alert>
      )}
      <ul className="replays">
        {replays.map((one) => (
          <li key={one.tenantUuid} className="breakable">
            {tenantName(one)} <Outcome preview={one} result={results.get(one.tenantUuid)} />
          </li>
        ))}
      </ul>
    </>
  );
}

const isGood = (outcome: Replay['outcome']): boolean => outcome === 'redriven' || outcome === 'restarted';

const WOULD: Readonly<Record<Replay['outcome'], string>> = {
  redriven: 'resumes at the state that failed',
  restarted: 'starts again with a new plan',
  refused: 'cannot be replayed',
  failed: 'cannot be replayed now',
};

function Outcome({ preview, result }: { readonly preview: Replay; readonly result: Replay | undefined }): ReactNode {
  const { outcome, detail } = result ?? preview;
  const type = isGood(outcome) ? (result === undefined ? 'pending' : 'success') : 'error';
  return (
    <StatusIndicator type={type}>
      {result === undefined || !isGood(outcome) ? WOULD[outcome] : outcome}
      {detail === null ? '' : `: ${detail}`}
    </StatusIndicator>
  );
}
