import { lambdaChangePreview } from '../aws/lambda/lambda-change-preview';
import { eventbridgeOutcomePublisher } from '../aws/messaging/eventbridge-bus';
import { sqsPartMessages, sqsRunWatch } from '../aws/messaging/sqs-queues';
import { stepFunctionsWorkflow } from '../aws/step-functions/step-functions-workflow';
import type { ConfigurationAt } from '../ports/configurations';
import type { ChangePreview } from '../ports/invoked-functions';
import type { OutcomePublisher } from '../ports/outcome-publisher';
import type { PartMessages, RunWatch } from '../ports/queues';
import type { WorkflowStarter } from '../ports/workflow';
import { type Runtime, stateMachines } from '../runtime/environment';
import type { BatchAnswer, FunctionHandler } from '../runtime/on-lambda';
import { onConfiguredLambda } from '../runtime/stored-configuration';
import { rollOut } from './roll-out';

export interface RollOutDeps {
  readonly configurationAt: ConfigurationAt;
  readonly workflow: WorkflowStarter;
  readonly watch: RunWatch;
  readonly previews: ChangePreview;
  readonly rollouts: PartMessages;
  readonly outcomes: OutcomePublisher;
}

export const compose =
  ({ ledger, log, metrics, now }: Runtime, deps: RollOutDeps): FunctionHandler<BatchAnswer> =>
  (input) =>
    rollOut({ ...deps, ledger, log, metrics, now }, input);

export const handler = onConfiguredLambda((runtime, _, configurationAt) =>
  compose(runtime, {
    configurationAt,
    workflow: stepFunctionsWorkflow(runtime.aws, stateMachines(runtime.environment)),
    watch: sqsRunWatch(runtime.aws, runtime.environment('RUN_WATCH_QUEUE_URL')),
    previews: lambdaChangePreview(runtime.aws, runtime.environment('PREVIEW_FUNCTION_ARN')),
    rollouts: sqsPartMessages(runtime.aws, runtime.environment('ROLLOUT_QUEUE_URL')),
    outcomes: eventbridgeOutcomePublisher(runtime.aws, runtime.environment('EVENT_BUS_NAME')),
  }),
);
