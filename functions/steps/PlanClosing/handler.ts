import type { Configuration } from '../../domain/configuration/configuration';
import { ledgerRunRepository, modeOf } from '../../ledger/runs/pin-plan';
import { onConfiguredLambda } from '../../runtime/stored-configuration';
import type { Runtime } from '../../runtime/environment';
import type { FunctionHandler } from '../../runtime/on-lambda';
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

export const handler = onConfiguredLambda((runtime, configuration) => compose(runtime, { configuration }));
