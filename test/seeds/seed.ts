import * as z from 'zod';

/** What decides one simulation. */
export const SeedSchema = z.object({
  seed: z.int(),
  tenants: z.int().default(100),
  /** Whether tenants go in the end, and come again. Absent: those of even seeds do. */
  lives: z.boolean().optional(),
  /** How many times every tenant is vended again without a change. */
  rounds: z.int().default(1),
  /** The invariant that this seed is known to break until it is mended. It must break that one and no other. */
  open: z.string().optional(),
});

export type Seed = z.input<typeof SeedSchema>;
