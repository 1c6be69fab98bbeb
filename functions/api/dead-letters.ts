import { takeLetter } from '../dead-letters/letters-in-queue';
import { type DeadLetterQueue, destinationOf, type Letter } from '../domain/fleet/dead-letter';
import type { Log } from '../ports/log';
import { answer, type Answer, problem } from './answer';
import type { ApiRequest } from './api-request';
import type { DeadLetterDeleted, DeadLetterReplayed } from './dead-letter-responses';
import { type DeadLetterPorts, detailOf } from './list-dead-letters';

type Ports = DeadLetterPorts & { readonly log: Log };

/** `GET /dead-letters/{queue}/{id}`: one letter with its whole body. It stays where it is. */
export function getDeadLetter(ports: Ports, request: ApiRequest): Promise<Answer> {
  return withLetter(ports, request, async (queue, letter) => {
    await ports.letters.releaseTurn(queue.url, [letter]);
    return answer(200, detailOf(queue, letter, ports.now()));
  });
}

/**
 * `POST /dead-letters/{queue}/{id}/replay`: sends a letter to the queue that it was meant for. It is sent first and
 * removed then: a call that is killed in between leaves it in both, and what takes it does nothing twice. A second call
 * finds none. The attributes are not sent: they say why it became a dead letter last time.
 */
export function postDeadLetterReplay(ports: Ports, request: ApiRequest): Promise<Answer> {
  return withLetter(ports, request, async (queue, letter) => {
    const destination = destinationOf(queue, letter);
    if (destination === undefined) {
      await ports.letters.releaseTurn(queue.url, [letter]);
      return problem('conflict', 'The letter does not tell which queue it was meant for. Read it, and delete it.');
    }
    await ports.letters.send(destination.url, letter.body);
    await ports.letters.remove(queue.url, letter);
    const replayed: DeadLetterReplayed = { queue: queue.name, id: letter.id, returnsTo: destination.reader };
    ports.log.info('A dead letter was sent back', { ...replayed, caller: request.caller });
    return answer(202, replayed);
  });
}

/** `DELETE /dead-letters/{queue}/{id}`: removes a letter for good; the log keeps by whom. A second call: 404. */
export function deleteDeadLetter(ports: Ports, request: ApiRequest): Promise<Answer> {
  return withLetter(ports, request, async (queue, letter) => {
    await ports.letters.remove(queue.url, letter);
    const deleted: DeadLetterDeleted = { queue: queue.name, id: letter.id, deletedBy: request.caller };
    ports.log.warn('A dead letter was deleted', { ...deleted, sentAt: letter.sentAt.toISOString() });
    return answer(200, deleted);
  });
}

/** Acts on the letter that a call names, which nobody else can have meanwhile. A call that fails gives it back. */
async function withLetter(
  ports: Ports,
  { pathParameters }: ApiRequest,
  act: (queue: DeadLetterQueue, letter: Letter) => Promise<Answer>,
): Promise<Answer> {
  const { queue: name = '', id = '' } = pathParameters;
  const queue = ports.deadLetterQueues.find((one) => one.name === name);
  if (queue === undefined) {
    const names = ports.deadLetterQueues.map((one) => one.name).join(', ');
    return problem('not-found', `There is no dead-letter queue '${name}'. There are ${names}.`);
  }
  const letter = await takeLetter(ports.letters, queue, id);
  if (letter === 'absent') return problem('not-found', absent(id));
  if (letter === 'hidden') return problem('conflict', hidden(id));
  try {
    return await act(queue, letter);
  } catch (cause) {
    await ports.letters.releaseTurn(queue.url, [letter]).catch(() => undefined);
    throw cause;
  }
}

const absent = (id: string): string =>
  `There is no dead letter '${id}' any more: it was sent back or deleted, or it is older than 14 days. GET /dead-letters lists what is there.`;

const hidden = (id: string): string =>
  `The dead letter '${id}' does not show now: another call has taken letters of this queue, or it holds more than a call looks at. Send the same request again in half a minute.`;
