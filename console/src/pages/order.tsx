import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';

import { order, type Plan, planOf } from '../api/order';
import { ApiProblem } from '../api/client';
import { ProblemAlert } from '../components/answered';
import { FaultList } from '../components/fault-list';
import { Page } from '../components/page';
import { PlanView } from '../components/plan-view';
import { useSingleAction } from '../components/single-action';
import { desiredStateDraft } from '../logic/desired-state-draft';
import { helpOf } from '../logic/field-help';
import { schemaFaults } from '../logic/desired-state-faults';
import { fieldAt, placed, type PlacedFault } from '../logic/fault-places';

export default function Order(): ReactNode {
  const [text, setText] = useState(() => desiredStateDraft(crypto.randomUUID()));
  const ordering = useOrdering(text);
  return (
    <Page title="Order" description="Send a desired state. See the plan first: it writes nothing.">
      <SpaceBetween size="l">
        <Container>
          <SpaceBetween size="m">
            <Editor
              text={text}
              faults={ordering.faults}
              onChange={(changed) => {
                setText(changed);
                ordering.reset();
              }}
            />
            <Buttons ordering={ordering} />
          </SpaceBetween>
        </Container>
        <Refusal error={ordering.plan.error ?? ordering.ordered.error} />
        {ordering.planned !== null && <PlanView plan={ordering.planned} />}
      </SpaceBetween>
    </Page>
  );
}

interface EditorProps {
  readonly text: string;
  readonly faults: readonly PlacedFault[];
  readonly onChange: (text: string) => void;
}

function Editor({ text, faults, onChange }: EditorProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const [field, setField] = useState<string | null>(null);
  const readCursor = (): void => {
    setField(fieldAt(text, place.current?.querySelector('textarea')?.selectionStart ?? 0));
  };
  const goTo = ({ offset }: PlacedFault): void => {
    const area = place.current?.querySelector('textarea') ?? null;
    if (area === null) return;
    area.focus();
    area.setSelectionRange(offset, offset);
    // A selection alone does not scroll there.
    area.scrollTop = scrollTo(area, text, offset);
  };
  return (
    <SpaceBetween size="m">
      <FormField
        stretch
        label="Desired state (JSON)"
        description="The tenant as meshStack describes it. docs/input.md explains each field."
      >
        <div ref={place} className="json-editor" onKeyUp={readCursor} onMouseUp={readCursor}>
          <Textarea
            value={text}
            rows={22}
            spellcheck={false}
            invalid={faults.length > 0}
            ariaLabel="Desired state (JSON)"
            onChange={({ detail }) => {
              onChange(detail.value);
            }}
          />
        </div>
      </FormField>
      {field !== null && <FieldHelp field={field} />}
      <FaultList faults={faults} helpOf={helpOf} onChoose={goTo} />
    </SpaceBetween>
  );
}

/** What the schema says of the field at the cursor. */
const FieldHelp = ({ field }: { readonly field: string }): ReactNode => (
  <Box color="text-body-secondary">
    <Box variant="code">{field}</Box> {helpOf(field) ?? ''}
  </Box>
);

/** A plan is shown before anything is ordered; a second click orders nothing more. */
function Buttons({ ordering }: { readonly ordering: Ordering }): ReactNode {
  const { plan, ordered, planned, faults } = ordering;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button disabled={faults.length > 0 && plan.error === null} loading={plan.isPending} onClick={plan.start}>
        Show the plan
      </Button>
      <Button
        variant="primary"
        disabled={planned === null || ordered.isSuccess}
        loading={ordered.isPending}
        onClick={ordered.start}
      >
        Order
      </Button>
      {planned === null && <Box padding={{ top: 'xxs' }}>See the plan first.</Box>}
    </SpaceBetween>
  );
}

function scrollTo({ scrollHeight, clientHeight }: HTMLTextAreaElement, text: string, offset: number): number {
  const part = text.slice(0, offset).split('\n').length / text.split('\n').length;
  return Math.max(0, part * scrollHeight - clientHeight / 2);
}

interface Ordering {
  readonly plan: ReturnType<typeof useSingleAction<Plan>>;
  readonly ordered: ReturnType<typeof useSingleAction<string>>;
  readonly planned: Plan | null;
  readonly faults: readonly PlacedFault[];
  readonly reset: () => void;
}

function useOrdering(text: string): Ordering {
  const navigate = useNavigate();
  const client = useQueryClient();
  const plan = useSingleAction(
    () => planOf(text),
    () => null,
  );
  const ordered = useSingleAction(
    () => order(text),
    async (tenantUuid) => {
      await client.invalidateQueries();
      await navigate(`/vendings/${tenantUuid}`);
    },
  );
  const found = useMemo(() => schemaFaults(text), [text]);
  const error = plan.error ?? ordered.error;
  const refused = error instanceof ApiProblem ? placed(text, error.faults) : [];
  return {
    plan,
    ordered,
    planned: plan.data ?? null,
    faults: found.length === 0 ? refused : found,
    // A plan is of the text that it was asked for.
    reset: () => {
      plan.reset();
      ordered.reset();
    },
  };
}

function Refusal({ error }: { readonly error: unknown }): ReactNode {
  if (error === null) return null;
  if (!(error instanceof ApiProblem) || error.faults.length === 0)
    return <ProblemAlert error={error} header="That was refused" />;
  return (
    <Alert type="error" header={error.title}>
      {error.message} The faults stand below the text.
    </Alert>
  );
}
