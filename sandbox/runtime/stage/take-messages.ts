import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

export interface TakenMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Takes all messages that are in a queue now, and deletes them there. */
export async function takeMessages(sqs: SQSClient, queueUrl: string): Promise<readonly TakenMessage[]> {
  const taken: TakenMessage[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    if (Messages.length === 0) return taken;
    for (const { Body = '', ReceiptHandle = '', MessageAttributes = {} } of Messages) {
      const attributes = Object.entries(MessageAttributes).map(
        ([name, value]) => [name, value.StringValue ?? ''] as const,
      );
      taken.push({ body: Body, attributes: Object.fromEntries(attributes) });
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    }
  }
}
