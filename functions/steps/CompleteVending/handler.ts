import * as z from 'zod';

import { eventbridgeOutcomePublisher } from '../../aws/eventbridge-outcome-publisher';
import { stepFunctionsTaskTokens } from '../../aws/step-functions-task-tokens';
import { stepFunctionsWorkflow } from '../../aws/step-functions-workflow';
import { runMeasurements } from '../../domain/measurement';
import { endRun } from '../../ledger/end-run';
import type { OutcomePublisher } from '../../ports/outcome-publisher';
import type { WorkflowStarter } from '../../ports/workflow';
import type { Host } from '../../runtime/host';
import type { TurnEdges } from '../../runtime/lanes';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { stateMachines } from '../../runtime/state-machines';
import { plannedVending, runHandler, type StepResult } from '../../runtime/step-handler';
import { completeVending, type CompleteVendingPorts } from './step';

export interface CompleteVendingEdges extends TurnEdges {
  readonly outcomes: OutcomePublisher;
  readonly workflow: WorkflowStarter;
}

export const compose = (host: Host, { outcomes, workflow, turns }: CompleteVendingEdges): FunctionHandler<StepResult> =>
  runHandler('CompleteVending', host, (opened, reference, input) => {
    const complete = async (): Promise<void> => {
      const { ledger, metrics, now } = host;
      await endRun({ ledger, workflow, tokens: turns, now }, reference, { status: 'VENDED' });
      metrics.record(runMeasurements(opened.run, { outcome: 'VENDED' }, now()));
    };
    const step = completeVending({
      memory: { complete },
      outcomes,
      run: opened.run,
      actual: actualIn(input),
    });
    return step(plannedVending('CompleteVending', host, opened));
  });

/** The results of the steps that know. An execution that began under an earlier release has none. */
const ResultsSchema = z.object({
  results: z.object({
    MoveAccount: z.object({ organizationalUnitId: z.string() }).optional().catch(undefined),
    SetAccountAlias: z.object({ alias: z.string() }).optional().catch(undefined),
  }),
});

function actualIn(input: unknown): CompleteVendingPorts['actual'] {
  const results = ResultsSchema.safeParse(input).data?.results;
  return {
    alias: results?.SetAccountAlias?.alias,
    organizationalUnitId: results?.MoveAccount?.organizationalUnitId,
  };
}

export const handler = onLambda((host) =>
  compose(host, {
    outcomes: eventbridgeOutcomePublisher(host.aws, host.environment('EVENT_BUS_NAME')),
    workflow: stepFunctionsWorkflow(host.aws, stateMachines(host.environment)),
    turns: stepFunctionsTaskTokens(host.aws),
  }),
);
