import { eventbridgeOutcomePublisher } from '../aws/messaging/eventbridge-bus';
import { sqsRunWatch } from '../aws/messaging/sqs-queues';
import { stepFunctionsRedriver } from '../aws/step-functions/step-functions-redriver';
import { stepFunctionsTaskTokens } from '../aws/step-functions/step-functions-task-tokens';
import { stepFunctionsReader, stepFunctionsWorkflow } from '../aws/step-functions/step-functions-workflow';
import type { OutcomePublisher } from '../ports/outcome-publisher';
import type { RunWatch } from '../ports/queues';
import type { WorkflowReader, WorkflowRedriver, WorkflowStarter } from '../ports/workflow';
import { failurePorts } from '../record-failure/settle-failure';
import { type BatchAnswer, type FunctionHandler, onLambda } from '../runtime/on-lambda';
import { type Runtime, stateMachines } from '../runtime/environment';
import type { TurnDeps } from '../runtime/turn-function';
import { watchRuns } from './watch-runs';

export interface WatchRunsDeps extends TurnDeps {
  readonly executions: WorkflowReader;
  readonly workflow: WorkflowStarter;
  readonly redriver: WorkflowRedriver;
  readonly outcomes: OutcomePublisher;
  readonly watch: RunWatch;
}

export const compose =
  (runtime: Runtime, deps: WatchRunsDeps): FunctionHandler<BatchAnswer> =>
  (input) =>
    watchRuns({ ...failurePorts(runtime), ...deps }, input);

export const handler = onLambda((runtime) =>
  compose(runtime, {
    executions: stepFunctionsReader(runtime.aws),
    workflow: stepFunctionsWorkflow(runtime.aws, stateMachines(runtime.environment)),
    redriver: stepFunctionsRedriver(runtime.aws),
    turns: stepFunctionsTaskTokens(runtime.aws),
    outcomes: eventbridgeOutcomePublisher(runtime.aws, runtime.environment('EVENT_BUS_NAME')),
    watch: sqsRunWatch(runtime.aws, runtime.environment('RUN_WATCH_QUEUE_URL')),
  }),
);
