import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';

import { order, type Plan, planOf } from '../api/order';
import { ApiProblem } from '../api/client';
import { ProblemAlert } from '../components/answered';
import { DocumentLink } from '../components/document-link';
import { FaultList } from '../components/fault-list';
import type { JsonEditorHandle } from '../components/json-editor';
import { Page } from '../components/page';
import { PlanView } from '../components/plan-view';
import { useSingleAction } from '../components/single-action';
import { desiredStateDraft } from '../logic/desired-state-draft';
import { helpOf } from '../logic/field-help';
import { schemaFaults } from '../logic/desired-state-faults';
import { fieldAt, placed, type PlacedFault } from '../logic/fault-places';

/** As large as the rest of the page: it comes when somebody orders. */
const JsonEditor = lazy(() => import('../components/json-editor'));

const LABEL = 'Desired state (JSON)';

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
  const editor = useRef<JsonEditorHandle>(null);
  const [field, setField] = useState<string | null>(null);
  return (
    <SpaceBetween size="m">
      <FormField
        stretch
        label={LABEL}
        description={
          <>
            The tenant as meshStack describes it. <DocumentLink name="input">What each field means</DocumentLink>
          </>
        }
        constraintText="By keyboard: Enter begins to edit, Escape leaves the editor."
      >
        <Suspense fallback={<Spinner size="large" />}>
          <JsonEditor
            ref={editor}
            label={LABEL}
            value={text}
            faults={faults}
            onChange={onChange}
            onCursor={(offset) => {
              setField(fieldAt(text, offset));
            }}
          />
        </Suspense>
      </FormField>
      {field !== null && <FieldHelp field={field} />}
      <FaultList
        faults={faults}
        helpOf={helpOf}
        onChoose={({ offset }) => {
          editor.current?.goTo(offset);
        }}
      />
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
