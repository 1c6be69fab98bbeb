import type { LandingZone } from '../../domain/configuration/landing-zone';
import type { LandingZoneFunctionLookup } from '../../ports/landing-zone-function';
import { type Check, failed, type Finding, ok } from '../check';

/** Each function that a landing zone names is there. It is not run. */
export const landingZoneFunctionChecks = (
  functions: LandingZoneFunctionLookup,
  landingZones: readonly LandingZone[],
  entering: string,
): readonly Check[] =>
  landingZones.flatMap(({ name, awsLambdaArn }) =>
    awsLambdaArn === null
      ? []
      : [
          {
            id: `landing-zone-function:${name}`,
            sentence: `The function of landing zone "${name}" exists.`,
            needs: [entering],
            look: async () => ((await functions.exists(awsLambdaArn)) ? ok() : absent(name, awsLambdaArn)),
          },
        ],
  );

const absent = (landingZone: string, arn: string): Finding =>
  failed(
    `There is no function ${arn}.`,
    `Deploy it in the automation account, or correct awsLambdaArn in landing-zones/${landingZone}.json and deploy VendingStack and AutomationAccountStack.`,
  );
