import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';

import { TransientError } from '../../domain/base/errors';
import { parsedJson } from '../../domain/base/json';
import type { VendingPlan } from '../../domain/plan/plan';
import { type Preview, PreviewSchema } from '../../domain/run/preview';
import type { ChangePreview } from '../../ports/invoked-functions';
import { calling } from '../base/aws-error';
import { type AwsSettings, waitingSettings } from '../base/aws-settings';

/** The function PreviewChanges, whose answer is waited for. */
export function lambdaChangePreview(settings: AwsSettings, functionArn: string): ChangePreview {
  const { ownFunctionsEndpoint: endpoint, ...others } = settings;
  const client = new LambdaClient({ ...waitingSettings(others), ...(endpoint === undefined ? {} : { endpoint }) });
  return { preview: (plan) => calling('look at what a run would change', () => preview(client, functionArn, plan)) };
}

async function preview(client: LambdaClient, functionArn: string, plan: VendingPlan): Promise<Preview> {
  const answer = await client.send(
    new InvokeCommand({
      FunctionName: functionArn,
      InvocationType: 'RequestResponse',
      Payload: Buffer.from(JSON.stringify({ plan })),
    }),
  );
  const text = answer.Payload?.transformToString() ?? '';
  if (answer.FunctionError !== undefined) throw failure(text);
  return PreviewSchema.parse(parsedJson(text));
}

const FailureSchema = z.object({ errorType: z.string(), errorMessage: z.string() });

/**
 * What the function has thrown, as Lambda tells it. A time-out names no type that is ours, and another try may be
 * quicker.
 */
function failure(text: string): Error {
  const { errorType, errorMessage } = FailureSchema.safeParse(parsedJson(text)).data ?? {
    errorType: '',
    errorMessage: text,
  };
  const message = `PreviewChanges has failed: ${errorMessage}`;
  const mayPass = errorType === 'TransientError' || /timed out/iu.test(errorMessage);
  return mayPass ? new TransientError(message) : new Error(message);
}
