import { eventbridgeOutcomePublisher } from '../../aws/messaging/eventbridge-bus';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import { stepFunctionsWorkflow } from '../../aws/step-functions/step-functions-workflow';
import { runMeasurements } from '../../domain/run/run-measurements';
import { endRun } from '../../ledger/runs/end-run';
import type { OutcomePublisher } from '../../ports/outcome-publisher';
import type { WorkflowStarter } from '../../ports/workflow';
import { guardedIn } from '../../runtime/state-input';
import { type Host, stateMachines } from '../../runtime/environment';
import type { TurnEdges } from '../../runtime/turn-function';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { plannedVending, runHandler, type StepResult } from '../../runtime/step-handler';
import { completeClosing } from './step';

export interface CompleteClosingEdges extends TurnEdges {
  readonly outcomes: OutcomePublisher;
  readonly workflow: WorkflowStarter;
}

export const compose = (host: Host, { outcomes, workflow, turns }: CompleteClosingEdges): FunctionHandler<StepResult> =>
  runHandler('CompleteClosing', host, (opened, reference, input) => {
    const accountGone = guardedIn(input)?.accountThere === false;
    const complete = async (): Promise<void> => {
      const { ledger, metrics, now } = host;
      await endRun({ ledger, workflow, tokens: turns, now }, reference, { status: 'CLOSED', accountGone });
      metrics.record(runMeasurements(opened.run, { outcome: 'CLOSED' }, now()));
    };
    const step = completeClosing({ repository: { complete }, accountGone, outcomes, run: opened.run });
    return step(plannedVending('CompleteClosing', host, opened));
  });

export const handler = onLambda((host) =>
  compose(host, {
    outcomes: eventbridgeOutcomePublisher(host.aws, host.environment('EVENT_BUS_NAME')),
    workflow: stepFunctionsWorkflow(host.aws, stateMachines(host.environment)),
    turns: stepFunctionsTaskTokens(host.aws),
  }),
);
