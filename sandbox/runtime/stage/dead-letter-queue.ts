import { SQSClient } from '@aws-sdk/client-sqs';

import type { DeadLetter } from '../../../functions/ports/queues';
import type { AwsAccess } from './aws-access';
import { takeMessages } from './take-messages';

/** The queue of the events that could not be read. */
export class DeadLetterQueue {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;
  readonly #letters: DeadLetter[] = [];

  constructor(aws: AwsAccess, queueUrl: string) {
    this.#sqs = new SQSClient(aws);
    this.#queueUrl = queueUrl;
  }

  /** All letters so far. */
  async letters(): Promise<readonly DeadLetter[]> {
    const messages = await takeMessages(this.#sqs, this.#queueUrl);
    for (const { body, attributes } of messages) {
      this.#letters.push({ body, reason: attributes['reason'] ?? '', field: attributes['field'] ?? '' });
    }
    return this.#letters;
  }
}
