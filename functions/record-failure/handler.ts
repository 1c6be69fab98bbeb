import { eventbridgeOutcomePublisher } from '../aws/messaging/eventbridge-bus';
import { stepFunctionsTaskTokens } from '../aws/step-functions/step-functions-task-tokens';
import { stepFunctionsReader, stepFunctionsWorkflow } from '../aws/step-functions/step-functions-workflow';
import type { OutcomePublisher } from '../ports/outcome-publisher';
import type { WorkflowReader, WorkflowStarter } from '../ports/workflow';
import { type Runtime, stateMachines } from '../runtime/environment';
import type { TurnDeps } from '../runtime/turn-function';
import { type BatchAnswer, type FunctionHandler, onLambda } from '../runtime/on-lambda';
import { failurePorts } from './settle-failure';
import { recordFailures } from './record-failures';

export interface RecordFailureDeps extends TurnDeps {
  readonly executions: WorkflowReader;
  readonly workflow: WorkflowStarter;
  readonly outcomes: OutcomePublisher;
}

export const compose =
  (runtime: Runtime, deps: RecordFailureDeps): FunctionHandler<BatchAnswer> =>
  (input) =>
    recordFailures({ ...deps, ...failurePorts(runtime) }, input);

export const handler = onLambda((runtime) =>
  compose(runtime, {
    executions: stepFunctionsReader(runtime.aws),
    workflow: stepFunctionsWorkflow(runtime.aws, stateMachines(runtime.environment)),
    turns: stepFunctionsTaskTokens(runtime.aws),
    outcomes: eventbridgeOutcomePublisher(runtime.aws, runtime.environment('EVENT_BUS_NAME')),
  }),
);
