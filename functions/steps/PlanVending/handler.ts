import type { Configuration } from '../../domain/configuration/configuration';
import { ledgerRunRepository, modeOf } from '../../ledger/runs/pin-plan';
import { onConfiguredLambda } from '../../runtime/stored-configuration';
import type { Runtime } from '../../runtime/environment';
import type { FunctionHandler } from '../../runtime/on-lambda';
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

export const handler = onConfiguredLambda((runtime, configuration) => compose(runtime, { configuration }));
