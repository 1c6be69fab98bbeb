import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

import { RejectedError } from '../../domain/base/errors';
import type { Letter } from '../../domain/fleet/dead-letter';
import type { LetterQueues } from '../../ports/letter-queues';
import { calling } from '../base/aws-error';
import { type AwsSettings, ownClientSettings } from '../base/aws-settings';

/** Any wait at all asks all of SQS's servers; without, one that holds a message may be left out. */
const WAIT_SECONDS = 1;

/** How many entries a batch of SQS has at most, and how many messages an answer. */
const BATCH = 10;

const SYSTEM_ATTRIBUTES = ['SentTimestamp', 'DeadLetterQueueSourceArn'] as const;

/** Dead letters in queues of SQS. */
export function sqsLetterQueues(settings: AwsSettings): LetterQueues {
  const client = new SQSClient(ownClientSettings(settings));
  return {
    hiddenIn: (QueueUrl) =>
      calling('count dead letters', async () => {
        const names = { AttributeNames: ['ApproximateNumberOfMessagesNotVisible' as const] };
        const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, ...names }));
        return Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0);
      }),
    take: (QueueUrl, VisibilityTimeout) =>
      calling('read dead letters', async () => {
        const wanted = { MessageSystemAttributeNames: [...SYSTEM_ATTRIBUTES], MessageAttributeNames: ['All'] };
        const pace = { VisibilityTimeout, MaxNumberOfMessages: BATCH, WaitTimeSeconds: WAIT_SECONDS };
        const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, ...wanted, ...pace }));
        return Messages.map(letterOf);
      }),
    releaseTurn: (QueueUrl, letters) =>
      calling('give dead letters back', async () => {
        for (let from = 0; from < letters.length; from += BATCH) {
          await release(client, QueueUrl, letters.slice(from, from + BATCH));
        }
      }),
    send: (QueueUrl, MessageBody) =>
      calling('send a dead letter back', async () => {
        await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
      }),
    remove: (QueueUrl, { receipt: ReceiptHandle }) =>
      calling('delete a dead letter', async () => {
        await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }),
  };
}

/**
 * @evidence documented AWSSimpleQueueService/APIReference/API_ChangeMessageVisibilityBatch: up to 10 entries; each
 *   succeeds or fails by itself, so failures are in an answer of status 200
 * @evidence documented AWSSimpleQueueService/APIReference/API_AddPermission: ChangeMessageVisibility in a policy grants
 *   the batch of it as well
 */
async function release(client: SQSClient, QueueUrl: string, letters: readonly Letter[]): Promise<void> {
  const Entries = letters.map(({ receipt }, index) => ({
    Id: String(index),
    ReceiptHandle: receipt,
    VisibilityTimeout: 0,
  }));
  const { Failed = [] } = await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
  const [failed] = Failed;
  if (failed === undefined) return;
  throw new RejectedError(
    `SQS has not given a dead letter back (${failed.Code ?? 'no code'}: ${failed.Message ?? 'no reason'}).`,
    'It shows again by itself, some seconds later.',
  );
}

function letterOf({
  MessageId = '',
  ReceiptHandle = '',
  Body = '',
  Attributes,
  MessageAttributes = {},
}: Message): Letter {
  const attributes = Object.entries(MessageAttributes).map(
    ([name, { StringValue = '' }]) => [name, StringValue] as const,
  );
  return {
    id: MessageId,
    receipt: ReceiptHandle,
    sentAt: new Date(Number(Attributes?.SentTimestamp ?? 0)),
    body: Body,
    attributes: Object.fromEntries(attributes),
    movedFrom: Attributes?.DeadLetterQueueSourceArn,
  };
}
