import * as z from 'zod';

const UNIT = 'ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}';
const ROOT = 'r-[0-9a-z]{4,32}';

// AWS's own patterns anchor only one alternative each; these say what AWS means.
export const accountId = z
  .string()
  .max(12)
  .regex(/^\d{12}$/);
export const unitId = z
  .string()
  .max(68)
  .regex(new RegExp(`^${UNIT}$`));
export const parentId = z
  .string()
  .max(100)
  .regex(new RegExp(`^(?:${ROOT}|${UNIT})$`));
export const childId = z
  .string()
  .max(100)
  .regex(new RegExp(`^(?:\\d{12}|${UNIT})$`));
export const taggableId = z
  .string()
  .max(130)
  .regex(new RegExp(`^(?:${ROOT}|\\d{12}|${UNIT})$`));

export const page = {
  NextToken: z.string().max(100_000).optional(),
  MaxResults: z.number().int().min(1).max(20).optional(),
};

export interface Page {
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}

export const tags = z.array(z.object({ Key: z.string(), Value: z.string() }));
