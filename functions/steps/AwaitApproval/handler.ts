import { eventbridgeOutcomePublisher } from '../../aws/messaging/eventbridge-bus';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import { ledgerApprovals } from '../../ledger/runs/approvals';
import type { OutcomePublisher } from '../../ports/outcome-publisher';
import type { Runtime } from '../../runtime/environment';
import { type TurnDeps, waitingTokenOf } from '../../runtime/turn-function';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { type StepResult, stepHandler } from '../../runtime/step-handler';
import { awaitApproval } from './step';

export interface AwaitApprovalDeps extends TurnDeps {
  readonly outcomes: OutcomePublisher;
}

export const compose = (
  runtime: Runtime,
  { outcomes, turns: tokens }: AwaitApprovalDeps,
): FunctionHandler<StepResult> =>
  stepHandler('AwaitApproval', runtime, (_, { reference, run, input }) => {
    const { ledger, now, watch } = runtime;
    return awaitApproval({
      approvals: ledgerApprovals({ ledger, tokens, now }, reference, waitingTokenOf(input)),
      outcomes,
      watch,
      run,
    });
  });

export const handler = onLambda((runtime) =>
  compose(runtime, {
    outcomes: eventbridgeOutcomePublisher(runtime.aws, runtime.environment('EVENT_BUS_NAME')),
    turns: stepFunctionsTaskTokens(runtime.aws),
  }),
);
