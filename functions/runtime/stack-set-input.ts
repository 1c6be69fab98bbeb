import * as z from 'zod/mini';

const StackSetInputSchema = z.object({ stackSet: z.string() });

/** Which stack set an iteration of the Map RollOutStackSets is about. */
export function stackSetIn(input: unknown): string {
  return StackSetInputSchema.parse(input).stackSet;
}
