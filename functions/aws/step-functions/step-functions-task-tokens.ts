import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';

import type { TaskTokens } from '../../ports/workflow';
import { calling, isTokenGone } from '../base/aws-error';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';

/** States of Step Functions that wait with a task token. */
export function stepFunctionsTaskTokens(settings: AwsSettings): TaskTokens {
  const client = new SFNClient(ownClientSettings(settings));
  return {
    succeed: (taskToken, output) =>
      deliver('let a waiting state go on', () =>
        client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })),
      ),
    fail: (taskToken, { name: error, message: cause }) =>
      deliver('end a waiting state', () => client.send(new SendTaskFailureCommand({ taskToken, error, cause }))),
  };
}

function deliver(doing: string, send: () => Promise<unknown>): Promise<'delivered' | 'gone'> {
  return calling(doing, async () => {
    try {
      await send();
      return 'delivered';
    } catch (error) {
      if (isTokenGone(error)) return 'gone';
      throw error;
    }
  });
}
