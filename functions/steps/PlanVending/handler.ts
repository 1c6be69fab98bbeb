import { contentHash } from '../../domain/base/json';
import { ledgerRunRepository } from '../../ledger/runs/pin-plan';
import { modeOf } from '../../ledger/fleet/landing-zone-modes';
import { configurationFor, type ConfiguredDeps } from '../../runtime/configuration-for';
import type { Runtime } from '../../runtime/environment';
import type { FunctionHandler } from '../../runtime/on-lambda';
import { runHandler, type StepResult } from '../../runtime/step-handler';
import { onConfiguredLambda } from '../../runtime/stored-configuration';
import { planRun } from './step';

export const compose = (runtime: Runtime, deps: ConfiguredDeps): FunctionHandler<StepResult> =>
  runHandler('PlanVending', runtime, async (opened, reference) => {
    const configuration = await configurationFor(runtime, deps, opened);
    return planRun(
      {
        repository: ledgerRunRepository(runtime.ledger, reference, contentHash(configuration)),
        configuration,
        modeOf: (landingZone) => modeOf(runtime.ledger, configuration, landingZone),
      },
      opened.tenant,
    );
  });

export const handler = onConfiguredLambda((runtime, configuration, configurationAt) =>
  compose(runtime, { configuration, configurationAt }),
);
