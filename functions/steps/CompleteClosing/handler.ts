import { eventbridgeOutcomePublisher } from '../../aws/messaging/eventbridge-bus';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import { stepFunctionsWorkflow } from '../../aws/step-functions/step-functions-workflow';
import { runMeasurements } from '../../domain/run/run-measurements';
import { endRun } from '../../ledger/runs/end-run';
import type { OutcomePublisher } from '../../ports/outcome-publisher';
import type { WorkflowStarter } from '../../ports/workflow';
import { guardedIn } from '../../runtime/state-input';
import { type Runtime, stateMachines } from '../../runtime/environment';
import type { TurnDeps } from '../../runtime/turn-function';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { plannedVending, runHandler, type StepResult } from '../../runtime/step-handler';
import { completeClosing } from './step';

export interface CompleteClosingDeps extends TurnDeps {
  readonly outcomes: OutcomePublisher;
  readonly workflow: WorkflowStarter;
}

export const compose = (
  runtime: Runtime,
  { outcomes, workflow, turns }: CompleteClosingDeps,
): FunctionHandler<StepResult> =>
  runHandler('CompleteClosing', runtime, (opened, reference, input) => {
    const accountGone = guardedIn(input)?.accountThere === false;
    const complete = async (): Promise<void> => {
      const { ledger, watch, metrics, now } = runtime;
      await endRun({ ledger, workflow, watch, tokens: turns, now }, reference, { status: 'CLOSED', accountGone });
      metrics.record(runMeasurements(opened.run, { outcome: 'CLOSED' }, now()));
    };
    const step = completeClosing({ repository: { complete }, accountGone, outcomes, run: opened.run });
    return step(plannedVending('CompleteClosing', runtime, opened));
  });

export const handler = onLambda((runtime) =>
  compose(runtime, {
    outcomes: eventbridgeOutcomePublisher(runtime.aws, runtime.environment('EVENT_BUS_NAME')),
    workflow: stepFunctionsWorkflow(runtime.aws, stateMachines(runtime.environment)),
    turns: stepFunctionsTaskTokens(runtime.aws),
  }),
);
