import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useState } from 'react';

import { ApiProblem } from '../api/client';
import type { Plan } from '../api/order';
import { orderQuestion } from '../logic/plan-rows';
import { ProblemAlert } from './answered';
import type { useSingleAction } from './single-action';

interface Props {
  readonly plan: Plan;
  readonly ordered: ReturnType<typeof useSingleAction<string>>;
}

/** A question comes first; a second click orders nothing more. */
export function OrderButton({ plan, ordered }: Props): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const close = (): void => {
    setAsking(false);
  };
  return (
    <SpaceBetween size="xs">
      <Button
        variant="primary"
        disabled={plan.refusal !== null || ordered.isSuccess}
        onClick={() => {
          setAsking(true);
        }}
      >
        Order
      </Button>
      {plan.refusal !== null && <Box>Correct what the run would be refused for, and see the plan again.</Box>}
      {isAsking && (
        <Modal
          visible
          closeAriaLabel="Close"
          header={orderQuestion(plan)}
          onDismiss={close}
          footer={
            <Box float="right">
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={close}>Cancel</Button>
                <Button
                  variant="primary"
                  loading={ordered.isPending}
                  disabled={ordered.isSuccess}
                  onClick={ordered.start}
                >
                  Order
                </Button>
              </SpaceBetween>
            </Box>
          }
        >
          <SpaceBetween size="s">
            <Box>
              {plan.account.name} ({plan.account.email})
            </Box>
            <Refusal error={ordered.error} />
          </SpaceBetween>
        </Modal>
      )}
    </SpaceBetween>
  );
}

export function Refusal({ error }: { readonly error: unknown }): ReactNode {
  if (error === null) return null;
  if (!(error instanceof ApiProblem) || error.faults.length === 0)
    return <ProblemAlert error={error} header="That was refused" />;
  return (
    <Alert type="error" header={error.title}>
      {error.message} The faults stand below the text.
    </Alert>
  );
}
