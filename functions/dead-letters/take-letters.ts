import type { Letter } from '../domain/fleet/dead-letter';
import type { LetterQueues } from '../ports/letter-queues';

export interface Taking {
  /** Takes about so many at most. */
  readonly limit: number;
  readonly hiddenSeconds: number;
  /** Ends with the first one that is so; absent: takes all of them. */
  readonly until?: (letter: Letter) => boolean;
}

/** What a function can hold of letters, in characters of their bodies; SQS takes bodies of 1 MiB. */
const MAX_CHARACTERS = 50_000_000;

/** Takes what is in a queue, up to a limit, so that nothing that is sent afterwards is among it. */
export async function takeLetters(
  queues: LetterQueues,
  queueUrl: string,
  { limit, hiddenSeconds, until = () => false }: Taking,
): Promise<{ readonly letters: readonly Letter[]; readonly more: boolean }> {
  const taken = new Map<string, Letter>();
  let characters = 0;
  while (taken.size < limit && characters < MAX_CHARACTERS) {
    const letters = await queues.take(queueUrl, hiddenSeconds);
    if (letters.length === 0) return { letters: [...taken.values()], more: false };
    // The latest receipt of a letter is the one that counts.
    for (const letter of letters) taken.set(letter.id, letter);
    characters += letters.reduce((sum, { body }) => sum + body.length, 0);
    if (letters.some(until)) break;
  }
  return { letters: [...taken.values()], more: true };
}
