import { randomUUID } from 'node:crypto';

import { lambdaChangePreview } from '../aws/lambda/lambda-change-preview';
import { sqsPreflightRequests, sqsRunWatch } from '../aws/messaging/sqs-queues';
import { stepFunctionsRedriver, stepFunctionsStopper } from '../aws/step-functions/step-functions-redriver';
import { stepFunctionsTaskTokens } from '../aws/step-functions/step-functions-task-tokens';
import { stepFunctionsWorkflow } from '../aws/step-functions/step-functions-workflow';
import { stsOwnAccount } from '../aws/sts/sts-own-account';
import type { Configuration } from '../domain/configuration/configuration';
import type { ChangePreview } from '../ports/invoked-functions';
import type { OwnAccount } from '../ports/own-account';
import type { PreflightRequests, RunWatch } from '../ports/queues';
import type { WorkflowRedriver, WorkflowStarter, WorkflowStopper } from '../ports/workflow';
import { bundledConfiguration } from '../runtime/bundled-configuration';
import { type Host, stateMachines } from '../runtime/environment';
import type { TurnEdges } from '../runtime/turn-function';
import { type FunctionHandler, onLambda } from '../runtime/on-lambda';
import type { Answer } from './answer';
import { route } from './route';

export interface ApiEdges extends TurnEdges {
  readonly configuration: Configuration;
  readonly workflow: WorkflowStarter;
  readonly redriver: WorkflowRedriver;
  readonly stopper: WorkflowStopper;
  readonly watch: RunWatch;
  readonly preflights: PreflightRequests;
  readonly previews: ChangePreview;
  /** Absent: STS tells. */
  readonly ownAccount?: OwnAccount;
  readonly newId: () => string;
}

export function compose(host: Host, edges: ApiEdges): FunctionHandler<Answer> {
  const { ownAccount = stsOwnAccount(host.aws, 'Api') } = edges;
  const longestFunctionSeconds = Number(host.environment('LONGEST_FUNCTION_SECONDS'));
  const { ledger, log, now } = host;
  return (input) => route({ ...edges, ownAccount, ledger, log, now, longestFunctionSeconds }, input);
}

export const handler = onLambda((host) =>
  compose(host, {
    configuration: bundledConfiguration(),
    workflow: stepFunctionsWorkflow(host.aws, stateMachines(host.environment)),
    redriver: stepFunctionsRedriver(host.aws),
    stopper: stepFunctionsStopper(host.aws),
    watch: sqsRunWatch(host.aws, host.environment('RUN_WATCH_QUEUE_URL')),
    turns: stepFunctionsTaskTokens(host.aws),
    preflights: sqsPreflightRequests(host.aws, host.environment('PREFLIGHT_QUEUE_URL')),
    previews: lambdaChangePreview(host.aws, host.environment('PREVIEW_FUNCTION_ARN')),
    newId: randomUUID,
  }),
);
