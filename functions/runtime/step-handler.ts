import * as z from 'zod/mini';
import { $ZodError } from 'zod/v4/core';

import type { AwsSession } from '../aws/base/aws-session';
import type { RunRecord, TenantRecord, StepError } from '../domain/records/ledger-records';
import type { VendingPlan } from '../domain/plan/plan';
import type { TaskName } from '../domain/base/state-name';
import { isForbidden } from '../domain/run/shadow';
import { type Step, type StepContext, secondsBetween, type StepReport } from '../domain/run/step-context';
import { type RunReference, RunReferenceSchema } from '../ledger/tenants/tenant-items';
import { type StepAttempt, recordStep } from '../ledger/runs/record-step';
import { REACH_OF_STATE, isLast } from '../domain/base/workflow-facts';
import { ledgerCallPacer } from '../ledger/queue/call-pacer';
import { type Runtime, throttle } from './environment';
import { type FunctionHandler, onLambda } from './on-lambda';
import { InvalidRequestError, RejectedError, TransientError } from '../domain/base/errors';
import { type OpenedRun, openRun } from '../ledger/runs/open-run';

/** What a step is composed for. */
export interface Task {
  /** As it was read when the step began. */
  readonly tenant: TenantRecord;
  readonly tenantUuid: string;
  readonly plan: VendingPlan;
  readonly reference: RunReference;
  readonly run: RunRecord;
  /** The input of the state as it came in, for states that know more than their run. */
  readonly input: unknown;
}

/**
 * Wraps a step that carries out the plan: fence, step, timeline. Two calls to the ledger, and those of the step.
 *
 * @param compose makes the step for one invocation; the caller tells AWS which state and tenant it is
 */
export function stepHandler(
  state: TaskName,
  runtime: Runtime,
  compose: (session: AwsSession, task: Task) => Step,
): FunctionHandler<StepResult> {
  return runHandler(state, runtime, (opened, reference, input) => {
    const context = plannedVending(state, runtime, opened);
    const { tenantUuid } = reference;
    const task = { tenant: context.tenant, tenantUuid, plan: context.plan, reference, run: opened.run, input };
    return compose(callerFor(state, runtime, reference, context), task)(context);
  });
}

/** AWS says that changes of IAM may take that long, and mostly they take seconds. */
const IAM_CHANGE_SECONDS = 60;

function callerFor(
  state: TaskName,
  runtime: Runtime,
  { tenantUuid }: RunReference,
  { stateEnteredAt }: StepContext,
): AwsSession {
  return {
    settings: runtime.aws,
    functionName: state,
    sessionName: `${state}-${tenantUuid}`,
    managementRoleArn: () => runtime.environment('MANAGEMENT_ROLE_ARN'),
    memberEntryRoleArn: () => runtime.environment('MEMBER_ENTRY_ROLE_ARN'),
    automationRoleArn: () => runtime.environment('AUTOMATION_ROLE_ARN'),
    secrets: runtime.secrets,
    permissions: REACH_OF_STATE[state] ?? {},
    isPatient: () => secondsBetween(stateEnteredAt, runtime.now()) < IAM_CHANGE_SECONDS,
    pacer: ledgerCallPacer(runtime),
  };
}

/** What a step is made from, for one invocation. */
export interface StepParts extends Task {
  readonly runtime: Runtime;
  /** Tells AWS which state and tenant it is. */
  readonly session: AwsSession;
}

/** The function of a state, for a host of any kind and as Lambda calls it. */
export interface StepFunction<Given extends readonly unknown[]> {
  readonly compose: (runtime: Runtime, ...given: Given) => FunctionHandler<StepResult>;
  readonly handler: ReturnType<typeof onLambda>;
}

export function stepFunction(state: TaskName, makeStep: (parts: StepParts) => Step): StepFunction<[]> {
  const compose = (runtime: Runtime): FunctionHandler<StepResult> =>
    stepHandler(state, runtime, (session, task) => makeStep({ runtime, session, ...task }));
  return { compose, handler: onLambda(compose) };
}

/** What a state answers to the workflow: ids and decisions, no personal data. It becomes `$.results.<StateName>`. */
export type StepResult = StepReport['result'];

/** A step that works on the run itself, before there is a plan or after the end. */
export type RunStep = (opened: OpenedRun, reference: RunReference, input: unknown) => Promise<StepReport>;

/** Wraps a step that needs no plan. */
export function runHandler(state: TaskName, runtime: Runtime, step: RunStep): FunctionHandler<StepResult> {
  const enter = entered(state, runtime, step);
  return async (input) => {
    const begun = runtime.now();
    let waited = 0;
    for (;;) {
      const result = await enter(input);
      const seconds = secondsUntilNextLook(result);
      if (seconds === null || waited + seconds > MOST_WAITED_SECONDS) return result;
      if (secondsBetween(begun, runtime.now()) + seconds > LAST_LOOK_SECONDS) return result;
      await runtime.wait(seconds * 1000);
      waited += seconds;
    }
  };
}

/**
 * A function whose next poll is so near waits for it itself. A round of the workflow through a Wait state costs three
 * transitions, as much as twelve seconds of a function, and polls later. A retrier instead would show each poll as an
 * error.
 */
