import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

import { OperatorError } from '../operator-error';
import { errorMessage } from '../error-message';
import type { Letter, LetterQueues } from './letter-queues';

/** Any wait at all asks all of SQS's servers; without, one that holds a message may be left out. */
const WAIT_SECONDS = 1;

const SYSTEM_ATTRIBUTES = ['SentTimestamp', 'DeadLetterQueueSourceArn'] as const;

/** Queues of SQS, with the credentials and the region that every AWS command finds. */
export function sqsLetterQueues(client = new SQSClient({})): LetterQueues {
  return {
    hiddenIn: (QueueUrl) =>
      reaching(QueueUrl, 'sqs:GetQueueAttributes', async () => {
        const names = { AttributeNames: ['ApproximateNumberOfMessagesNotVisible' as const] };
        const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, ...names }));
        return Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0);
      }),
    take: (QueueUrl, VisibilityTimeout) =>
      reaching(QueueUrl, 'sqs:ReceiveMessage', async () => {
        const wanted = { MessageSystemAttributeNames: [...SYSTEM_ATTRIBUTES], MessageAttributeNames: ['All'] };
        const pace = { VisibilityTimeout, MaxNumberOfMessages: 10, WaitTimeSeconds: WAIT_SECONDS };
        const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, ...wanted, ...pace }));
        return Messages.map(letterOf);
      }),
    releaseTurn: (QueueUrl, letters) =>
      reaching(QueueUrl, 'sqs:ChangeMessageVisibility', async () => {
        for (const { receipt: ReceiptHandle } of letters) {
          await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
        }
      }),
    send: (QueueUrl, MessageBody) =>
      reaching(QueueUrl, 'sqs:SendMessage', async () => {
        await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
      }),
    remove: (QueueUrl, { receipt: ReceiptHandle }) =>
      reaching(QueueUrl, 'sqs:DeleteMessage', async () => {
        await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }),
  };
}

async function reaching<Answer>(queueUrl: string, action: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (cause) {
    throw new OperatorError(
      `${action} failed at ${queueUrl}: ${errorMessage(cause)}\nThe credentials need that right there, and where the queues have a key of yours, kms:Decrypt and kms:GenerateDataKey on it.`,
    );
  }
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
