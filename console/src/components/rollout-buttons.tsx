import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useState } from 'react';

import type { Schemas } from '../api/client';
import { actOnRollout, startRollout } from '../api/rollouts';
import { actionsOf, consentOf, type RolloutAction } from '../logic/rollouts';
import { ActionModal } from './action-modal';

interface Props {
  readonly rollout: Schemas['Rollout'];
}

/** What a person may ask of a rollout as it stands. */
export const RolloutButtons = ({ rollout }: Props): ReactNode => (
  <SpaceBetween direction="horizontal" size="xs">
    {actionsOf(rollout).map((action) => (
      <ActionButton key={action} action={action} rollout={rollout} />
    ))}
    {rollout.status === 'PLANNED' && <StartButton rollout={rollout} />}
  </SpaceBetween>
);

interface Words {
  readonly label: string;
  readonly title: string;
  readonly says: string;
}

const ACTIONS: Readonly<Record<RolloutAction, Words>> = {
  pause: {
    label: 'Pause',
    title: 'Pause this rollout?',
    says: 'No more runs begin. Those that have begun end by themselves.',
  },
  resume: {
    label: 'Resume',
    title: 'Resume this rollout?',
    says: 'It goes on where it was. What has failed so far does not stop it again.',
  },
  retry: {
    label: 'Retry',
    title: 'Retry what has failed?',
    says: 'It goes on, and tenants whose runs have failed get another one at the end. Remove the causes first.',
  },
  abort: {
    label: 'Abort',
    title: 'Abort this rollout?',
    says: 'It ends for good. Tenants that were reached keep the new configuration; a rollout of the one before brings them back.',
  },
};

function ActionButton({ action, rollout }: Props & { readonly action: RolloutAction }): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const { label, title, says } = ACTIONS[action];
  return (
    <>
      <Button
        onClick={() => {
          setAsking(true);
        }}
      >
        {label}
      </Button>
      {isAsking && (
        <ActionModal
          title={title}
          label={label}
          action={() => actOnRollout(rollout.id, action)}
          onEnd={() => {
            setAsking(false);
          }}
        >
          {says}
        </ActionModal>
      )}
    </>
  );
}

function StartButton({ rollout }: Props): ReactNode {
  const [isAsking, setAsking] = useState(false);
  const { token, changing, severe } = rollout;
  const consent = consentOf(rollout);
  if (token === null) return null;
  return (
    <>
      <Button
        variant="primary"
        onClick={() => {
          setAsking(true);
        }}
      >
        Start
      </Button>
      {isAsking && (
        <ActionModal
          title={`Change ${changing} tenants?`}
          label="Start"
          {...(consent === null ? {} : { asks: { label: 'Consent', hint: `Type ${consent}.`, only: String(consent) } })}
          action={(typed) =>
            startRollout(rollout.id, { token, ...(consent === null ? {} : { consent: Number(typed) }) })
          }
          onEnd={() => {
            setAsking(false);
          }}
        >
          {consent !== null &&
            `Access is removed in ${severe.removesAccess} accounts, ${severe.movesUnit} are moved, and a stack set is removed in ${severe.removesStackSet}. `}
          Runs begin with the canary. It stops by itself where too many fail.
        </ActionModal>
      )}
    </>
  );
}
