import type { DeadLetterQueue, Letter } from '../domain/fleet/dead-letter';
import type { LetterQueues } from '../ports/letter-queues';
import { takeLetters } from './take-letters';

/** How many letters of a queue a call looks at. */
const MOST_LETTERS = 500;

/** Longer than the call can take, so that nobody else gets a letter that is worked on. */
const HIDDEN_SECONDS = 30;

export interface QueueContent {
  readonly queue: DeadLetterQueue;
  readonly letters: readonly Letter[];
  /** The queue may hold more than these. */
  readonly more: boolean;
  /** Letters that somebody else has taken, about. */
  readonly hidden: number;
}

/** Reads a queue and leaves it as it is: SQS shows a message only by receiving it, so letters are hidden meanwhile. */
export async function readLetters(queues: LetterQueues, queue: DeadLetterQueue): Promise<QueueContent> {
  const { url } = queue;
  const hidden = await queues.hiddenIn(url);
  const { letters, more } = await takeLetters(queues, url, { limit: MOST_LETTERS, hiddenSeconds: HIDDEN_SECONDS });
  await queues.releaseTurn(url, letters);
  return { queue, letters, more, hidden };
}

/** A letter that was taken, or why there is none: it is not in the queue, or somebody else has taken some. */
export type Found = Letter | 'absent' | 'hidden';

/**
 * Takes one letter, which nobody else gets for half a minute. SQS finds no message by its id, so others are taken on
 * the way, and given back.
 */
export async function takeLetter(queues: LetterQueues, { url }: DeadLetterQueue, id: string): Promise<Found> {
  const hidden = await queues.hiddenIn(url);
  const isWanted = (letter: Letter): boolean => letter.id === id;
  const taking = { limit: MOST_LETTERS, hiddenSeconds: HIDDEN_SECONDS, until: isWanted };
  const { letters, more } = await takeLetters(queues, url, taking);
  const found = letters.find(isWanted);
  await queues.releaseTurn(
    url,
    letters.filter((letter) => letter !== found),
  );
  return found ?? (hidden > 0 || more ? 'hidden' : 'absent');
}
