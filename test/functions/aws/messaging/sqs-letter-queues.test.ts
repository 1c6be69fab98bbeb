import { sqsLetterQueues } from '../../../../functions/aws/messaging/sqs-letter-queues';
import type { LetterQueues } from '../../../../functions/ports/letter-queues';
import { awsError, type CannedAnswering, CannedRequestHandler } from '../../../fakes/canned-request-handler';

const URL = 'https://sqs.eu-central-1.amazonaws.com/000000000000/dead';

interface Answering {
  readonly sqs: CannedRequestHandler;
  readonly queues: LetterQueues;
}

function answering(...answers: readonly CannedAnswering[]): Answering {
  const sqs = new CannedRequestHandler(...answers);
  const settings = { ...sqs.settings, md5: false as const, maxAttempts: 1 };
  return { sqs, queues: sqsLetterQueues(settings) };
}

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
      body: {
        QueueUrl: URL,
        VisibilityTimeout: 30,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['SentTimestamp', 'DeadLetterQueueSourceArn'],
        MessageAttributeNames: ['All'],
      },
    });
  });

  it('may be none', async () => {
    const { queues } = answering({ body: {} });
    expect(await queues.take(URL, 30)).toEqual([]);
    expect(await queues.hiddenIn(URL)).toBe(0);
  });

  it('are counted while they are hidden', async () => {
    const { queues, sqs } = answering({ body: { Attributes: { ApproximateNumberOfMessagesNotVisible: '7' } } });
    expect(await queues.hiddenIn(URL)).toBe(7);
    expect(sqs.requests.map(({ body }) => body)).toEqual([
      { QueueUrl: URL, AttributeNames: ['ApproximateNumberOfMessagesNotVisible'] },
    ]);
  });

  it('are sent and removed by their receipt', async () => {
    const { sqs, queues } = answering({ body: {} });

    await queues.send(URL, 'any');
    await queues.remove(URL, letter);

    expect(sqs.requests.map(({ target, body }) => [target.split('.')[1], body])).toEqual([
      ['SendMessage', { QueueUrl: URL, MessageBody: 'any' }],
      ['DeleteMessage', { QueueUrl: URL, ReceiptHandle: 'r' }],
    ]);
  });

  it('are given back ten at a time', async () => {
    const { sqs, queues } = answering({ body: {} });

    await queues.releaseTurn(
      URL,
      Array.from({ length: 12 }, (_, index) => ({ ...letter, receipt: `r${index}` })),
    );

    const entries = sqs.requests.map(({ body }) => (body as { Entries: readonly { ReceiptHandle: string }[] }).Entries);
    expect(entries.map(({ length }) => length)).toEqual([10, 2]);
    expect(entries[1]).toEqual([
      { Id: '0', ReceiptHandle: 'r10', VisibilityTimeout: 0 },
      { Id: '1', ReceiptHandle: 'r11', VisibilityTimeout: 0 },
    ]);
    expect(sqs.requests[0]?.target).toBe('AmazonSQS.ChangeMessageVisibilityBatch');
  });

  it('that SQS does not give back are no success, although the call is one', async () => {
    const failed = { Id: '0', Code: 'MessageNotInflight', Message: 'not in flight', SenderFault: true };
    const { queues } = answering({ body: { Failed: [failed] } });

    await expect(queues.releaseTurn(URL, [letter])).rejects.toThrow(/MessageNotInflight: not in flight.*by itself/u);
  });

  it('none are given back without a call', async () => {
    const { sqs, queues } = answering({ body: {} });
    await queues.releaseTurn(URL, []);
    expect(sqs.requests).toEqual([]);
  });

  it('are read although SQS leaves something out', async () => {
    const { queues } = answering({ body: { Messages: [{ MessageAttributes: { field: { DataType: 'String' } } }] } });
    const bare = { id: '', receipt: '', sentAt: new Date(0), body: '', movedFrom: undefined };
    expect(await queues.take(URL, 30)).toEqual([{ ...bare, attributes: { field: '' } }]);
    const failed = answering({ body: { Failed: [{ Id: '0', SenderFault: true }] } }).queues;
    await expect(failed.releaseTurn(URL, [letter])).rejects.toThrow('(no code: no reason)');
  });

  it.each<readonly [string, (queues: LetterQueues) => Promise<unknown>]>([
    ['count dead letters', (queues) => queues.hiddenIn(URL)],
    ['read dead letters', (queues) => queues.take(URL, 30)],
    ['give dead letters back', (queues) => queues.releaseTurn(URL, [letter])],
    ['send a dead letter back', (queues) => queues.send(URL, 'any')],
    ['delete a dead letter', (queues) => queues.remove(URL, letter)],
  ])('that a right is missing for are refused for good: to %s', async (doing, call) => {
    await expect(call(answering(awsError('AccessDenied')).queues)).rejects.toMatchObject({
      name: 'RejectedError',
      denied: true,
      reason: expect.stringContaining(`refused to ${doing} (`) as unknown,
    });
  });
});
