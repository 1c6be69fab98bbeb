import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

import type { PreflightRequests } from '../../ports/queues';
import { calling } from '../base/aws-error';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';

/** Puts preflights into the queue of RunPreflight. */
export function sqsPreflightRequests(settings: AwsSettings, queueUrl: string): PreflightRequests {
  const client = new SQSClient(ownClientSettings(settings));
  return {
    send: (id) =>
      calling('put the preflight into its queue', async () => {
        await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify({ id }) }));
      }),
  };
}
