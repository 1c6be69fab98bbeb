import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

import type { PassMessages } from '../../ports/queues';
import { calling } from '../base/aws-error';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';

/**
 * Puts the next part of a pass into the queue of ReconcileTenants: a delayed message, and nothing that ticks by day.
 */
export function sqsPassMessages(settings: AwsSettings, queueUrl: string): PassMessages {
  const client = new SQSClient(ownClientSettings(settings));
  return {
    send: (part, DelaySeconds) =>
      calling('have the reconciliation go on', async () => {
        await client.send(
          new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(part), DelaySeconds }),
        );
      }),
  };
}
