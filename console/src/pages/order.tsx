import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';

import { order, type Plan, planOf } from '../api/order';
import { ApiProblem } from '../api/client';
import { useDesiredStateOf } from '../api/queries';
import { Answered } from '../components/answered';
import { DocumentLink } from '../components/document-link';
import { FaultList } from '../components/fault-list';
import type { JsonEditorHandle } from '../components/json-editor';
import { OrderButton, Refusal } from '../components/order-button';
import { Page } from '../components/page';
import { PlanView } from '../components/plan-view';
import { useSingleAction } from '../components/single-action';
import { desiredStateDraft, draftLike } from '../logic/desired-state-draft';
import { helpOf } from '../logic/field-help';
import { schemaFaults } from '../logic/desired-state-faults';
import { fieldAt, placed, type PlacedFault } from '../logic/fault-places';
import { forgetDraft, saveDraft, savedDraft } from '../logic/saved-draft';

/** As large as the rest of the page: it comes when somebody orders. */
const JsonEditor = lazy(() => import('../components/json-editor'));

const LABEL = 'Desired state (JSON)';

export default function Order(): ReactNode {
  const [parameters] = useSearchParams();
  const like = parameters.get('like');
  const pattern = useDesiredStateOf(like);
  if (like !== null && pattern.data === undefined) {
    return (
      <Page title="Order">
        <Answered query={pattern} what={`the desired state of tenant ${like}`}>
          {() => null}
        </Answered>
      </Page>
    );
  }
  return <OrderPage key={like} pattern={pattern.data ?? null} />;
}

/** @param pattern the desired state of a tenant like the wanted one */
function OrderPage({ pattern }: { readonly pattern: unknown }): ReactNode {
  const [text, setText] = useState(() => firstText(pattern));
  const ordering = useOrdering(text);
  const write = (changed: string): void => {
    setText(changed);
    saveDraft(sessionStorage, changed);
    ordering.reset();
  };
  return (
    <Page title="Order" description="Send a desired state. See the plan first: it writes nothing.">
      <SpaceBetween size="l">
        <Container>
          <SpaceBetween size="m">
            <Editor text={text} faults={ordering.faults} onChange={write} />
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                disabled={ordering.faults.length > 0 && ordering.plan.error === null}
                loading={ordering.plan.isPending}
                onClick={ordering.plan.start}
              >
                Show the plan
              </Button>
              <Button
                onClick={() => {
                  write(desiredStateDraft(crypto.randomUUID()));
                }}
              >
                Start again
              </Button>
            </SpaceBetween>
          </SpaceBetween>
        </Container>
        <Shown when={ordering.plan.error ?? ordering.planned}>
          <SpaceBetween size="l">
            <Refusal error={ordering.plan.error} />
            {ordering.planned !== null && <PlanView plan={ordering.planned} />}
            {ordering.planned !== null && <OrderButton ordered={ordering.ordered} plan={ordering.planned} />}
          </SpaceBetween>
        </Shown>
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
function FieldHelp({ field }: { readonly field: string }): ReactNode {
  const help = helpOf(field);
  if (help === null) return null;
  return (
    <Box color="text-body-secondary">
      <Box variant="code">{field}</Box> {help}
    </Box>
  );
}

/** What was kept of the last time, unless another tenant is the pattern. */
const firstText = (pattern: unknown): string =>
  pattern === null
    ? (savedDraft(sessionStorage) ?? desiredStateDraft(crypto.randomUUID()))
    : draftLike(pattern, crypto.randomUUID());

/** The editor fills the screen: what comes below it is shown, and read, as soon as it is there. */
function Shown({ when, children }: { readonly when: unknown; readonly children: ReactNode }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (when === null) return;
    place.current?.focus({ preventScroll: true });
    // What is said of a refusal belongs to the faults above it.
    place.current?.scrollIntoView({ block: when instanceof Error ? 'nearest' : 'start' });
  }, [when]);
  return (
    <div ref={place} tabIndex={-1} className="scroll-target">
      {children}
    </div>
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
      forgetDraft(sessionStorage);
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
