import type { AwsCaller } from '../aws/base/assumed-role';
import type { RunRecord, TenantRecord } from '../domain/records/ledger-records';
import type { VendingPlan } from '../domain/plan/plan';
import type { TaskName } from '../domain/base/state-name';
import { type Step, type Vending, secondsBetween } from '../domain/run/vending';
import type { RunReference } from '../ledger/tenants/tenant-items';
import { REACH_OF_STATE } from '../domain/base/workflow-facts';
import { ledgerCallPacer } from './call-pacer';
import type { Host } from './host';
import { type FunctionHandler, onLambda } from './on-lambda';
import { type StepResult, plannedVending, runHandler } from './run-handler';

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
