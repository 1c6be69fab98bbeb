import * as z from 'zod/mini';
import { $ZodError } from 'zod/v4/core';

import type { AwsCaller } from '../aws/base/assumed-role';
import type { RunRecord, TenantRecord, StepError } from '../domain/records/ledger-records';
import type { VendingPlan } from '../domain/plan/plan';
import type { TaskName } from '../domain/base/state-name';
import { type Step, type Vending, secondsBetween, type StepReport } from '../domain/run/vending';
import { type RunReference, RunReferenceSchema, type StepPass, recordStep } from '../ledger/tenants/tenant-items';
import { REACH_OF_STATE, isLast } from '../domain/base/workflow-facts';
import { ledgerCallPacer } from '../ledger/queue/call-pacer';
import { type Host, throttle } from './environment';
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
  host: Host,
  compose: (caller: AwsCaller, task: Task) => Step,
): FunctionHandler<StepResult> {
  return runHandler(state, host, (opened, reference, input) => {
    const vending = plannedVending(state, host, opened);
    const { tenantUuid } = reference;
    const task = { tenant: vending.tenant, tenantUuid, plan: vending.plan, reference, run: opened.run, input };
    return compose(callerFor(state, host, reference, vending), task)(vending);
  });
}

/** AWS says that changes of IAM may take that long, and mostly they take seconds. */
const IAM_CHANGE_SECONDS = 60;

function callerFor(state: TaskName, host: Host, { tenantUuid }: RunReference, { stateEnteredAt }: Vending): AwsCaller {
  return {
    settings: host.aws,
    functionName: state,
    sessionName: `${state}-${tenantUuid}`,
    managementRoleArn: () => host.environment('MANAGEMENT_ROLE_ARN'),
    memberEntryRoleArn: () => host.environment('MEMBER_ENTRY_ROLE_ARN'),
    automationRoleArn: () => host.environment('AUTOMATION_ROLE_ARN'),
    secrets: host.secrets,
    permissions: REACH_OF_STATE[state] ?? {},
    isPatient: () => secondsBetween(stateEnteredAt, host.now()) < IAM_CHANGE_SECONDS,
    pacer: ledgerCallPacer(host),
  };
}

/** What a step is made from, for one invocation. */
export interface StepParts extends Task {
  readonly host: Host;
  /** Tells AWS which state and tenant it is. */
  readonly caller: AwsCaller;
}

/** The function of a state, for a host of any kind and as Lambda calls it. */
export interface StepFunction<Given extends readonly unknown[]> {
  readonly compose: (host: Host, ...given: Given) => FunctionHandler<StepResult>;
  readonly handler: ReturnType<typeof onLambda>;
}

export function stepFunction(state: TaskName, makeStep: (parts: StepParts) => Step): StepFunction<[]> {
  const compose = (host: Host): FunctionHandler<StepResult> =>
    stepHandler(state, host, (caller, task) => makeStep({ host, caller, ...task }));
  return { compose, handler: onLambda(compose) };
}

/** What a state answers to the workflow: ids and decisions, no personal data. It becomes `$.results.<StateName>`. */
export type StepResult = StepReport['result'];

/** A step that works on the run itself, before there is a plan or after the end. */
export type RunStep = (opened: OpenedRun, reference: RunReference, input: unknown) => Promise<StepReport>;

/** Wraps a step that needs no plan. */
export function runHandler(state: TaskName, host: Host, step: RunStep): FunctionHandler<StepResult> {
  return async (input) => {
    const reference = RunReferenceSchema.parse(input);
    const keys = { state, ...reference };
    const startedAt = host.now().toISOString();
    const opened = await openRun(host.ledger, reference, host.now(), {
      mayHaveEnded: isLast(state),
      watch: host.watch,
      planHash: planHashIn(input),
    });
    host.log.info(`${state} begins`, keys);
    try {
      if (opened.planRefusal !== null) throw opened.planRefusal;
      const report = await step(opened, reference, input);
      await recordStep(host.ledger, opened.runItem, passOf(state, startedAt, host, report));
      host.log.info(`${state} has ended`, { ...keys, remark: report.remark ?? null });
      return report.result;
    } catch (error) {
      await recordStep(host.ledger, opened.runItem, failedPass(state, startedAt, error));
      host.log.error(`${state} has failed`, keys, error);
      if (error instanceof TransientError && error.throttled) host.metrics.record([throttle(state)]);
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

export function plannedVending(state: TaskName, host: Host, { tenant, run, plan }: OpenedRun): Vending {
  if (plan === null) {
    throw new RejectedError('This run has no plan.', 'Replay this run: a new one begins with its plan.');
  }
  const known = run.steps.find((step) => step.state === state);
  const since = known === undefined || known.startedAt < run.resumedAt ? run.resumedAt : known.startedAt;
  return {
    tenant,
    plan,
    now: host.now(),
    stateEnteredAt: known === undefined ? host.now() : new Date(since),
  };
}

function passOf(state: string, startedAt: string, host: Host, report: StepReport): StepPass {
  const goesOn = report.result['ready'] === false;
  return {
    state,
    startedAt,
    finishedAt: goesOn ? null : host.now().toISOString(),
    remark: report.remark ?? null,
    error: null,
    changes: report.changes ?? [],
  };
}

function failedPass(state: string, startedAt: string, error: unknown): StepPass {
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
  ...{ name, message, remedy },
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
