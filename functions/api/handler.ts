import { randomUUID } from 'node:crypto';

import { lambdaChangePreview } from '../aws/lambda/lambda-change-preview';
import { eventbridgeOutcomePublisher } from '../aws/messaging/eventbridge-bus';
import { sqsLetterQueues } from '../aws/messaging/sqs-letter-queues';
import { sqsPartMessages, sqsPreflightRequests, sqsRunWatch } from '../aws/messaging/sqs-queues';
import { stepFunctionsRedriver, stepFunctionsStopper } from '../aws/step-functions/step-functions-redriver';
import { stepFunctionsTaskTokens } from '../aws/step-functions/step-functions-task-tokens';
import { stepFunctionsWorkflow } from '../aws/step-functions/step-functions-workflow';
import { stsOwnAccount } from '../aws/sts/sts-own-account';
import { deadLetterQueuesIn } from '../domain/fleet/dead-letter';
import type { ChangePreview } from '../ports/invoked-functions';
import type { LetterQueues } from '../ports/letter-queues';
import type { OutcomePublisher } from '../ports/outcome-publisher';
import type { OwnAccount } from '../ports/own-account';
import type { PartMessages, PreflightRequests, RunWatch } from '../ports/queues';
import type { WorkflowRedriver, WorkflowStarter, WorkflowStopper } from '../ports/workflow';
import type { ConfiguredDeps } from '../runtime/configuration-for';
import { onConfiguredLambda } from '../runtime/stored-configuration';
import { type Runtime, stateMachines } from '../runtime/environment';
import type { TurnDeps } from '../runtime/turn-function';
import type { FunctionHandler } from '../runtime/on-lambda';
import type { Answer } from './answer';
import { route } from './route';

export interface ApiDeps extends TurnDeps, ConfiguredDeps {
  readonly workflow: WorkflowStarter;
  readonly redriver: WorkflowRedriver;
  readonly stopper: WorkflowStopper;
  readonly watch: RunWatch;
  readonly preflights: PreflightRequests;
  readonly previews: ChangePreview;
  readonly adoptions: PartMessages;
  readonly rollouts: PartMessages;
  readonly outcomes: OutcomePublisher;
  readonly letters: LetterQueues;
  /** Absent: STS tells. */
  readonly ownAccount?: OwnAccount;
  readonly newId: () => string;
}

export function compose(runtime: Runtime, deps: ApiDeps): FunctionHandler<Answer> {
  const { ownAccount = stsOwnAccount(runtime.aws, 'Api') } = deps;
  const longestFunctionSeconds = Number(runtime.environment('LONGEST_FUNCTION_SECONDS'));
  const deadLetterQueues = deadLetterQueuesIn(runtime.environment('DEAD_LETTER_QUEUES'));
  const { ledger, log, now } = runtime;
  const ports = { ...deps, ownAccount, ledger, log, now, longestFunctionSeconds, deadLetterQueues };
  return (input) => route(ports, input);
}

export const handler = onConfiguredLambda((runtime, configuration, configurationAt) =>
  compose(runtime, {
    configuration,
    configurationAt,
    workflow: stepFunctionsWorkflow(runtime.aws, stateMachines(runtime.environment)),
    redriver: stepFunctionsRedriver(runtime.aws),
    stopper: stepFunctionsStopper(runtime.aws),
    watch: sqsRunWatch(runtime.aws, runtime.environment('RUN_WATCH_QUEUE_URL')),
    turns: stepFunctionsTaskTokens(runtime.aws),
    preflights: sqsPreflightRequests(runtime.aws, runtime.environment('PREFLIGHT_QUEUE_URL')),
    adoptions: sqsPartMessages(runtime.aws, runtime.environment('ADOPTION_QUEUE_URL')),
    rollouts: sqsPartMessages(runtime.aws, runtime.environment('ROLLOUT_QUEUE_URL')),
    outcomes: eventbridgeOutcomePublisher(runtime.aws, runtime.environment('EVENT_BUS_NAME')),
    letters: sqsLetterQueues(runtime.aws),
    previews: lambdaChangePreview(runtime.aws, runtime.environment('PREVIEW_FUNCTION_ARN')),
    newId: randomUUID,
  }),
);
