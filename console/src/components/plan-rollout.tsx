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

import { ApiProblem } from '../api/client';
import { planRollout } from '../api/rollouts';
import { NEW_ROLLOUT, type RolloutDraft, rolloutRequestOf, shortHash } from '../logic/rollouts';
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

const DEPLOYED = { value: '', label: 'The configuration that is deployed' };

const KINDS = [
  { value: 'configuration', label: 'The configuration' },
  { value: 'landing-zone', label: 'The landing zone of Control Tower' },
] as const satisfies readonly { value: RolloutDraft['kind']; label: string }[];

const WHAT_A_PLAN_DOES: Readonly<Record<RolloutDraft['kind'], string>> = {
  configuration: 'A plan makes a dry run of every tenant and changes nothing. You start it when you have read it.',
  'landing-zone':
    'A plan looks at every account that Control Tower governs and changes nothing. You start it when you have read it.',
};

interface Question {
  readonly key: Exclude<keyof RolloutDraft, 'kind' | 'target'>;
  readonly field: string;
  readonly label: string;
  readonly mode: InputProps.InputMode;
}

/** By the names of the API, so that its faults are shown at their fields. */
const QUESTIONS: Readonly<Record<RolloutDraft['kind'], readonly Question[]>> = {
  configuration: [
    { key: 'canary', field: 'canary.tenants', label: 'Tenants in the canary', mode: 'numeric' },
    { key: 'waves', field: 'waves', label: 'Waves, in percent of the other tenants', mode: 'text' },
    { key: 'perHour', field: 'mostTenantsPerHour', label: 'Runs begun in an hour, at most', mode: 'numeric' },
    { key: 'atOnce', field: 'mostAtOnce', label: 'Runs under way at once, at most', mode: 'numeric' },
  ],
  'landing-zone': [
    { key: 'unit', field: 'canary.organizationalUnit', label: 'Organizational unit that comes first', mode: 'text' },
    {
      key: 'stopAt',
      field: 'stopAtFailedShare',
      label: 'Percent of failed accounts at which it stops',
      mode: 'decimal',
    },
  ],
};

interface QuestionsProps {
  readonly knownHashes: readonly string[];
  readonly onEnd: () => void;
}

function Questions({ knownHashes, onEnd }: QuestionsProps): ReactNode {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [draft, setDraft] = useState(NEW_ROLLOUT);
  const { start, isPending, error } = useSingleAction(
    () => planRollout(rolloutRequestOf(draft)),
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
        <FormField label="What has changed" errorText={faultOf('kind')}>
          <Select
            options={KINDS}
            selectedOption={KINDS.find(({ value }) => value === draft.kind) ?? KINDS[0]}
            onChange={({ detail }) => {
              const kind = KINDS.find(({ value }) => value === detail.selectedOption.value)?.value;
              setDraft({ ...draft, kind: kind ?? 'configuration' });
            }}
          />
        </FormField>
        <Box>{WHAT_A_PLAN_DOES[draft.kind]}</Box>
        {draft.kind === 'configuration' && (
          <FormField label="Bring tenants to" errorText={faultOf('configurationHash')}>
            <Select
              options={targets}
              selectedOption={targets.find(({ value }) => value === draft.target) ?? DEPLOYED}
              onChange={({ detail }) => {
                setDraft({ ...draft, target: detail.selectedOption.value ?? '' });
              }}
            />
          </FormField>
        )}
        {QUESTIONS[draft.kind].map(({ key, field, label, mode }) => (
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
