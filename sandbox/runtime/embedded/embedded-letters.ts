import type { DeadLetterQueue, Letter } from '../../../functions/domain/fleet/dead-letter';
import type { LetterQueues } from '../../../functions/ports/letter-queues';
import type { DeadLetter, DeadLetters } from '../../../functions/ports/queues';
import { DEAD_LETTER_QUEUES, QUEUE_READERS } from '../../../infra/dead-letter-queues';
import { physicalName } from '../../../infra/names';
import type { EmbeddedQueue } from './embedded-queue';

/** The output with the URL of a queue that a function takes messages from. */
export type QueueOutput = keyof typeof QUEUE_READERS;

/** A letter in its place; the URL of a queue is the name of the output with it. */
interface Kept {
  readonly queueUrl: string;
  readonly letter: Letter;
  hiddenUntil: number;
}

/** The dead-letter queues of the stack, as the CDK app tells functions of them. */
export const embeddedLetterQueues: readonly DeadLetterQueue[] = DEAD_LETTER_QUEUES.map(
  ({ name, output, sourceOutputs }) => ({
    name,
    url: output,
    sources: sourceOutputs.map((url) => {
      const { function: reader, mostReceives } = QUEUE_READERS[url];
      return { url, reader: physicalName(reader), mostReceives };
    }),
  }),
);

/** The dead-letter queues in this process: what work queues have given up, and events that could not be read. */
export class EmbeddedLetters implements LetterQueues {
  /** Takes the events that could not be read. */
  readonly door: DeadLetters = { send: (letter) => this.#keepUnreadable(letter) };
  readonly #kept = new Map<string, Kept>();
  readonly #queues: () => Readonly<Record<QueueOutput, EmbeddedQueue>>;
  #count = 0;

  /** @param queues asked for with each letter that goes back: queues and functions know each other */
  constructor(queues: () => Readonly<Record<QueueOutput, EmbeddedQueue>>) {
    this.#queues = queues;
  }

  /** What a queue has delivered as often as it may. An ARN ends with the name of its queue, and so does this. */
  keep(source: QueueOutput, body: string): void {
    const queueUrl = DEAD_LETTER_QUEUES.find(({ sourceOutputs }) => [...sourceOutputs].includes(source))?.output ?? '';
    this.#add(queueUrl, body, {}, `sqs:${source}`);
  }

  /** The events that could not be read. */
  get unreadableEvents(): readonly DeadLetter[] {
    return [...this.#kept.values()].flatMap(({ letter: { body, attributes } }) => {
      const { reason, field } = attributes;
      return reason === undefined || field === undefined ? [] : [{ body, reason, field }];
    });
  }

  send(queueUrl: string, body: string): Promise<void> {
    for (const [source, queue] of Object.entries(this.#queues())) if (source === queueUrl) queue.send(body);
    return Promise.resolve();
  }

  hiddenIn(queueUrl: string): Promise<number> {
    return Promise.resolve(this.#in(queueUrl).filter(({ hiddenUntil }) => hiddenUntil > Date.now()).length);
  }

  take(queueUrl: string, hiddenSeconds: number): Promise<readonly Letter[]> {
    const taken = this.#in(queueUrl)
      .filter(({ hiddenUntil }) => hiddenUntil <= Date.now())
      .slice(0, 10);
    for (const kept of taken) kept.hiddenUntil = Date.now() + hiddenSeconds * 1000;
    return Promise.resolve(taken.map(({ letter }) => letter));
  }

  releaseTurn(_queueUrl: string, letters: readonly Letter[]): Promise<void> {
    for (const { id } of letters) {
      const kept = this.#kept.get(id);
      if (kept !== undefined) kept.hiddenUntil = 0;
    }
    return Promise.resolve();
  }

  remove(_queueUrl: string, { id }: Letter): Promise<void> {
    this.#kept.delete(id);
    return Promise.resolve();
  }

  #in(queueUrl: string): readonly Kept[] {
    return [...this.#kept.values()].filter((kept) => kept.queueUrl === queueUrl);
  }

  #keepUnreadable({ body, reason, field }: DeadLetter): Promise<void> {
    this.#add(DEAD_LETTER_QUEUES[0].output, body, { reason, field }, undefined);
    return Promise.resolve();
  }

  #add(queueUrl: string, body: string, attributes: Letter['attributes'], movedFrom: string | undefined): void {
    const id = `letter-${(this.#count += 1)}`;
    const letter = { id, receipt: id, sentAt: new Date(), body, attributes, movedFrom };
    this.#kept.set(id, { queueUrl, letter, hiddenUntil: 0 });
  }
}
