import * as z from 'zod/mini';

/** Whether runs of a landing zone change AWS, or only tell what they would change. */
export const ModeSchema = z.enum(['act', 'shadow']);

export type Mode = z.infer<typeof ModeSchema>;
