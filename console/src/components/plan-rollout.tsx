import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';

import { ApiProblem, type Schemas } from '../api/client';
import { planRollout } from '../api/rollouts';
import { sharesIn, shortHash } from '../logic/rollouts';
import { ProblemAlert } from './answered';
import { useSingleAction } from './single-action';

/** Opens the questions for a plan. */
export function PlanRollout({ knownHashes }: { readonly knownHashes: readonly string[] }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="primary"
        onClick={() => {
          setOpen(true);
        }}
      >
        Plan a rollout
      </Button>
      {isOpen && (
        <Questions
          knownHashes={knownHashes}
          onEnd={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

/** As typed; what is left as it is the API fills in itself. */
interface Draft {
  readonly target: string;
  readonly canary: string;
  readonly waves: string;
  readonly perHour: string;
  readonly atOnce: string;
}

const DEPLOYED = { value: '', label: 'The configuration that is deployed' };
const AT_FIRST: Draft = { target: '', canary: '5', waves: '5, 25, 100', perHour: '200', atOnce: '20' };

/** By the names of the API, so that its faults are shown at their fields. */
const FIELDS = [
  { key: 'canary', field: 'canary.tenants', label: 'Tenants in the canary', mode: 'numeric' },
  { key: 'waves', field: 'waves', label: 'Waves, in percent of the other tenants', mode: 'text' },
  { key: 'perHour', field: 'mostTenantsPerHour', label: 'Runs begun in an hour, at most', mode: 'numeric' },
  { key: 'atOnce', field: 'mostAtOnce', label: 'Runs under way at once, at most', mode: 'numeric' },
] as const satisfies readonly { key: keyof Draft; field: string; label: string; mode: InputProps.InputMode }[];

const requestOf = ({ target, canary, waves, perHour, atOnce }: Draft): Schemas['RolloutRequest'] => ({
  ...(target === '' ? {} : { configurationHash: target }),
  canary: { tenants: Number(canary) },
  // The API says what such a list looks like.
  waves: [...(sharesIn(waves) ?? [])],
  mostTenantsPerHour: Number(perHour),
  mostAtOnce: Number(atOnce),
});

interface QuestionsProps {
  readonly knownHashes: readonly string[];
  readonly onEnd: () => void;
}

function Questions({ knownHashes, onEnd }: QuestionsProps): ReactNode {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [draft, setDraft] = useState(AT_FIRST);
  const { start, isPending, error } = useSingleAction(
    () => planRollout(requestOf(draft)),
    async (id) => {
      await client.invalidateQueries({ queryKey: ['rollouts'] });
      await navigate(`/rollouts/${id}`);
    },
  );
  const faultOf = (field: string): string =>
    error instanceof ApiProblem ? (error.faults.find((fault) => fault.field === field)?.message ?? '') : '';
  const targets = [DEPLOYED, ...knownHashes.map((hash) => ({ value: hash, label: `The earlier ${shortHash(hash)}` }))];
  return (
    <Modal
      visible
      closeAriaLabel="Close"
      header="Plan a rollout"
      onDismiss={onEnd}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={onEnd}>Cancel</Button>
            <Button variant="primary" loading={isPending} onClick={start}>
              Plan
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box>A plan makes a dry run of every tenant and changes nothing. You start it when you have read it.</Box>
        <FormField label="Bring tenants to" errorText={faultOf('configurationHash')}>
          <Select
            options={targets}
            selectedOption={targets.find(({ value }) => value === draft.target) ?? DEPLOYED}
            onChange={({ detail }) => {
              setDraft({ ...draft, target: detail.selectedOption.value ?? '' });
            }}
          />
        </FormField>
        {FIELDS.map(({ key, field, label, mode }) => (
          <FormField key={key} label={label} errorText={faultOf(field)}>
            <Input
              value={draft[key]}
              inputMode={mode}
              onChange={({ detail }) => {
                setDraft({ ...draft, [key]: detail.value });
              }}
            />
          </FormField>
        ))}
        {error !== null && <ProblemAlert error={error} header="Nothing was planned" />}
      </SpaceBetween>
    </Modal>
  );
}
