import { type QueueContent, readLetters } from '../dead-letters/letters-in-queue';
import type { Fault } from '../domain/base/fault';
import {
  ageSecondsOf,
  type DeadLetterQueue,
  destinationOf,
  faultyFieldOf,
  type Letter,
  reasonOf,
} from '../domain/fleet/dead-letter';
import type { LetterQueues } from '../ports/letter-queues';
import { answer, type Answer, problem } from './answer';
import { type ApiRequest, pageSizeFaults, pageSizeOf } from './api-request';
import type { DeadLetterDetail, DeadLetterList } from './dead-letter-responses';

export interface DeadLetterPorts {
  readonly letters: LetterQueues;
  readonly deadLetterQueues: readonly DeadLetterQueue[];
  readonly now: () => Date;
}

/**
 * `GET /dead-letters?queue=work&limit=50&cursor=…`: what waits for a person, oldest first, so that what comes later
 * joins at the end. A page reads the queues again; it costs what is in them, whatever the number of tenants.
 */
export async function getDeadLetters(ports: DeadLetterPorts, request: ApiRequest): Promise<Answer> {
  const { queue, cursor } = request.query;
  const wanted = ports.deadLetterQueues.filter(({ name }) => queue === undefined || name === queue);
  const after = cursor === undefined ? '' : placeIn(cursor);
  const faults = [...queueFaults(ports, wanted, queue), ...pageSizeFaults(request), ...cursorFaults(after)];
  if (faults.length > 0) return problem('invalid-request', 'A query parameter is invalid.', faults);
  const contents = await Promise.all(wanted.map((one) => readLetters(ports.letters, one)));
  const rest = contents.flatMap(placed).filter(({ place }) => place > (after ?? ''));
  const limit = pageSizeOf(request);
  const page = rest.toSorted((one, other) => (one.place < other.place ? -1 : 1)).slice(0, limit);
  const body: DeadLetterList = {
    deadLetters: page.map(({ content, letter }) => shortened(detailOf(content.queue, letter, ports.now()))),
    queues: contents.map(({ queue: { name }, hidden, more }) => ({ queue: name, hidden, more })),
    cursor: rest.length > limit ? cursorOf(page.at(-1)?.place ?? '') : null,
  };
  return answer(200, body);
}

export function detailOf(queue: DeadLetterQueue, letter: Letter, now: Date): DeadLetterDetail {
  return {
    queue: queue.name,
    id: letter.id,
    reason: reasonOf(queue, letter),
    field: faultyFieldOf(letter),
    sentAt: letter.sentAt.toISOString(),
    ageSeconds: ageSecondsOf(letter, now),
    returnsTo: destinationOf(queue, letter)?.reader ?? null,
    body: letter.body,
  };
}

/** Of a body in a list: a hundred whole ones would be more than a function can answer. */
const MAX_CHARACTERS = 1000;

/** The cut may have gone through a character. */
function shortened(detail: DeadLetterDetail): DeadLetterList['deadLetters'][number] {
  const isShortened = detail.body.length > MAX_CHARACTERS;
  return { ...detail, body: detail.body.slice(0, MAX_CHARACTERS).toWellFormed(), isShortened };
}

interface Placed {
  readonly content: QueueContent;
  readonly letter: Letter;
  /** Where it stands in the list. */
  readonly place: string;
}

const placed = (content: QueueContent): readonly Placed[] =>
  content.letters.map((letter) => {
    const place = `${letter.sentAt.toISOString()} ${content.queue.name} ${letter.id}`;
    return { content, letter, place };
  });

const cursorOf = (place: string): string => Buffer.from(place).toString('base64url');

const PLACE = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z \S+ \S+$/u;

function placeIn(cursor: string): string | undefined {
  const place = Buffer.from(cursor, 'base64url').toString();
  return PLACE.test(place) ? place : undefined;
}

const cursorFaults = (after: string | undefined): readonly Fault[] =>
  after === undefined
    ? [{ field: 'cursor', message: 'is not one that this list has given out. Leave it out to begin with the oldest.' }]
    : [];

function queueFaults(
  { deadLetterQueues }: DeadLetterPorts,
  wanted: readonly DeadLetterQueue[],
  queue: string | undefined,
): readonly Fault[] {
  if (wanted.length > 0 || queue === undefined) return [];
  const known = deadLetterQueues.map(({ name }) => name).join(', ');
  return [{ field: 'queue', message: `is '${queue}'; it may be one of ${known}.`, value: queue, limit: known }];
}
