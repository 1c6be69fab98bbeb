import * as z from 'zod/mini';

/** Which costs are asked for, in meshStack's words. */
export const CostFilterSchema = z.enum(['NONE', 'EXCLUDE_TAX']);

export type CostFilter = z.infer<typeof CostFilterSchema>;
