import type { Configuration } from '../../domain/configuration/configuration';
import { ledgerRunRepository } from '../../ledger/runs/pin-plan';
import { bundledConfiguration } from '../../runtime/bundled-configuration';
import type { Host } from '../../runtime/environment';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { runHandler, type StepResult } from '../../runtime/step-handler';
import { planClosingRun } from './step';

export interface PlanClosingDeps {
  readonly configuration: Configuration;
}

export const compose = (host: Host, { configuration }: PlanClosingDeps): FunctionHandler<StepResult> =>
  runHandler('PlanClosing', host, ({ tenant }, reference) =>
    planClosingRun({ repository: ledgerRunRepository(host.ledger, reference), configuration }, tenant),
  );

export const handler = onLambda((host) => compose(host, { configuration: bundledConfiguration() }));
