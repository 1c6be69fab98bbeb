import type { Configuration } from '../../domain/configuration/configuration';
import { ledgerRunRepository, modeOf } from '../../ledger/runs/pin-plan';
import { bundledConfiguration } from '../../runtime/bundled-configuration';
import type { Runtime } from '../../runtime/environment';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { runHandler, type StepResult } from '../../runtime/step-handler';
import { planClosingRun } from './step';

export interface PlanClosingDeps {
  readonly configuration: Configuration;
}

export const compose = (runtime: Runtime, { configuration }: PlanClosingDeps): FunctionHandler<StepResult> =>
  runHandler('PlanClosing', runtime, ({ tenant }, reference) =>
    planClosingRun(
      {
        repository: ledgerRunRepository(runtime.ledger, reference),
        configuration,
        modeOf: (landingZone) => modeOf(runtime.ledger, configuration, landingZone),
      },
      tenant,
    ),
  );

export const handler = onLambda((runtime) => compose(runtime, { configuration: bundledConfiguration() }));
