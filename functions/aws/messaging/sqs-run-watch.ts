import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

import type { RunWatch } from '../../ports/queues';
import { calling } from '../base/aws-error';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';

/** The longest delay that SQS knows. */
const LOOK_AFTER_SECONDS = 15 * 60;

/** Has WatchRuns look in a quarter of an hour: a delayed message, and nothing that ticks. */
export function sqsRunWatch(settings: AwsSettings, queueUrl: string): RunWatch {
  const client = new SQSClient(ownClientSettings(settings));
  return {
    watch: (watched) =>
      calling('have the run watched', async () => {
        await client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageBody: JSON.stringify(watched),
            DelaySeconds: LOOK_AFTER_SECONDS,
          }),
        );
      }),
  };
}
