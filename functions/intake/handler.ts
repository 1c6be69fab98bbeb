import { sqsDeadLetters, sqsRunWatch } from '../aws/messaging/sqs-queues';
import { stepFunctionsTaskTokens } from '../aws/step-functions/step-functions-task-tokens';
import { stepFunctionsWorkflow } from '../aws/step-functions/step-functions-workflow';
import { stsOwnAccount } from '../aws/sts/sts-own-account';
import type { DeadLetters, RunWatch } from '../ports/queues';
import type { OwnAccount } from '../ports/own-account';
import type { WorkflowStarter } from '../ports/workflow';
import type { BatchAnswer, FunctionHandler } from '../runtime/on-lambda';
import { type ConfiguredDeps, releasedConfiguration } from '../runtime/configuration-for';
import { onConfiguredLambda } from '../runtime/stored-configuration';
import { type Runtime, stateMachines } from '../runtime/environment';
import type { TurnDeps } from '../runtime/turn-function';
import { handleEvents } from './handle-events';

export interface IntakeDeps extends TurnDeps, ConfiguredDeps {
  readonly workflow: WorkflowStarter;
  readonly deadLetters: DeadLetters;
  readonly watch: RunWatch;
  /** Absent: STS tells. */
  readonly ownAccount?: OwnAccount;
}

export function compose(runtime: Runtime, deps: IntakeDeps): FunctionHandler<BatchAnswer> {
  const { ownAccount = stsOwnAccount(runtime.aws, 'Intake') } = deps;
  const { ledger, log, metrics, now } = runtime;
  const mostReceives = Number(runtime.environment('MOST_RECEIVES'));
  return async (input) => {
    const configuration = await releasedConfiguration(runtime, deps);
    return handleEvents({ ...deps, configuration, ownAccount, ledger, log, metrics, now, mostReceives }, input);
  };
}

export const handler = onConfiguredLambda((runtime, configuration, configurationAt) =>
  compose(runtime, {
    configuration,
    configurationAt,
    workflow: stepFunctionsWorkflow(runtime.aws, stateMachines(runtime.environment)),
    watch: sqsRunWatch(runtime.aws, runtime.environment('RUN_WATCH_QUEUE_URL')),
    turns: stepFunctionsTaskTokens(runtime.aws),
    deadLetters: sqsDeadLetters(runtime.aws, runtime.environment('UNREADABLE_EVENTS_QUEUE_URL')),
  }),
);
