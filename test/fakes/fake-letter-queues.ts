import type { Letter } from '../../functions/domain/fleet/dead-letter';
import type { LetterQueues } from '../../functions/ports/letter-queues';

interface Kept {
  readonly id: string;
  readonly sentAt: Date;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly movedFrom: string | undefined;
  hiddenUntil: number;
  receipt: string;
}

/** A command that is killed does nothing more, not even clean up. */
export class KilledError extends Error {
  override readonly name = 'KilledError';
}

/** Queues as SQS has them: what is taken is hidden for a while, and counts as removed only when it is removed. */
export class FakeLetterQueues implements LetterQueues {
  /** The time, in seconds. */
  now = 1_000_000;
  /** Called before each call: throws where a test wants it. */
  before: (call: string) => void = () => undefined;
  /** Called with each body that comes in. */
  arrived: (queueUrl: string, body: string) => void = () => undefined;
  readonly calls: string[] = [];
  readonly #queues = new Map<string, Kept[]>();
  #numbers = 0;

  put(
    queueUrl: string,
    body: string,
    {
      ageSeconds = 0,
      attributes = {},
      movedFrom,
    }: Partial<Pick<Kept, 'attributes' | 'movedFrom'> & { ageSeconds: number }> = {},
  ): string {
    const id = `message-${(this.#numbers += 1)}`;
    const sentAt = new Date((this.now - ageSeconds) * 1000);
    this.#in(queueUrl).push({ id, sentAt, body, attributes, movedFrom, hiddenUntil: 0, receipt: '' });
    return id;
  }

  bodiesIn(queueUrl: string): readonly string[] {
    return this.#in(queueUrl).map(({ body }) => body);
  }

  hiddenIn(queueUrl: string): Promise<number> {
    return this.#calling(`count ${queueUrl}`, () => this.#in(queueUrl).filter((kept) => !this.#isVisible(kept)).length);
  }

  take(queueUrl: string, hiddenSeconds: number): Promise<readonly Letter[]> {
    return this.#calling(`take ${queueUrl}`, () => {
      const taken = this.#in(queueUrl)
        .filter((kept) => this.#isVisible(kept))
        .slice(0, 10);
      for (const kept of taken) {
        kept.hiddenUntil = this.now + hiddenSeconds;
        kept.receipt = `receipt-${(this.#numbers += 1)}`;
      }
      return taken.map(({ id, receipt, sentAt, body, attributes, movedFrom }) => ({
        id,
        receipt,
        sentAt,
        body,
        attributes,
        movedFrom,
      }));
    });
  }

  releaseTurn(queueUrl: string, letters: readonly Letter[]): Promise<void> {
    return this.#calling(`give back ${queueUrl}`, () => {
      const receipts = new Set(letters.map(({ receipt }) => receipt));
      for (const kept of this.#in(queueUrl)) if (receipts.has(kept.receipt)) kept.hiddenUntil = 0;
    });
  }

  send(queueUrl: string, body: string): Promise<void> {
    return this.#calling(`send ${queueUrl}`, () => {
      this.put(queueUrl, body);
      this.arrived(queueUrl, body);
    });
  }

  remove(queueUrl: string, { receipt }: Letter): Promise<void> {
    return this.#calling(`remove ${queueUrl}`, () => {
      const queue = this.#in(queueUrl);
      this.#queues.set(
        queueUrl,
        queue.filter((kept) => kept.receipt !== receipt),
      );
    });
  }

  #isVisible({ hiddenUntil }: Kept): boolean {
    return hiddenUntil <= this.now;
  }

  #in(queueUrl: string): Kept[] {
    const queue = this.#queues.get(queueUrl) ?? [];
    this.#queues.set(queueUrl, queue);
    return queue;
  }

  async #calling<Answer>(call: string, answer: () => Answer): Promise<Answer> {
    await Promise.resolve();
    this.before(call);
    this.calls.push(call);
    return answer();
  }
}
