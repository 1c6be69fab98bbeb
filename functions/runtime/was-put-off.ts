import * as z from 'zod';

const LastLookSchema = z.object({ results: z.object({ CheckAccount: z.object({ putOff: z.literal(true) }) }) });

/** Whether the last pass of this state has put its look off: its result stands in the input of the next one. */
export function wasPutOff(input: unknown): boolean {
  return LastLookSchema.safeParse(input).success;
}
