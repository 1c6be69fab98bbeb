import * as z from 'zod';

export const id = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[a-zA-Z0-9_-]*$/);
export const productName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]*$/);
export const token = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]*$/);

export const accessLevel = z.object({ Key: z.enum(['Account', 'Role', 'User']), Value: z.string().min(1) }).optional();

const pageToken = z.string().max(2024).optional();

/** Lists of records, paths and outputs. */
export const smallPage = { PageSize: z.number().int().min(0).max(20).optional(), PageToken: pageToken };
/** Searches for products. */
export const largePage = { PageSize: z.number().int().min(0).max(100).optional(), PageToken: pageToken };