const SHORT_WAIT_SECONDS = 6;

/** Functions that waited longer would use up Lambda's concurrency when many runs wait at once. */
const MOST_WAITED_SECONDS = 12;

/** Later in its function's time no look is begun: with many groups one alone may take most of a minute. */
const LAST_LOOK_SECONDS = 20;

/** Null where the workflow has to go on. */
function secondsUntilNextLook({ ready, waitSeconds }: StepResult): number | null {
  const isShort = typeof waitSeconds === 'number' && waitSeconds > 0 && waitSeconds <= SHORT_WAIT_SECONDS;
  return ready === false && isShort ? waitSeconds : null;
}

/** What one entry into the state does; the function may enter it again. */
function entered(state: TaskName, runtime: Runtime, step: RunStep): FunctionHandler<StepResult> {
  return async (input) => {
    const reference = RunReferenceSchema.parse(input);
    const keys = { state, ...reference };
    const startedAt = runtime.now().toISOString();
    const opened = await openRun(runtime.ledger, reference, runtime.now(), {
      mayHaveEnded: isLast(state),
      watch: runtime.watch,
      planHash: planHashIn(input),
    });
    runtime.log.info(`${state} begins`, keys);
    try {
      if (opened.planRefusal !== null) throw opened.planRefusal;
      const report = await step(opened, reference, input);
      const { configurationHash } = report;
      const ofRun = configurationHash === undefined ? {} : { configurationHash };
      await recordStep(runtime.ledger, opened.runItem, attemptOf(state, startedAt, runtime, report), ofRun);
      runtime.log.info(`${state} has ended`, { ...keys, remark: report.remark ?? null });
      return report.result;
    } catch (error) {
      await recordStep(runtime.ledger, opened.runItem, failedAttempt(state, startedAt, error));
      runtime.log.error(`${state} has failed`, keys, error);
      if (error instanceof TransientError && error.throttled) runtime.metrics.record([throttle(state)]);
      throw error;
    }
  };
}

const PlanHashSchema = z.object({ planHash: z.optional(z.string()) });
const PlannedInputSchema = z.object({
  results: z.optional(z.object({ PlanVending: z.optional(PlanHashSchema), PlanClosing: z.optional(PlanHashSchema) })),
});

/**
 * What the execution knows its plan by. Step Functions alone writes that, from the answer of the state that has
 * planned: so where there is none, the plan was made by a release that gave none, or is about to be made.
 */
function planHashIn(input: unknown): string | undefined {
  const { results } = PlannedInputSchema.parse(input);
  return results?.PlanVending?.planHash ?? results?.PlanClosing?.planHash;
}

export function plannedVending(state: TaskName, runtime: Runtime, { tenant, run, plan }: OpenedRun): StepContext {
  if (plan === null) {
    throw new RejectedError('This run has no plan.', 'Replay this run: a new one begins with its plan.');
  }
  if (isForbidden(state, plan)) throw shadowRunMayNot(state);
  const known = run.steps.find((step) => step.state === state);
  const since = known === undefined || known.startedAt < run.resumedAt ? run.resumedAt : known.startedAt;
  return {
    tenant,
    plan,
    now: runtime.now(),
    stateEnteredAt: known === undefined ? runtime.now() : new Date(since),
  };
}

/** Whatever the state machine says: the last line before a write. */
const shadowRunMayNot = (state: string): RejectedError =>
  new RejectedError(
    `This is a shadow run, which changes nothing; it must not come to ${state}.`,
    'Compare the state machine with the one of this release: somebody has changed it. Then replay this run.',
  );

function attemptOf(state: string, startedAt: string, runtime: Runtime, report: StepReport): StepAttempt {
  const goesOn = report.result['ready'] === false;
  return {
    state,
    startedAt,
    finishedAt: goesOn ? null : runtime.now().toISOString(),
    remark: report.remark ?? null,
    error: null,
    changes: report.changes ?? [],
  };
}

function failedAttempt(state: string, startedAt: string, error: unknown): StepAttempt {
  return { state, startedAt, finishedAt: null, remark: null, error: stepError(error), changes: [] };
}

/** The name is the one that Step Functions sees. */
function stepError(error: unknown): StepError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), remedy: UNKNOWN };
  if (error instanceof RejectedError) return rejection(error);
  const message = error instanceof $ZodError ? z.prettifyError(error) : error.message;
  return { name: error.name, message, remedy: remedyOf(error) };
}

const rejection = ({ name, reason: message, remedy, accountLost }: RejectedError): StepError => ({
  name,
  message,
  remedy,
  ...(accountLost ? { accountLost } : {}),
});

function remedyOf(error: Error): string {
  if (error instanceof InvalidRequestError) return INVALID;
  return error instanceof TransientError ? PASSING : UNKNOWN;
}

const INVALID =
  'The configuration has changed since this desired state was accepted: correct what is named, in the configuration or in the desired ' +
  'state, and replay this run or send it again with a higher replicationSequence.';
const PASSING = 'It was tried several times. When AWS is well again, replay this run: it goes on at this state.';
const UNKNOWN =
  'This is no failure that we know. Look at the log of the function of this state; when its cause is gone, replay this run.';
