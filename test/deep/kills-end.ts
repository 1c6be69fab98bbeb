import * as z from 'zod';

import { type Outcome, sumOf, tell } from './outcome';
import type { Story } from './stories';

export const StorySchema = z.enum([
  'vending',
  'closing',
  'approved vending',
  'approved closing',
]) satisfies z.ZodType<Story>;

/** What a part of all kills has come to. */
export const KillsEndSchema = z.object({
  story: StorySchema,
  passed: z.int(),
  failed: z.int(),
  /** How many writes the story has when nobody disturbs it. */
  writes: z.int(),
  /** States and other functions that have failed and were replayed. */
  replayed: z.array(z.string()),
});

export type KillsEnd = z.infer<typeof KillsEndSchema>;

/** Before it and after it, each by retry and by replay. */
const TIMES_EACH_WRITE = 4;

/** Of all parts together: in every story every write has to have had its turn. */
export const killsOutcome = (ends: readonly KillsEnd[]): Outcome =>
  sumOf(
    StorySchema.options.map((story) =>
      outcomeOf(
        story,
        ends.filter((end) => end.story === story),
      ),
    ),
  );

function outcomeOf(story: Story, ends: readonly KillsEnd[]): Outcome {
  const writes = Math.max(0, ...ends.map((end) => end.writes));
  const { passed, failed } = sumOf(ends);
  const isComplete = writes > 0 && passed + failed === writes * TIMES_EACH_WRITE;
  const replayed = [...new Set(ends.flatMap((end) => end.replayed))].toSorted();
  tell(
    `${isComplete && failed === 0 ? '✔' : '✘'} kills: before and after each of ${writes} writes of one ${story}, continued by retry and by replay, ` +
      `${passed} of ${writes * TIMES_EACH_WRITE} times; replayed at ${replayed.join(', ')}`,
  );
  return { passed, failed: isComplete ? failed : failed + 1 };
}
