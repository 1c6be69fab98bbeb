import type { Letter, LetterQueues } from './letter-queues';
import { sourceOf, type StackQueue } from './stack-queues';
import { takeLetters } from './take-letters';

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
  /** The field that is at fault, where the reason is one of ours. */
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
  stackQueues: readonly StackQueue[],
  now: () => Date,
): Promise<readonly QueueListing[]> {
  return Promise.all(
    stackQueues.map(async (stackQueue) => {
      const { name: queue, url } = stackQueue;
      const hidden = await queues.hiddenIn(url);
      const letters = await takeLetters(queues, url, { limit: MAX_LETTERS, hiddenSeconds: HIDDEN_SECONDS });
      await queues.releaseTurn(url, letters);
      const listed = letters.map((letter) => listedLetter(stackQueue, letter, now()));
      return { queue, url, letters: listed, more: letters.length >= MAX_LETTERS, hidden };
    }),
  );
}

function listedLetter(queue: StackQueue, letter: Letter, now: Date): ListedLetter {
  const { id, sentAt, body, attributes } = letter;
  return {
    id,
    reason: attributes['reason'] ?? undeliveredBecause(attributes) ?? unfinishedBecause(queue, letter),
    field: attributes['field'] ?? null,
    sentAt: sentAt.toISOString(),
    ageSeconds: Math.max(0, Math.round((now.getTime() - sentAt.getTime()) / 1000)),
    body,
  };
}

/** The attributes of an event that EventBridge could not put into a queue. */
function undeliveredBecause({ ERROR_CODE: code, ERROR_MESSAGE: message }: Letter['attributes']): string | null {
  const parts = [code, message].filter((part) => part !== undefined);
  return parts.length === 0 ? null : parts.join(': ');
}

/**
 * SQS says where it has moved a letter from, and nothing else. A function that is killed at its last try can say
 * nothing either.
 */
function unfinishedBecause(queue: StackQueue, { movedFrom }: Letter): string {
  const source = sourceOf(queue, movedFrom);
  if (source === undefined) {
    return 'It does not tell which queue it comes from: somebody has put it there by hand. Delete it, or send it on, in the SQS console.';
  }
  const { reader, mostReceives } = source;
  return (
    `${reader} has got it ${mostReceives} times and has not finished it: each time it failed, ran out of time or was killed. ` +
    'Its log tells which; when the cause is gone, send the letter back by --replay.'
  );
}
