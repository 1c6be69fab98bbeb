import * as z from 'zod';
import { ServiceError } from '../../service-error';

export interface Page {
  readonly nextToken?: string | undefined;
  readonly maxResults?: number | undefined;
}

interface PageInput {
  readonly nextToken: z.ZodOptional<z.ZodString>;
  readonly maxResults: z.ZodOptional<z.ZodNumber>;
}

export const pageInput = (least: number, most: number): PageInput => ({
  nextToken: z.string().optional(),
  maxResults: z.number().int().min(least).max(most).optional(),
});

interface Paged<Item> {
  readonly items: readonly Item[];
  readonly rest: { readonly nextToken?: string };
}

/**
 * @evidence documented controltower/userguide/baseline-api-examples: lists of baselines are told in pages, with a
 *   nextToken
 */
export function pageOf<Item>(all: readonly Item[], { nextToken, maxResults = 100 }: Page): Paged<Item> {
  const start = nextToken === undefined ? 0 : startOf(nextToken);
  const end = start + maxResults;
  return { items: all.slice(start, end), rest: end < all.length ? { nextToken: tokenAt(end) } : {} };
}

const tokenAt = (start: number): string => Buffer.from(`at ${start}`).toString('base64url');

function startOf(token: string): number {
  const start = /^at (\d+)$/u.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1];
  // @evidence documented "botocore controltower.ListBaselines": ValidationException for input that does not satisfy the
  //   constraints
  if (start === undefined) throw new ServiceError('ValidationException', 'The nextToken is invalid.');
  return Number(start);
}
