import { sqsLetterQueues } from '../../../functions/aws/messaging/sqs-letter-queues';
import { operatorLetterQueues } from '../../../operator/dead-letters/operator-letter-queues';
import { awsError, type CannedAnswering, CannedRequestHandler } from '../../fakes/canned-request-handler';

const URL = 'https://sqs.eu-central-1.amazonaws.com/000000000000/dead';

const answering = (...answers: readonly CannedAnswering[]) => {
  const sqs = new CannedRequestHandler(...answers);
  return { queues: operatorLetterQueues(sqsLetterQueues({ ...sqs.settings, maxAttempts: 1 })) };
};

const letter = { id: 'm', receipt: 'r', sentAt: new Date(0), body: 'any', attributes: {}, movedFrom: undefined };

describe('letters in SQS', () => {
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
