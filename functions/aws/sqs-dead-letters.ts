import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

import type { DeadLetters } from '../ports/dead-letters';
import { calling } from './aws-error';
import { type AwsSettings, ownClientSettings } from './aws-settings';

/** Message attributes may not be empty, and a reason that lists every field may be long. */
const attribute = (text: string): { readonly DataType: 'String'; readonly StringValue: string } => ({
  DataType: 'String',
  // The cut may have gone through a character.
  StringValue: text.slice(0, 1000).replace(/[\uD800-\uDBFF]$/u, '') || '-',
});

/** Puts unreadable events into an SQS queue, with the attributes `reason` and `field`. */
export function sqsDeadLetters(settings: AwsSettings, queueUrl: string): DeadLetters {
  const client = new SQSClient(ownClientSettings(settings));
  return {
    send: ({ body, reason, field }) =>
      calling('put the event into the dead-letter queue', async () => {
        await client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageBody: body,
            MessageAttributes: { reason: attribute(reason), field: attribute(field) },
          }),
        );
      }),
  };
}
