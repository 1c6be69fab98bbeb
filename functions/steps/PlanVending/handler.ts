import type { Configuration } from '../../domain/configuration/configuration';
import { ledgerRunRepository, modeOf } from '../../ledger/runs/pin-plan';
import { bundledConfiguration } from '../../runtime/bundled-configuration';
import type { Runtime } from '../../runtime/environment';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import { runHandler, type StepResult } from '../../runtime/step-handler';
import { planRun } from './step';

export interface PlanVendingDeps {
  readonly configuration: Configuration;
}

export const compose = (runtime: Runtime, { configuration }: PlanVendingDeps): FunctionHandler<StepResult> =>
  runHandler('PlanVending', runtime, ({ tenant }, reference) =>
    planRun(
      {
        repository: ledgerRunRepository(runtime.ledger, reference),
        configuration,
        modeOf: (landingZone) => modeOf(runtime.ledger, configuration, landingZone),
      },
      tenant,
    ),
  );

export const handler = onLambda((runtime) => compose(runtime, { configuration: bundledConfiguration() }));
