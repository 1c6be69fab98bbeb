import { takeLetters } from '../../functions/dead-letters/take-letters';
import { type DeadLetterQueue, destinationOf, type Letter } from '../../functions/domain/fleet/dead-letter';
import type { LetterQueues } from '../../functions/ports/letter-queues';
import { errorMessage } from '../error-message';
import { OperatorError } from '../operator-error';

export interface QueueReplay {
  readonly queue: string;
  readonly url: string;
  /** The queue, or the queues, that they were sent to. */
  readonly to: string;
  /** The ids that the letters had here. */
  readonly sent: readonly string[];
  /** The queue may hold more than was taken. */
  readonly more: boolean;
  readonly hidden: number;
}

/** At once. Sent one after the other, they are done long before the first of them shows again. */
const MAX_LETTERS = 1000;

const HIDDEN_SECONDS = 15 * 60;

/**
 * Sends every letter of a queue to the queue that it was meant for. Each is sent first and removed then: if the process
 * is killed in between, it is in both, and what takes it does nothing twice; it is never in neither. All are taken
 * before the first is sent, so that one which comes back at once does not go round and round. The attributes are not
 * sent: they say why it became a dead letter last time.
 *
 * Again: sends what is there then. SQS's own StartMessageMoveTask does not know the queues that no queue's redrive
 * policy names: the letters that EventBridge could not deliver, and those that Intake has written itself.
 *
 * @throws OperatorError if a letter could not be sent or removed; the others become visible again
 */
export async function replayDeadLetters(queues: LetterQueues, queue: DeadLetterQueue): Promise<QueueReplay> {
  const { name, url, sources } = queue;
  const hidden = await queues.hiddenIn(url);
  const taking = { limit: MAX_LETTERS, hiddenSeconds: HIDDEN_SECONDS };
  const { letters, more } = await takeLetters(queues, url, taking);
  const sent: string[] = [];
  try {
    for (const letter of letters) {
      await queues.send(targetOf(letter, queue), letter.body);
      await queues.remove(url, letter);
      sent.push(letter.id);
    }
  } catch (cause) {
    throw await interrupted(queues, url, letters, sent.length, cause);
  }
  return {
    queue: name,
    url,
    to: sources.map((source) => source.url).join(', '),
    sent,
    more,
    hidden,
  };
}

async function interrupted(
  queues: LetterQueues,
  url: string,
  letters: readonly Letter[],
  done: number,
  cause: unknown,
): Promise<OperatorError> {
  const where = await queues.releaseTurn(url, letters.slice(done)).then(
    () => 'The others are in the queue as before',
    () => 'The others show in the queue again after a quarter of an hour',
  );
  return new OperatorError(
    `${done} of ${letters.length} letters were sent back; then ${errorMessage(cause)}\n${where}; the one of message id ${letters[done]?.id ?? ''} may have been ` +
      'sent as well, which does no harm. Run the command again when the cause is gone.',
  );
}

function targetOf(letter: Letter, queue: DeadLetterQueue): string {
  const source = destinationOf(queue, letter);
  if (source !== undefined) return source.url;
  throw new OperatorError(
    `message id ${letter.id} does not tell which queue it was meant for: somebody has put it there by hand. Delete it, or send it on, in the SQS console.`,
  );
}
