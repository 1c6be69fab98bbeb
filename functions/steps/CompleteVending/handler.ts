import * as z from 'zod/mini';

import { eventbridgeOutcomePublisher } from '../../aws/messaging/eventbridge-bus';
import { stepFunctionsTaskTokens } from '../../aws/step-functions/step-functions-task-tokens';
import { stepFunctionsWorkflow } from '../../aws/step-functions/step-functions-workflow';
import { caught } from '../../domain/base/plain-schemas';
import { runMeasurements } from '../../domain/run/run-measurements';
import { TransientError } from '../../domain/base/errors';
import { endRun } from '../../ledger/runs/end-run';
import type { OpenedRun } from '../../ledger/runs/open-run';
import { rememberHistory } from '../../ledger/runs/remember-history';
import type { RunReference } from '../../ledger/tenants/tenant-items';
import type { OutcomePublisher } from '../../ports/outcome-publisher';
import type { WorkflowStarter } from '../../ports/workflow';
import { type Runtime, stateMachines } from '../../runtime/environment';
import type { TurnDeps } from '../../runtime/turn-function';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { plannedVending, runHandler, type StepResult } from '../../runtime/step-handler';
import { completeVending, type CompleteVendingPorts } from './step';

export interface CompleteVendingDeps extends TurnDeps {
  readonly outcomes: OutcomePublisher;
  readonly workflow: WorkflowStarter;
}

export const compose = (
  runtime: Runtime,
  { outcomes, workflow, turns }: CompleteVendingDeps,
): FunctionHandler<StepResult> =>
  runHandler('CompleteVending', runtime, (opened, reference, input) => {
    const complete = async (): Promise<void> => {
      const { ledger, watch, metrics, now } = runtime;
      await endRun({ ledger, workflow, watch, tokens: turns, now }, reference, { status: 'VENDED' });
      await rememberIfPossible(runtime, opened, reference);
      metrics.record(runMeasurements(opened.run, { outcome: 'VENDED' }, now()));
    };
    const step = completeVending({
      repository: { complete },
      outcomes,
      run: opened.run,
      actual: actualIn(input),
    });
    return step(plannedVending('CompleteVending', runtime, opened));
  });

/**
 * Estimates of others are worth no failed vending: where many end at once, one that comes too late is not among the
 * samples.
 */
async function rememberIfPossible(
  { ledger, log, now }: Runtime,
  { run, plan }: OpenedRun,
  reference: RunReference,
): Promise<void> {
  if (plan === null) return;
  // If the run had ended before this try began, its end counts.
  const endedAt = run.finishedAt === null ? now() : new Date(run.finishedAt);
  try {
    await rememberHistory(ledger, reference, { run, plan, endedAt });
  } catch (cause) {
    if (!(cause instanceof TransientError)) throw cause;
    log.warn('What this run has taken was not written down', { ...reference, cause: cause.message });
  }
}

/** The results of the steps that know. An execution that began under an earlier release has none. */
const ResultsSchema = z.object({
  results: z.object({
    MoveAccount: caught(z.optional(z.object({ organizationalUnitId: z.string() })), undefined),
    SetAccountAlias: caught(z.optional(z.object({ alias: z.string() })), undefined),
  }),
});

function actualIn(input: unknown): CompleteVendingPorts['actual'] {
  const results = ResultsSchema.safeParse(input).data?.results;
  return {
    alias: results?.SetAccountAlias?.alias,
    organizationalUnitId: results?.MoveAccount?.organizationalUnitId,
  };
}

export const handler = onLambda((runtime) =>
  compose(runtime, {
    outcomes: eventbridgeOutcomePublisher(runtime.aws, runtime.environment('EVENT_BUS_NAME')),
    workflow: stepFunctionsWorkflow(runtime.aws, stateMachines(runtime.environment)),
    turns: stepFunctionsTaskTokens(runtime.aws),
  }),
);
