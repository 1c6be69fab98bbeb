import { TransientError } from '../domain/base/errors';
import { parsedJson } from '../domain/base/json';
import type { RunRecord } from '../domain/records/ledger-records';
import { APPROVAL_STATE, approvalError, standsAtApproval } from '../domain/run/approval';
import { askedForBy, changesOfRun } from '../domain/run/changes-of-run';
import { runMeasurements } from '../domain/run/run-measurements';
import { hasStartedNothing, isClosing, secondsBetween } from '../domain/run/step-context';
import { endRun, type RunEndDeps } from '../ledger/runs/end-run';
import { rememberStop } from '../ledger/runs/run-stop';
import { readRun, readTenant, type RunReference, RunReferenceSchema } from '../ledger/tenants/tenant-items';
import type { LedgerStore } from '../ports/ledger-store';
import type { Log, Metrics } from '../ports/log';
import type { RunWatch } from '../ports/queues';
import type { OutcomePublisher } from '../ports/outcome-publisher';
import type { ExecutionDescription, TaskTokens, WorkflowReader, WorkflowStarter } from '../ports/workflow';
import type { Runtime } from '../runtime/environment';
import { type RunFailure, toldFailure, untoldFailure } from './failure-of';

export interface SettleFailurePorts {
  readonly ledger: LedgerStore;
  readonly executions: WorkflowReader;
  readonly workflow: WorkflowStarter;
  readonly turns: TaskTokens;
  readonly watch: RunWatch;
  readonly outcomes: OutcomePublisher;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly now: () => Date;
  /** A Lambda function of a stopped execution may go on for this long. */
  readonly longestFunctionSeconds: number;
}

const FAILED_STATUSES = new Set(['FAILED', 'TIMED_OUT', 'ABORTED']);

export const hasFailed = ({ status }: ExecutionDescription): boolean => FAILED_STATUSES.has(status);

/**
 * Whether the run was made active again after its execution had ended: it is about to be redriven, and its end is an
 * old one. `WatchRuns` sees to it that the redrive comes.
 */
export const isToBeRedriven = (run: RunRecord, { stoppedAt }: ExecutionDescription): boolean =>
  run.status === 'RUNNING' && stoppedAt !== null && new Date(run.resumedAt) > stoppedAt;

/**
 * Writes down that an execution has failed, tells the world, and lets a newer desired state that waits begin. Called
 * again it does what was left undone; one that runs, or is about to be redriven, is left alone.
 *
 * @param toldRedriveCount of the end that an event has told of; undefined where none has, or does not say
 * @throws TransientError while a function of a stopped execution may still be at work, and where Step Functions does
 * not know yet what its event told
 */
export async function settleFailure(
  ports: SettleFailurePorts,
  executionArn: string,
  toldRedriveCount?: number,
): Promise<void> {
  const execution = await ports.executions.describe(executionArn);
  refuseWhatIsBehind(execution, toldRedriveCount);
  if (!hasFailed(execution)) return;
  const reference = RunReferenceSchema.safeParse(parsedJson(execution.input)).data;
  const run = reference === undefined ? undefined : await readRun(ports.ledger, reference);
  if (reference === undefined || run === undefined) {
    ports.log.warn('An execution has failed that the ledger knows nothing of: it was started by hand', {
      executionArn,
    });
    return;
  }
  if (isToBeRedriven(run, execution)) return;
  await waitForLateFunctions(ports, reference, execution);
  const by = await supersededBy(ports.ledger, reference, run);
  if (by !== null) {
    await endRun(edgesOf(ports), reference, { status: 'SUPERSEDED', by });
    return;
  }
  const failure = await failureOf(ports, run, execution, executionArn);
  // One that is recorded as failed was announced before that: its event has come a second time. One that is recorded as
  // vended has made its account and said so; only what comes after that was interrupted.
  const isOver = run.status !== 'ACCEPTED' && run.status !== 'RUNNING';
  if (!isOver) await announce(ports, run, reference, executionArn, failure);
  await endRun(edgesOf(ports), reference, {
    status: 'FAILED',
    error: failure.error,
    ...(failure.isTold ? {} : { state: failure.state }),
  });
}

/** `state`: to be written into the timeline, where the state itself has told nothing there. */
async function failureOf(
  { executions }: SettleFailurePorts,
  run: RunRecord,
  execution: ExecutionDescription,
  executionArn: string,
): Promise<RunFailure & { readonly isTold: boolean }> {
  const told = toldFailure(run, execution);
  const notApproved = approvalError(run, execution);
  if (notApproved !== undefined) {
    return { state: APPROVAL_STATE, error: notApproved, isTold: told?.state === APPROVAL_STATE };
  }
  if (told !== undefined) return { ...told, isTold: true };
  return { ...untoldFailure(await executions.lastState(executionArn), execution), isTold: false };
}

