import { sqsLetterQueues } from '../../functions/aws/messaging/sqs-letter-queues';
import type { LetterQueues } from '../../functions/ports/letter-queues';
import { errorMessage } from '../error-message';
import { OperatorError } from '../operator-error';

/** Queues of SQS, with the credentials and the region that every AWS command finds. */
export function operatorLetterQueues(queues: LetterQueues = sqsLetterQueues({})): LetterQueues {
  return {
    hiddenIn: (url) => reaching(url, 'sqs:GetQueueAttributes', () => queues.hiddenIn(url)),
    take: (url, hiddenSeconds) => reaching(url, 'sqs:ReceiveMessage', () => queues.take(url, hiddenSeconds)),
    releaseTurn: (url, letters) => reaching(url, 'sqs:ChangeMessageVisibility', () => queues.releaseTurn(url, letters)),
    send: (url, body) => reaching(url, 'sqs:SendMessage', () => queues.send(url, body)),
    remove: (url, letter) => reaching(url, 'sqs:DeleteMessage', () => queues.remove(url, letter)),
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
