import { type Found, takeLetter } from '../../functions/dead-letters/letters-in-queue';
import { type DeadLetterQueue, destinationOf, type Letter } from '../../functions/domain/fleet/dead-letter';
import type { LetterQueues } from '../../functions/ports/letter-queues';
import { OperatorError } from '../operator-error';

/** What became of one letter, with its body: where it was deleted, nobody has it otherwise. */
export interface SingleLetter {
  readonly queue: string;
  readonly url: string;
  readonly id: string;
  /** The queue that it was sent to; null: it was deleted. */
  readonly to: string | null;
  readonly body: string;
}

/**
 * Sends one letter to the queue that it was meant for: sent first and removed then, so that a command which is killed
 * in between leaves it in both. Again: there is no such letter.
 *
 * @throws OperatorError if it is not there, or does not tell where it was meant for
 */
export async function replayLetter(queues: LetterQueues, queue: DeadLetterQueue, id: string): Promise<SingleLetter> {
  return withLetter(queues, queue, id, async (letter) => {
    const destination = destinationOf(queue, letter);
    if (destination === undefined) {
      throw new OperatorError(
        `The letter ${id} does not tell which queue it was meant for: somebody has put it there by hand. Delete it by --delete, or send it on, in the SQS console.`,
      );
    }
    await queues.send(destination.url, letter.body);
    await queues.remove(queue.url, letter);
    return destination.url;
  });
}

/**
 * Deletes one letter for good. Again: there is no such letter.
 *
 * @throws OperatorError if it is not there
 */
export async function deleteLetter(queues: LetterQueues, queue: DeadLetterQueue, id: string): Promise<SingleLetter> {
  return withLetter(queues, queue, id, async (letter) => {
    await queues.remove(queue.url, letter);
    return null;
  });
}

/** What fails gives the letter back at once. */
async function withLetter(
  queues: LetterQueues,
  queue: DeadLetterQueue,
  id: string,
  act: (letter: Letter) => Promise<string | null>,
): Promise<SingleLetter> {
  const letter = found(await takeLetter(queues, queue, id), queue, id);
  try {
    return { queue: queue.name, url: queue.url, id, to: await act(letter), body: letter.body };
  } catch (cause) {
    await queues.releaseTurn(queue.url, [letter]).catch(() => undefined);
    throw cause;
  }
}

function found(letter: Found, { name }: DeadLetterQueue, id: string): Letter {
  switch (letter) {
    case 'absent':
      throw new OperatorError(
        `There is no letter ${id} in ${name}: it was sent back or deleted, or it is older than 14 days. Without options, the command lists what is there.`,
      );
    case 'hidden':
      throw new OperatorError(
        `The letter ${id} does not show now: another command has taken letters of ${name}, or it holds more than a command looks at. Run it again in half a minute.`,
      );
    default:
      return letter;
  }
}