/**
 * The sequence of a deletion that came before this run had started anything in AWS, of the desired state that has taken
 * a deletion back, or of one that has come before this run was approved: the fence has kept the run out, and that is no
 * failure.
 */
async function supersededBy(ledger: LedgerStore, { tenantUuid }: RunReference, run: RunRecord): Promise<number | null> {
  const tenant = await readTenant(ledger, tenantUuid);
  const isOver = run.status !== 'ACCEPTED' && run.status !== 'RUNNING';
  if (isOver || tenant === undefined) return null;
  const { deletion, latestSequence, waitingSequence } = tenant;
  if (isClosing(run) && deletion === null) return latestSequence;
  // One that nobody was asked to approve any more, since another one waits.
  if (standsAtApproval(run) && waitingSequence !== null) return waitingSequence;
  if (isClosing(run)) return null;
  return deletion !== null && hasStartedNothing(tenant, run) ? deletion.replicationSequence : null;
}

/**
 * Ends a run whose execution has succeeded and has not completed it: no definition of this release does that. Without
 * an end nothing newer would ever begin.
 */
export async function settleUnfinished(
  ports: SettleFailurePorts,
  reference: RunReference,
  run: RunRecord,
  executionArn: string,
): Promise<void> {
  const error = {
    name: 'UnfinishedRun',
    message: 'The execution has succeeded without completing its run: the workflow is not that of this release.',
    remedy: 'Deploy the application again, and replay this run.',
  };
  await announce(ports, run, reference, executionArn, { state: null, error });
  await endRun(edgesOf(ports), reference, { status: 'FAILED', error });
}

const edgesOf = ({ ledger, workflow, turns: tokens, watch, now }: SettleFailurePorts): RunEndDeps => ({
  ledger,
  workflow,
  tokens,
  watch,
  now,
});

async function announce(
  ports: SettleFailurePorts,
  run: RunRecord,
  reference: RunReference,
  executionArn: string,
  { state, error }: RunFailure,
): Promise<void> {
  const tenant = await readTenant(ports.ledger, reference.tenantUuid);
  await ports.outcomes.publish({
    type: isClosing(run) ? 'Account Closing Failed' : 'Account Vending Failed',
    detail: {
      ...reference,
      workspaceIdentifier: tenant?.workspaceIdentifier ?? '',
      projectIdentifier: tenant?.projectIdentifier ?? '',
      accountId: tenant?.account?.id ?? null,
      state,
      error: error.name,
      cause: error.message,
      remedy: error.remedy,
      executionArn,
      ...askedForBy(run),
      ...changesOfRun(run),
    },
  });
  ports.metrics.record(runMeasurements(run, { outcome: 'FAILED', cause: error.name }, ports.now()));
  ports.log.warn(isClosing(run) ? 'A closing has failed' : 'A vending has failed', {
    ...reference,
    state,
    error: error.name,
  });
}

/** An answer may be older than the end that an event has told of, before or after a redrive. */
function refuseWhatIsBehind({ status, redriveCount }: ExecutionDescription, toldRedriveCount = -1): void {
  if (redriveCount > toldRedriveCount || (redriveCount === toldRedriveCount && status !== 'RUNNING')) return;
  throw new TransientError('Step Functions does not show yet that the execution has ended; looking again later.');
}

/**
 * After an abandoned run the next one may start no sooner than its last function can still be writing. Until then it is
 * told that it was stopped.
 */
async function waitForLateFunctions(
  { ledger, now, longestFunctionSeconds }: SettleFailurePorts,
  reference: RunReference,
  { status, stoppedAt }: ExecutionDescription,
): Promise<void> {
  if (status === 'FAILED' || stoppedAt === null) return;
  if (secondsBetween(stoppedAt, now()) >= longestFunctionSeconds) return;
  await rememberStop(ledger, reference, stoppedAt, longestFunctionSeconds);
  throw new TransientError('A function of the stopped execution may still be at work; looking again later.');
}

/** What settling a failure takes of its host, in whichever function. */
export const failurePorts = ({
  ledger,
  log,
  metrics,
  watch,
  now,
  environment,
}: Runtime): Omit<SettleFailurePorts, 'executions' | 'workflow' | 'turns' | 'outcomes'> => ({
  ledger,
  log,
  metrics,
  watch,
  now,
  longestFunctionSeconds: Number(environment('LONGEST_FUNCTION_SECONDS')),
});
