import type { BatchAnswer } from '../../functions/runtime/batch-answer';
import { currentInvocation, outsideOfInvocations } from './invocation';
import { type Lineage, NEW_CHAIN } from './lineage';

/** A function behind a queue. */
export type QueueConsumer = (batch: unknown, lineage: Lineage) => Promise<BatchAnswer>;

export interface QueueOptions {
  readonly visibilitySeconds: number;
  readonly mostReceives: number;
}

interface Message {
  readonly messageId: string;
  readonly body: string;
  /** Of the invocation that has sent it. */
  readonly lineage: Lineage;
}

/**
 * An SQS queue with its consumer and dead-letter queue, in this process: what fails comes again, what keeps failing is set aside.
 *
 * @evidence documented lambda/dg/invocation-recursion: what Lambda drops as recursive counts as received, comes again, and ends at the dead letters
 */
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
    const lineage = currentInvocation()?.lineage ?? NEW_CHAIN;
    const message: Message = { messageId: `message-${this.#messages}`, body, lineage };
    const deliver = (): void => void this.#receive(message, 1);
    // Whoever sends it does not wait until it is taken.
    outsideOfInvocations(() => {
      if (delaySeconds === 0) deliver();
      else setTimeout(deliver, delaySeconds * 1000);
    });
  }

  async #receive(message: Message, receives: number): Promise<void> {
    const isDone = await this.#consume(message);
    if (isDone) return;
    if (receives >= this.#options.mostReceives) this.deadLetters.push(message.body);
    else {
      const again = (): void => void this.#receive(message, receives + 1);
      setTimeout(again, this.#options.visibilitySeconds * 1000);
    }
  }

  async #consume({ messageId, body, lineage }: Message): Promise<boolean> {
    try {
      const { batchItemFailures } = await this.#consumer({ Records: [{ messageId, body }] }, lineage);
      return batchItemFailures.length === 0;
    } catch {
      // As on Lambda: a function that throws, or is not invoked, has taken nothing.
      return false;
    }
  }
}
