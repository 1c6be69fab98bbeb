import { eventbridgeOutcomePublisher } from '../../aws/messaging/eventbridge-bus';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import { ledgerApprovals } from '../../ledger/runs/approvals';
import type { OutcomePublisher } from '../../ports/outcome-publisher';
import type { Host } from '../../runtime/environment';
import { type TurnEdges, waitingTokenOf } from '../../runtime/turn-function';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { type StepResult, stepHandler } from '../../runtime/step-handler';
import { awaitApproval } from './step';

export interface AwaitApprovalEdges extends TurnEdges {
  readonly outcomes: OutcomePublisher;
}

export const compose = (host: Host, { outcomes, turns: tokens }: AwaitApprovalEdges): FunctionHandler<StepResult> =>
  stepHandler('AwaitApproval', host, (_, { reference, run, input }) => {
    const { ledger, now, watch } = host;
    return awaitApproval({
      approvals: ledgerApprovals({ ledger, tokens, now }, reference, waitingTokenOf(input)),
      outcomes,
      watch,
      run,
    });
  });

export const handler = onLambda((host) =>
  compose(host, {
    outcomes: eventbridgeOutcomePublisher(host.aws, host.environment('EVENT_BUS_NAME')),
    turns: stepFunctionsTaskTokens(host.aws),
  }),
);
