import { lambdaLandingZoneFunction } from '../../aws/lambda/lambda-landing-zone-function';
import type { Host } from '../../runtime/host';
import { type FunctionHandler, onLambda } from '../../runtime/on-lambda';
import type { StepResult } from '../../runtime/run-handler';
import { stepHandler } from '../../runtime/step-handler';
import { invokeLandingZoneFunction } from './step';

export const compose = (host: Host): FunctionHandler<StepResult> =>
  stepHandler('InvokeLandingZoneFunction', host, (caller) =>
    invokeLandingZoneFunction({ landingZoneFunction: lambdaLandingZoneFunction(caller) }),
  );

export const handler = onLambda(compose);
