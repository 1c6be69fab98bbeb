import { lambdaChangePreview } from '../../aws/lambda/lambda-change-preview';
import { eventbridgeOutcomePublisher } from '../../aws/messaging/eventbridge-bus';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import { stepFunctionsWorkflow } from '../../aws/step-functions/step-functions-workflow';
import type { ShadowRecord } from '../../domain/records/ledger-records';
import { runMeasurements } from '../../domain/run/run-measurements';
import { endRun } from '../../ledger/runs/end-run';
import type { ChangePreview } from '../../ports/invoked-functions';
import type { OutcomePublisher } from '../../ports/outcome-publisher';
import type { WorkflowStarter } from '../../ports/workflow';
import { type Runtime, stateMachines } from '../../runtime/environment';
import type { TurnDeps } from '../../runtime/turn-function';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { plannedVending, runHandler, type StepResult } from '../../runtime/step-handler';
import { completeShadow } from './step';

export interface CompleteShadowDeps extends TurnDeps {
  readonly previews: ChangePreview;
  readonly outcomes: OutcomePublisher;
  readonly workflow: WorkflowStarter;
}

export const compose = (
  runtime: Runtime,
  { previews, outcomes, workflow, turns }: CompleteShadowDeps,
): FunctionHandler<StepResult> =>
  runHandler('CompleteShadow', runtime, (opened, reference) => {
    const complete = async (shadow: ShadowRecord): Promise<void> => {
      const { ledger, watch, metrics, now } = runtime;
      await endRun({ ledger, workflow, watch, tokens: turns, now }, reference, { status: 'SHADOWED', shadow });
      metrics.record(runMeasurements(opened.run, { outcome: 'SHADOWED' }, now()));
    };
    const step = completeShadow({ previews, outcomes, repository: { complete }, run: opened.run });
    return step(plannedVending('CompleteShadow', runtime, opened));
  });

export const handler = onLambda((runtime) =>
  compose(runtime, {
    previews: lambdaChangePreview(runtime.aws, runtime.environment('PREVIEW_FUNCTION_ARN')),
    outcomes: eventbridgeOutcomePublisher(runtime.aws, runtime.environment('EVENT_BUS_NAME')),
    workflow: stepFunctionsWorkflow(runtime.aws, stateMachines(runtime.environment)),
    turns: stepFunctionsTaskTokens(runtime.aws),
  }),
);
