import type { BatchAnswer } from '../../functions/runtime/batch-answer';
import { outsideOfInvocations } from './invocation';

/** A function behind a queue. */
export type QueueConsumer = (batch: unknown) => Promise<BatchAnswer>;

export interface QueueOptions {
  readonly visibilitySeconds: number;
  readonly mostReceives: number;
}

/** An SQS queue with its consumer and dead-letter queue, in this process: what fails comes again, what keeps failing is set aside. */
export class EmbeddedQueue {
  readonly #consumer: QueueConsumer;
  readonly #options: QueueOptions;
  readonly deadLetters: string[] = [];
  #messages = 0;

  constructor(consumer: QueueConsumer, options: QueueOptions) {
    this.#consumer = consumer;
    this.#options = options;
  }

  /** @param delaySeconds how long the message is kept from the consumer */
  send(body: string, delaySeconds = 0): void {
    this.#messages += 1;
    const messageId = `message-${this.#messages}`;
    const deliver = (): void => void this.#receive(messageId, body, 1);
    // Whoever sends it does not wait until it is taken.
    outsideOfInvocations(() => {
      if (delaySeconds === 0) deliver();
      else setTimeout(deliver, delaySeconds * 1000);
    });
  }

  async #receive(messageId: string, body: string, receives: number): Promise<void> {
    const isDone = await this.#consume(messageId, body);
    if (isDone) return;
    if (receives >= this.#options.mostReceives) this.deadLetters.push(body);
    else {
      const again = (): void => void this.#receive(messageId, body, receives + 1);
      setTimeout(again, this.#options.visibilitySeconds * 1000);
    }
  }

  async #consume(messageId: string, body: string): Promise<boolean> {
    try {
      const { batchItemFailures } = await this.#consumer({ Records: [{ messageId, body }] });
      return batchItemFailures.length === 0;
    } catch {
      // As on Lambda: a function that throws has taken nothing.
      return false;
    }
  }
}
