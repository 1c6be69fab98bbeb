import type { BatchAnswer } from '../../../functions/runtime/on-lambda';
import type { QueueTimes } from '../../../infra/queue-times';
import { isThrottled } from './bounded-invocations';
import { currentInvocation, outsideOfInvocations } from './invocation';
import { type Lineage, NEW_CHAIN } from './lineage';

/** A function behind a queue. */
export type QueueConsumer = (batch: unknown, lineage: Lineage) => Promise<BatchAnswer>;

export interface QueueOptions extends QueueTimes {
  /** How many messages are with the function at a time. Absent: as many as there are. */
  readonly mostAtOnce?: number | undefined;
  /** Called with each message that was delivered as often as it may be, in vain. */
  readonly onDeadLetter?: (body: string) => void;
}

interface Message {
  readonly messageId: string;
  readonly body: string;
  /** The lineage of the invocation that has sent it. */
  readonly lineage: Lineage;
}

/** How long a poller waits before it calls a throttled function again: each time twice as long. */
const PATIENCE = { firstSeconds: 1, maxSeconds: 20 };

/**
 * An SQS queue with its consumer and dead-letter queue, in this process: what fails comes again, what keeps failing is
 * set aside. Each message is a batch of its own.
 *
 * @evidence documented lambda/dg/services-sqs-errorhandling: a throttled batch is tried again until its visibility is
 *   over
 * @evidence documented lambda/dg/services-sqs-errorhandling: of a throttled batch Lambda "gradually backs off". How
 *   much it does not say; the pauses of 1 to 20 s are ours
 * @evidence documented lambda/dg/services-sqs-scaling: no more functions are invoked at once than the maximum
 *   concurrency of the mapping
 * @evidence documented lambda/dg/invocation-recursion: what Lambda drops as recursive counts as received, comes again,
 *   and ends at the dead letters
 */
export class EmbeddedQueue {
  readonly #consumer: QueueConsumer;
  readonly #options: QueueOptions;
  readonly deadLetters: string[] = [];
  readonly #waiting: (() => Promise<void>)[] = [];
  #messages = 0;
  #atWork = 0;

  constructor(consumer: QueueConsumer, options: QueueOptions) {
    this.#consumer = consumer;
    this.#options = options;
  }

  /** @param delaySeconds how long the message is kept from the consumer */
  send(body: string, delaySeconds = 0): void {
    this.#messages += 1;
    const lineage = currentInvocation()?.lineage ?? NEW_CHAIN;
    const message: Message = { messageId: `message-${this.#messages}`, body, lineage };
    const deliver = (): void => {
      this.#arrive(message, 1);
    };
    // The sender does not wait for the consumer.
    outsideOfInvocations(() => {
      if (delaySeconds === 0) deliver();
      else setTimeout(deliver, delaySeconds * 1000);
    });
  }

  #arrive(message: Message, receives: number): void {
    this.#waiting.push(() => this.#receive(message, receives));
    this.#poll();
  }

  #poll(): void {
    const { mostAtOnce = Infinity } = this.#options;
    const next = this.#atWork < mostAtOnce ? this.#waiting.shift() : undefined;
    if (next === undefined) return;
    this.#atWork += 1;
    void next().finally(() => {
      this.#atWork -= 1;
      this.#poll();
    });
  }

  async #receive(message: Message, receives: number): Promise<void> {
    const visibleAt = Date.now() + this.#options.visibilitySeconds * 1000;
    const isDone = await this.#consume(message, receives, visibleAt);
    if (isDone) return;
    if (receives >= this.#options.mostReceives) {
      this.deadLetters.push(message.body);
      this.#options.onDeadLetter?.(message.body);
    } else {
      const again = (): void => {
        this.#arrive(message, receives + 1);
      };
      setTimeout(again, Math.max(0, visibleAt - Date.now()));
    }
  }

  async #consume(message: Message, receives: number, visibleAt: number): Promise<boolean> {
    try {
      const { batchItemFailures } = await this.#invoke(message, receives, visibleAt);
      return batchItemFailures.length === 0;
    } catch {
      // As on Lambda: a function that throws, or is not invoked, has taken nothing.
      return false;
    }
  }

  async #invoke(
    message: Message,
    receives: number,
    visibleAt: number,
    pauseSeconds = PATIENCE.firstSeconds,
  ): Promise<BatchAnswer> {
    try {
      const { messageId, body, lineage } = message;
      const attributes = { ApproximateReceiveCount: String(receives) };
      return await this.#consumer({ Records: [{ messageId, body, attributes }] }, lineage);
    } catch (error) {
      if (!isThrottled(error) || Date.now() + pauseSeconds * 1000 >= visibleAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseSeconds * 1000));
      return this.#invoke(message, receives, visibleAt, Math.min(2 * pauseSeconds, PATIENCE.maxSeconds));
    }
  }
}
