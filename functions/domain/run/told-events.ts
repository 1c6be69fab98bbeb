import type { WorkflowName } from '../base/workflow-facts';
import type { RunRecord, StepError } from '../records/ledger-records';
import { isClosing } from './step-context';

/** An event about one tenant that went out on the bus. */
interface ToldEvent {
  readonly type: ToldEventType;
  /** When the ledger recorded what the event tells. Null: an earlier release, which did not record the time. */
  readonly at: string | null;
  /** The state that failed or is late, or the lane in which the run waits; null: none. */
  readonly where: string | null;
  readonly error: StepError | null;
}

export const TOLD_EVENT_TYPES = [
  'Account Vended',
  'Account Vending Failed',
  'Account Vending Shadowed',
  'Account Vending Delayed',
  'Account Vending Awaits Approval',
  'Account Closed',
  'Account Closing Failed',
  'Account Closing Shadowed',
  'Account Closing Delayed',
  'Account Closing Awaits Approval',
] as const;

type ToldEventType = (typeof TOLD_EVENT_TYPES)[number];

/** Together they take a few kilobytes of the run's item. */
const MOST_EARLIER_FAILURES = 10;
const LONGEST_MESSAGE = 500;

/**
 * The run as a redrive makes it active again: that it failed was told, and stays on record when its next end takes the
 * place of this one.
 */
export function withEarlierFailure(run: RunRecord): RunRecord {
  const { status, finishedAt, error, earlierFailures = [] } = run;
  if (status !== 'FAILED' || finishedAt === null || error === null) return run;
  const short = { ...error, message: error.message.slice(0, LONGEST_MESSAGE).toWellFormed() };
  const failure = { at: finishedAt, where: failedState(run), error: short };
  return { ...run, earlierFailures: [...earlierFailures, failure].slice(-MOST_EARLIER_FAILURES) };
}

/** The same run after all without its redrive, which was not possible: it ends as it had ended, and nothing is told. */
export const withoutLastFailure = ({
  earlierFailures = [],
}: Pick<RunRecord, 'earlierFailures'>): Pick<RunRecord, 'earlierFailures'> => ({
  earlierFailures: earlierFailures.slice(0, -1),
});

/**
 * The events that were published about a run, newest first. They follow from its record: a run is recorded as ended,
 * and a delay as told, only after the bus has taken the event. An approval is recorded before; its state is tried again
 * until the bus has taken that event, too.
 */
export function toldEvents(run: RunRecord): readonly ToldEvent[] {
  const events = [...approvalsOf(run), ...delaysOf(run), ...failuresOf(run), ...endOf(run)];
  // Those without a time stand where the run began.
  return events.toSorted((one, other) => (other.at ?? run.startedAt).localeCompare(one.at ?? run.startedAt));
}

const approvalsOf = ({ approval, workflow }: RunRecord): readonly ToldEvent[] =>
  approval === undefined
    ? []
    : [{ type: named(workflow, 'Awaits Approval'), at: approval.askedAt, where: null, error: null }];

const delaysOf = ({ toldDelays = [], toldDelaysAt = {}, workflow }: RunRecord): readonly ToldEvent[] =>
  toldDelays.map((where) => ({
    type: named(workflow, 'Delayed'),
    at: toldDelaysAt[where] ?? null,
    where,
    error: null,
  }));

const failuresOf = ({ earlierFailures = [], workflow }: RunRecord): readonly ToldEvent[] =>
  earlierFailures.map((failure) => ({ type: named(workflow, 'Failed'), ...failure }));

/** A run that was superseded has done nothing, and nothing was told of it. */
function endOf(run: RunRecord): readonly ToldEvent[] {
  const { status, workflow, finishedAt: at, error } = run;
  if (status === 'FAILED') return [{ type: named(workflow, 'Failed'), at, where: failedState(run), error }];
  if (status === 'SHADOWED') return [{ type: named(workflow, 'Shadowed'), at, where: null, error: null }];
  if (status === 'VENDED') return [{ type: 'Account Vended', at, where: null, error: null }];
  if (status === 'CLOSED') return [{ type: 'Account Closed', at, where: null, error: null }];
  return [];
}

const named = <What extends 'Failed' | 'Shadowed' | 'Delayed' | 'Awaits Approval'>(
  workflow: WorkflowName,
  what: What,
): `Account ${'Vending' | 'Closing'} ${What}` => `Account ${isClosing({ workflow }) ? 'Closing' : 'Vending'} ${what}`;

/** A state that was tried again and succeeded has no error any more. Null: the execution was stopped. */
const failedState = ({ steps }: Pick<RunRecord, 'steps'>): string | null =>
  steps.findLast(({ error }) => error !== null)?.state ?? null;
