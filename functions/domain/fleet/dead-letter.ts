import * as z from 'zod/mini';

const SourceQueueSchema = z.object({
  url: z.string(),
  /** The function that takes its messages, by its physical name without a prefix. */
  reader: z.string(),
  /** How often a message is given to it. */
  mostReceives: z.int(),
});

const DeadLetterQueueSchema = z.object({
  name: z.string(),
  url: z.string(),
  /** The queues that its letters were meant for. */
  sources: z.array(SourceQueueSchema),
});

/** A queue of dead letters, found. */
export type DeadLetterQueue = Readonly<z.infer<typeof DeadLetterQueueSchema>>;

export type SourceQueue = Readonly<z.infer<typeof SourceQueueSchema>>;

/** As the CDK app hands them to a function: JSON. */
export const deadLetterQueuesIn = (json: string): readonly DeadLetterQueue[] =>
  z.array(DeadLetterQueueSchema).parse(JSON.parse(json));

/** A message that waits for a person, taken from its queue and hidden there for a while. */
export interface Letter {
  readonly id: string;
  /** The receipt handle of this delivery. */
  readonly receipt: string;
  /** When it was first sent; SQS keeps that time when it moves a message to the dead letters. */
  readonly sentAt: Date;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The ARN of the queue that SQS has moved it from; undefined where somebody else has put it there. */
  readonly movedFrom: string | undefined;
}

/** The one that an ARN names: a queue's URL ends with its name, as its ARN does. */
const sourceOf = ({ sources }: DeadLetterQueue, arn: string | undefined): SourceQueue | undefined =>
  sources.find(({ url }) => url.split('/').at(-1) === arn?.split(':').at(-1));

/**
 * The queue that a letter was meant for: SQS tells where it has moved a letter from, EventBridge where it could not put
 * one. Undefined where neither does: somebody has put the letter there by hand.
 */
export function destinationOf(queue: DeadLetterQueue, { movedFrom, attributes }: Letter): SourceQueue | undefined {
  const [only, ...others] = queue.sources;
  return others.length === 0 ? only : sourceOf(queue, movedFrom ?? attributes['TARGET_ARN']);
}

/** Why it is a dead letter. */
export const reasonOf = (queue: DeadLetterQueue, letter: Letter): string =>
  letter.attributes['reason'] ?? undeliveredBecause(letter) ?? unfinishedBecause(queue, letter);

/** The faulty field, where the application itself gave the reason. */
export const faultyFieldOf = ({ attributes }: Letter): string | null => attributes['field'] ?? null;

export const ageSecondsOf = ({ sentAt }: Letter, now: Date): number =>
  Math.max(0, Math.round((now.getTime() - sentAt.getTime()) / 1000));

/** The attributes of an event that EventBridge could not put into a queue. */
function undeliveredBecause({ attributes }: Letter): string | null {
  const { ERROR_CODE: code, ERROR_MESSAGE: message } = attributes;
  const parts = [code, message].filter((part) => part !== undefined);
  return parts.length === 0 ? null : parts.join(': ');
}

/**
 * SQS says where it has moved a letter from, and nothing else. A function that is killed at its last try can say
 * nothing either.
 */
function unfinishedBecause(queue: DeadLetterQueue, { movedFrom }: Letter): string {
  const source = sourceOf(queue, movedFrom);
  if (source === undefined) {
    return 'It does not tell which queue it comes from: somebody has put it there by hand. Delete it, or send it on, in the SQS console.';
  }
  const { reader, mostReceives } = source;
  return (
    `${reader} has got it ${mostReceives} times and has not finished it: each time it failed, ran out of time or was killed. ` +
    'Its log tells which; when the cause is gone, send the letter back.'
  );
}
