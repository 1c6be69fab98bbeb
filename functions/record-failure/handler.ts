import { eventbridgeOutcomePublisher } from '../aws/messaging/eventbridge-bus';
import { stepFunctionsTaskTokens } from '../aws/step-functions/step-functions-task-tokens';
import { stepFunctionsReader, stepFunctionsWorkflow } from '../aws/step-functions/step-functions-workflow';
import type { OutcomePublisher } from '../ports/outcome-publisher';
import type { WorkflowReader, WorkflowStarter } from '../ports/workflow';
import { type Host, stateMachines } from '../runtime/environment';
import type { TurnEdges } from '../runtime/turn-function';
import { type BatchAnswer, type FunctionHandler, onLambda } from '../runtime/on-lambda';
import { failurePorts } from './settle-failure';
import { recordFailures } from './record-failures';

export interface RecordFailureEdges extends TurnEdges {
  readonly executions: WorkflowReader;
  readonly workflow: WorkflowStarter;
  readonly outcomes: OutcomePublisher;
}

export const compose =
  (host: Host, edges: RecordFailureEdges): FunctionHandler<BatchAnswer> =>
  (input) =>
    recordFailures({ ...edges, ...failurePorts(host) }, input);

export const handler = onLambda((host) =>
  compose(host, {
    executions: stepFunctionsReader(host.aws),
    workflow: stepFunctionsWorkflow(host.aws, stateMachines(host.environment)),
    turns: stepFunctionsTaskTokens(host.aws),
    outcomes: eventbridgeOutcomePublisher(host.aws, host.environment('EVENT_BUS_NAME')),
  }),
);
