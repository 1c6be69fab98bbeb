import type { DeadLetterQueue } from '../../functions/domain/fleet/dead-letter';
import type { LetterQueues } from '../../functions/ports/letter-queues';
import type { CommandContext } from '../command-context';
import { OperatorError } from '../operator-error';
import { deadLetterTable } from './dead-letter-table';
import { listDeadLetters } from './list-dead-letters';
import { replayDeadLetters } from './replay-dead-letters';
import { deleteLetter, replayLetter, type SingleLetter } from './single-letter';

export interface DeadLettersOptions {
  readonly json: boolean;
  /** The name of the queue whose letters are to be sent back. */
  readonly replay?: string | undefined;
  /** The name of the queue of which a letter is to be deleted. */
  readonly remove?: string | undefined;
  /** The only letter that is sent back, or the one that is deleted. */
  readonly letter?: string | undefined;
}

type Context = Pick<CommandContext, 'print' | 'notify' | 'now'>;

/**
 * `vendings dead-letters`: what waits for a person, and the way back for it.
 *
 * @returns 0: the queues are empty, or what was asked for is done; 1: there are letters, or some are left
 */
export function deadLetters(
  queues: LetterQueues,
  stackQueues: readonly DeadLetterQueue[],
  { json, replay, remove, letter }: DeadLettersOptions,
  context: Context,
): Promise<number> {
  const name = replay ?? remove;
  if (name === undefined) return list(queues, stackQueues, json, context);
  const queue = queueNamed(stackQueues, name);
  if (letter === undefined) return sendBack(queues, queue, json, context);
  return toldOf(
    replay === undefined ? deleteLetter(queues, queue, letter) : replayLetter(queues, queue, letter),
    json,
    context,
  );
}

async function toldOf(done: Promise<SingleLetter>, json: boolean, { print }: Context): Promise<number> {
  const result = await done;
  const { queue, id, to } = result;
  print(json ? inJson(result) : `${queue}: ${id} ${to === null ? 'deleted' : `sent back to ${to}`}\n`);
  return 0;
}

async function list(
  queues: LetterQueues,
  stackQueues: readonly DeadLetterQueue[],
  json: boolean,
  { print, now }: Context,
): Promise<number> {
  const listings = await listDeadLetters(queues, stackQueues, now);
  print(json ? inJson({ queues: listings }) : deadLetterTable(listings));
  return listings.some(({ letters, hidden }) => letters.length + hidden > 0) ? 1 : 0;
}

async function sendBack(
  queues: LetterQueues,
  queue: DeadLetterQueue,
  json: boolean,
  { print, notify }: Context,
): Promise<number> {
  const replay = await replayDeadLetters(queues, queue);
  const { sent, to, more, hidden } = replay;
  print(json ? inJson(replay) : `${queue.name}: ${sent.length} sent back to ${to}\n`);
  if (sent.length > 0)
    notify('A message that still cannot be processed becomes a dead letter again: run the command again in a while.\n');
  if (more) notify('There may be more: run the command again.\n');
  if (hidden > 0)
    notify(`About ${hidden} are hidden: another command has taken them. They show again in a quarter of an hour.\n`);
  return more || hidden > 0 ? 1 : 0;
}

const inJson = (result: object): string => `${JSON.stringify(result, null, 2)}\n`;

function queueNamed(stackQueues: readonly DeadLetterQueue[], wanted: string): DeadLetterQueue {
  const queue = stackQueues.find(({ name }) => name === wanted);
  if (queue !== undefined) return queue;
  const names = stackQueues.map(({ name }) => name).join(', ');
  throw new OperatorError(`There is no dead-letter queue named '${wanted}'. Choose one of ${names}.`);
}
