import { sqsDeadLetters, sqsRunWatch } from '../aws/messaging/sqs-queues';
import { stepFunctionsTaskTokens } from '../aws/step-functions/step-functions-task-tokens';
import { stepFunctionsWorkflow } from '../aws/step-functions/step-functions-workflow';
import { stsOwnAccount } from '../aws/sts/sts-own-account';
import type { Configuration } from '../domain/configuration/configuration';
import type { DeadLetters, RunWatch } from '../ports/queues';
import type { OwnAccount } from '../ports/own-account';
import type { WorkflowStarter } from '../ports/workflow';
import { type BatchAnswer, type FunctionHandler, onLambda } from '../runtime/on-lambda';
import { bundledConfiguration } from '../runtime/bundled-configuration';
import { type Host, stateMachines } from '../runtime/environment';
import type { TurnEdges } from '../runtime/turn-function';
import { handleEvents } from './handle-events';

export interface IntakeEdges extends TurnEdges {
  readonly configuration: Configuration;
  readonly workflow: WorkflowStarter;
  readonly deadLetters: DeadLetters;
  readonly watch: RunWatch;
  /** Absent: STS tells. */
  readonly ownAccount?: OwnAccount;
}

export function compose(host: Host, edges: IntakeEdges): FunctionHandler<BatchAnswer> {
  const { ownAccount = stsOwnAccount(host.aws, 'Intake') } = edges;
  const { ledger, log, metrics, now } = host;
  const mostReceives = Number(host.environment('MOST_RECEIVES'));
  return (input) => handleEvents({ ...edges, ownAccount, ledger, log, metrics, now, mostReceives }, input);
}

export const handler = onLambda((host) =>
  compose(host, {
    configuration: bundledConfiguration(),
    workflow: stepFunctionsWorkflow(host.aws, stateMachines(host.environment)),
    watch: sqsRunWatch(host.aws, host.environment('RUN_WATCH_QUEUE_URL')),
    turns: stepFunctionsTaskTokens(host.aws),
    deadLetters: sqsDeadLetters(host.aws, host.environment('UNREADABLE_EVENTS_QUEUE_URL')),
  }),
);
