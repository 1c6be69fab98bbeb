import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

import { RejectedError } from '../../domain/base/errors';
import type { LandingZoneFunction, LandingZoneFunctionLookup } from '../../ports/invoked-functions';
import { automationCredentials } from '../base/assumed-role';
import type { AwsSession } from '../base/aws-session';
import { calling, isAbsent } from '../base/aws-error';
import { clientSettings, waitingSettings } from '../base/aws-settings';

/**
 * The landing zone's Lambda function, invoked by the function's role in the automation account, in the region that its
 * ARN names.
 */
export function lambdaLandingZoneFunction(session: AwsSession): LandingZoneFunction {
  return {
    invoke: (functionArn, payload) =>
      calling(`invoke ${functionArn}`, async () => {
        try {
          const answer = await clientFor(session, functionArn).send(
            new InvokeCommand({
              FunctionName: functionArn,
              InvocationType: 'RequestResponse',
              Payload: Buffer.from(JSON.stringify(payload)),
            }),
          );
          return answer.FunctionError === undefined ? null : textOf(answer.FunctionError, answer.Payload);
        } catch (error) {
          throw isAbsent(error) ? missing(functionArn, error) : error;
        }
      }),
  };
}

/** Its configuration tells that the function is there. */
export function lambdaLandingZoneFunctionLookup(session: AwsSession): LandingZoneFunctionLookup {
  return {
    exists: (functionArn) =>
      calling(`look for ${functionArn}`, async () => {
        try {
          await clientFor(session, functionArn).send(
            new GetFunctionConfigurationCommand({ FunctionName: functionArn }),
          );
          return true;
        } catch (error) {
          if (isAbsent(error)) return false;
          throw error;
        }
      }),
  };
}

function clientFor(session: AwsSession, functionArn: string): LambdaClient {
  const region = functionArn.split(':')[3] ?? '';
  return new LambdaClient({
    ...clientSettings(waitingSettings(session.settings), session.functionName),
    region,
    credentials: automationCredentials(session),
  });
}

/** What a function says about its own failure may be long, and is for people. */
function textOf(functionError: string, payload: Uint8Array | undefined): string {
  return `${functionError}: ${Buffer.from(payload ?? []).toString('utf8')}`.slice(0, 1000);
}

function missing(functionArn: string, cause: unknown): RejectedError {
  return new RejectedError(
    `The landing zone's function ${functionArn} does not exist.`,
    "Correct awsLambdaArn in the landing zone's configuration, or deploy the function, and replay this run.",
    { cause },
  );
}
