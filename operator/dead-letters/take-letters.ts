import type { Letter, LetterQueues } from './letter-queues';

/** Takes what is in a queue, up to a limit, so that nothing that is sent afterwards is among it. */
export async function takeLetters(
  queues: LetterQueues,
  queueUrl: string,
  { limit, hiddenSeconds }: { readonly limit: number; readonly hiddenSeconds: number },
): Promise<readonly Letter[]> {
  const taken = new Map<string, Letter>();
  while (taken.size < limit) {
    const letters = await queues.take(queueUrl, hiddenSeconds);
    if (letters.length === 0) break;
    // The latest receipt of a letter is the one that counts.
    for (const letter of letters) taken.set(letter.id, letter);
  }
  return [...taken.values()];
}
