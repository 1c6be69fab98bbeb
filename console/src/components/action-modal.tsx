import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

import { ProblemAlert } from './answered';
import { useSingleAction } from './single-action';

interface Asked {
  readonly label: string;
  readonly hint: string;
  /** What alone is accepted; absent: any text. */
  readonly only?: string;
}

/** Why somebody acts. */
export const REASON: Asked = { label: 'Reason', hint: 'It is kept with the run.' };

interface Props {
  readonly title: string;
  readonly label: string;
  /** Absent: nothing has to be typed. */
  readonly asks?: Asked;
  /** Gets what was typed. */
  readonly action: (typed: string) => Promise<unknown>;
  readonly onEnd: () => void;
  readonly children: ReactNode;
}

/** A question before something is written. A second click does nothing while the first one is on its way. */
export function ActionModal({ title, label, asks, action, onEnd, children }: Props): ReactNode {
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const acting = useSingleAction(
    () => action(typed),
    async () => {
      await client.invalidateQueries();
      onEnd();
    },
  );
  const { isPending, error } = acting;
  const isReady = asks === undefined || (asks.only === undefined ? typed.trim() !== '' : typed.trim() === asks.only);
  const start = (): void => {
    if (isReady) acting.start();
  };
  return (
    <Modal
      visible
      closeAriaLabel="Close"
      header={title}
      onDismiss={onEnd}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={onEnd}>Cancel</Button>
            <Button variant="primary" loading={isPending} disabled={!isReady} onClick={start}>
              {label}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box>{children}</Box>
        {asks !== undefined && (
          <FormField label={asks.label} description={asks.hint} constraintText="Required">
            <Input
              value={typed}
              autoFocus
              onChange={({ detail }) => {
                setTyped(detail.value.slice(0, 500));
              }}
              onKeyDown={({ detail }) => {
                if (detail.key === 'Enter') start();
              }}
            />
          </FormField>
        )}
        {error !== null && <ProblemAlert error={error} header="That was refused" />}
      </SpaceBetween>
    </Modal>
  );
}
