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
import { type Host, stateMachines } from '../runtime/environment';
import type { TurnEdges } from '../runtime/turn-function';
import { watchRuns } from './watch-runs';

export interface WatchRunsEdges extends TurnEdges {
  readonly executions: WorkflowReader;
  readonly workflow: WorkflowStarter;
  readonly redriver: WorkflowRedriver;
  readonly outcomes: OutcomePublisher;
  readonly watch: RunWatch;
}

export const compose =
  (host: Host, edges: WatchRunsEdges): FunctionHandler<BatchAnswer> =>
  (input) =>
    watchRuns({ ...edges, ...failurePorts(host) }, input);

export const handler = onLambda((host) =>
  compose(host, {
    executions: stepFunctionsReader(host.aws),
    workflow: stepFunctionsWorkflow(host.aws, stateMachines(host.environment)),
    redriver: stepFunctionsRedriver(host.aws),
    turns: stepFunctionsTaskTokens(host.aws),
    outcomes: eventbridgeOutcomePublisher(host.aws, host.environment('EVENT_BUS_NAME')),
    watch: sqsRunWatch(host.aws, host.environment('RUN_WATCH_QUEUE_URL')),
  }),
);
