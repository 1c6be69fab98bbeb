import { lambdaLandingZoneFunction } from '../../aws/lambda/lambda-landing-zone-function';
import { stepFunction } from '../../runtime/step-handler';
import { invokeLandingZoneFunction } from './step';

export const { compose, handler } = stepFunction('InvokeLandingZoneFunction', ({ session }) =>
  invokeLandingZoneFunction({ landingZoneFunction: lambdaLandingZoneFunction(session) }),
);
