import { eventbridgeOutcomePublisher } from '../../aws/eventbridge-outcome-publisher';
import { stepFunctionsWorkflow } from '../../aws/step-functions-workflow';
import { endRun } from '../../ledger/end-run';
import type { OutcomePublisher } from '../../ports/outcome-publisher';
import type { WorkflowStarter } from '../../ports/workflow';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { plannedVending, runHandler, type StepResult } from '../../runtime/step-handler';
import { completeVending } from './step';

export interface CompleteVendingEdges {
  readonly outcomes: OutcomePublisher;
  readonly workflow: WorkflowStarter;
}

export const compose = (host: Host, { outcomes, workflow }: CompleteVendingEdges): FunctionHandler<StepResult> =>
  runHandler('CompleteVending', host, (opened, reference) => {
    const { replicationSequence, run } = reference;
    const complete = async (): Promise<void> => {
      await endRun(host.ledger, workflow, reference, { status: 'VENDED' }, host.now());
    };
    const step = completeVending({ memory: { complete }, outcomes, run: { replicationSequence, run } });
    return step(plannedVending('CompleteVending', host, opened));
  });

export const handler = onLambda((host) =>
  compose(host, {
    outcomes: eventbridgeOutcomePublisher(host.aws, host.environment('EVENT_BUS_NAME')),
    workflow: stepFunctionsWorkflow(host.aws, host.environment('STATE_MACHINE_ARN')),
  }),
);
