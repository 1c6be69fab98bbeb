import { takeLetters } from '../../functions/dead-letters/take-letters';
import {
  ageSecondsOf,
  type DeadLetterQueue,
  faultyFieldOf,
  type Letter,
  reasonOf,
} from '../../functions/domain/fleet/dead-letter';
import type { LetterQueues } from '../../functions/ports/letter-queues';

/** One queue and what is in it. */
export interface QueueListing {
  readonly queue: string;
  readonly url: string;
  readonly letters: readonly ListedLetter[];
  /** The queue may hold more than is listed. */
  readonly more: boolean;
  /** Letters that another command has taken, about; they come back when it has not removed them. */
  readonly hidden: number;
}

export interface ListedLetter {
  readonly id: string;
  readonly reason: string;
  /** The faulty field, where the application itself gave the reason. */
  readonly field: string | null;
  readonly sentAt: string;
  readonly ageSeconds: number;
  readonly body: string;
}

/** The limit for each queue: a person does not read more. */
const MAX_LETTERS = 100;

const HIDDEN_SECONDS = 30;

/**
 * Reads queues without removing anything. SQS shows a message only by receiving it, so that letters are invisible for a
 * moment.
 */
export function listDeadLetters(
  queues: LetterQueues,
  stackQueues: readonly DeadLetterQueue[],
  now: () => Date,
): Promise<readonly QueueListing[]> {
  return Promise.all(
    stackQueues.map(async (stackQueue) => {
      const { name: queue, url } = stackQueue;
      const hidden = await queues.hiddenIn(url);
      const taking = { limit: MAX_LETTERS, hiddenSeconds: HIDDEN_SECONDS };
      const { letters, more } = await takeLetters(queues, url, taking);
      await queues.releaseTurn(url, letters);
      const listed = letters.map((letter) => listedLetter(stackQueue, letter, now()));
      return { queue, url, letters: listed, more, hidden };
    }),
  );
}

function listedLetter(queue: DeadLetterQueue, letter: Letter, now: Date): ListedLetter {
  const { id, sentAt, body } = letter;
  return {
    id,
    reason: reasonOf(queue, letter),
    field: faultyFieldOf(letter),
    sentAt: sentAt.toISOString(),
    ageSeconds: ageSecondsOf(letter, now),
    body,
  };
}
