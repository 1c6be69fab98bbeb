import * as z from 'zod';

/** What became of one permission. */
export const FindingSchema = z.object({
  /** For people: where it is granted, and what. */
  permission: z.string(),
  /** The role, or the function whose session it is. */
  holder: z.string(),
  action: z.string(),
  /** The story that uses it; null if none does. */
  scenario: z.string().nullable(),
  /** Null where that story fails without it, on exactly it. */
  problem: z.string().nullable(),
});

export type Finding = z.infer<typeof FindingSchema>;
