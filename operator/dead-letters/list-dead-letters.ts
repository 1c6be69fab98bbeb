import type { Letter, LetterQueues } from './letter-queues';
import type { StackQueue } from './stack-queues';
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
  /** Null: whoever took it failed too often; its log says why. */
  readonly reason: string | null;
  /** The field that is at fault, where the reason is one of ours. */
  readonly field: string | null;
  readonly sentAt: string;
  readonly ageSeconds: number;
  readonly body: string;
}

/** Of each queue. More than that is no longer read by a person. */
const MOST_LETTERS = 100;

const HIDDEN_SECONDS = 30;

/** Looks into queues and leaves everything there. SQS shows a message only by taking it, so that letters are out of sight for a moment. */
export function listDeadLetters(
  queues: LetterQueues,
  stackQueues: readonly StackQueue[],
  now: () => Date,
): Promise<readonly QueueListing[]> {
  return Promise.all(
    stackQueues.map(async ({ name: queue, url }) => {
      const hidden = await queues.hiddenIn(url);
      const letters = await takeLetters(queues, url, { limit: MOST_LETTERS, hiddenSeconds: HIDDEN_SECONDS });
      await queues.giveBack(url, letters);
      const listed = letters.map((letter) => listedLetter(letter, now()));
      return { queue, url, letters: listed, more: letters.length >= MOST_LETTERS, hidden };
    }),
  );
}

function listedLetter({ id, sentAt, body, attributes }: Letter, now: Date): ListedLetter {
  return {
    id,
    reason: attributes['reason'] ?? undeliveredBecause(attributes),
    field: attributes['field'] ?? null,
    sentAt: sentAt.toISOString(),
    ageSeconds: Math.max(0, Math.round((now.getTime() - sentAt.getTime()) / 1000)),
    body,
  };
}

/** The attributes of an event that EventBridge could not put into a queue. */
function undeliveredBecause({ ERROR_CODE: code, ERROR_MESSAGE: message }: Letter['attributes']): string | null {
  const said = [code, message].filter((part) => part !== undefined);
  return said.length === 0 ? null : said.join(': ');
}
