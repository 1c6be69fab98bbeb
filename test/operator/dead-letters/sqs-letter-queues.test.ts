import { SQSClient } from '@aws-sdk/client-sqs';

import { sqsLetterQueues } from '../../../operator/dead-letters/sqs-letter-queues';
import { awsError, type CannedAnswering, CannedRequestHandler } from '../../fakes/canned-request-handler';

const URL = 'https://sqs.eu-central-1.amazonaws.com/000000000000/dead';

const answering = (...answers: readonly CannedAnswering[]) => {
  const sqs = new CannedRequestHandler(...answers);
  return { sqs, queues: sqsLetterQueues(new SQSClient({ ...sqs.settings, md5: false, maxAttempts: 1 })) };
};

const letter = { id: 'm', receipt: 'r', sentAt: new Date(0), body: 'any', attributes: {}, movedFrom: undefined };

describe('letters in SQS', () => {
  it('are taken ten at a time from all servers, with the time at which they were sent and their attributes', async () => {
    const reason = { DataType: 'String', StringValue: 'is missing' };
    const message = { MessageId: 'm', ReceiptHandle: 'r', Body: '{}', MessageAttributes: { reason } };
    const { sqs, queues } = answering({
      body: { Messages: [{ ...message, Attributes: { SentTimestamp: '1000', DeadLetterQueueSourceArn: 'arn:x' } }] },
    });

    expect(await queues.take(URL, 30)).toEqual([
      {
        id: 'm',
        receipt: 'r',
        sentAt: new Date(1000),
        body: '{}',
        attributes: { reason: 'is missing' },
        movedFrom: 'arn:x',
      },
    ]);
    expect(sqs.requests[0]).toMatchObject({
      target: 'AmazonSQS.ReceiveMessage',
      body: { QueueUrl: URL, VisibilityTimeout: 30, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 },
    });
  });

  it('may be none', async () => {
    const { queues } = answering({ body: {} });
    expect(await queues.take(URL, 30)).toEqual([]);
    expect(await queues.hiddenIn(URL)).toBe(0);
  });

  it('are counted while they are hidden', async () => {
    const { queues } = answering({ body: { Attributes: { ApproximateNumberOfMessagesNotVisible: '7' } } });
    expect(await queues.hiddenIn(URL)).toBe(7);
  });

  it('are given back, sent and removed by their receipt', async () => {
    const { sqs, queues } = answering({ body: {} });

    await queues.releaseTurn(URL, [letter]);
    await queues.send(URL, 'any');
    await queues.remove(URL, letter);

    expect(sqs.requests.map(({ target, body }) => [target.split('.')[1], body])).toEqual([
      ['ChangeMessageVisibility', { QueueUrl: URL, ReceiptHandle: 'r', VisibilityTimeout: 0 }],
      ['SendMessage', { QueueUrl: URL, MessageBody: 'any' }],
      ['DeleteMessage', { QueueUrl: URL, ReceiptHandle: 'r' }],
    ]);
  });

  it.each([
    {
      right: 'sqs:GetQueueAttributes',
      call: (url: string, { queues }: ReturnType<typeof answering>) => queues.hiddenIn(url),
    },
    {
      right: 'sqs:ReceiveMessage',
      call: (url: string, { queues }: ReturnType<typeof answering>) => queues.take(url, 30),
    },
    {
      right: 'sqs:ChangeMessageVisibility',
      call: (url: string, { queues }: ReturnType<typeof answering>) => queues.releaseTurn(url, [letter]),
    },
    {
      right: 'sqs:SendMessage',
      call: (url: string, { queues }: ReturnType<typeof answering>) => queues.send(url, 'any'),
    },
    {
      right: 'sqs:DeleteMessage',
      call: (url: string, { queues }: ReturnType<typeof answering>) => queues.remove(url, letter),
    },
  ])('that are out of reach name the queue and the right $right', async ({ right, call }) => {
    await expect(call(URL, answering(awsError('AccessDenied')))).rejects.toMatchObject({
      name: 'OperatorError',
      message: expect.stringMatching(
        new RegExp(`^${right} failed at ${URL}: AccessDenied.*kms:Decrypt`, 'su'),
      ) as string,
    });
  });
});
