import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

import { replay } from '../api/actions';
import { ApiProblem } from '../api/client';
import { tenantName } from '../logic/tenant-name';

interface Replayed {
  readonly tenantUuid: string;
  readonly workspaceIdentifier: string | null;
  readonly projectIdentifier: string | null;
}

/** Replays several failed vendings, one after another, behind one question that lists them. */
export function BulkReplay({
  vendings,
  label = 'Replay',
}: {
  readonly vendings: readonly Replayed[];
  readonly label?: string;
}): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        disabled={vendings.length === 0}
        onClick={() => {
          setOpen(true);
        }}
      >
        {vendings.length === 0 ? label : `${label} ${vendings.length}`}
      </Button>
      {isOpen && (
        <Question
          vendings={vendings}
          onEnd={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

type Results = Readonly<Record<string, string>>;

function Question({
  vendings,
  onEnd,
}: {
  readonly vendings: readonly Replayed[];
  readonly onEnd: () => void;
}): ReactNode {
  const client = useQueryClient();
  const [results, setResults] = useState<Results | null>(null);
  const [isBusy, setBusy] = useState(false);
  const start = async (): Promise<void> => {
    setBusy(true);
    for (const { tenantUuid } of vendings) {
      const result = await resultOf(tenantUuid);
      setResults((before) => ({ ...before, [tenantUuid]: result }));
    }
    setBusy(false);
    await client.invalidateQueries();
  };
  return (
    <Modal
      visible
      closeAriaLabel="Close"
      header={`Replay ${vendings.length} ${vendings.length === 1 ? 'vending' : 'vendings'}?`}
      onDismiss={onEnd}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={onEnd}>{results === null ? 'Cancel' : 'Close'}</Button>
            {(results === null || isBusy) && (
              <Button variant="primary" loading={isBusy} onClick={() => void start()}>
                Replay
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="s">
        <Box>
          Each run resumes at the state that failed. One that cannot be resumed starts again with a new plan. Remove the
          cause first, or they will fail again.
        </Box>
        <ul>
          {vendings.map((vending) => (
            <li key={vending.tenantUuid}>
              {tenantName(vending)} <Result text={results?.[vending.tenantUuid]} />
            </li>
          ))}
        </ul>
      </SpaceBetween>
    </Modal>
  );
}

function Result({ text }: { readonly text: string | undefined }): ReactNode {
  if (text === undefined) return null;
  const isGood = text === 'redriven' || text === 'restarted';
  return <StatusIndicator type={isGood ? 'success' : 'error'}>{text}</StatusIndicator>;
}

async function resultOf(tenantUuid: string): Promise<string> {
  try {
    return (await replay(tenantUuid)).replay;
  } catch (error) {
    return error instanceof ApiProblem ? error.message : 'The API does not answer.';
  }
}
