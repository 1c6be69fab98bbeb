import type { Page } from './input-shapes';
import { invalidInput } from './invalid-input';

export interface Paged<Item> {
  readonly items: readonly Item[];
  readonly NextToken?: string;
}

/** Organizations never gives more than 20 at once, and 20 when nothing is asked. */
export function pageOf<Item>(all: readonly Item[], page: Page): Paged<Item> {
  const start = readToken(page.NextToken);
  const end = start + (page.MaxResults ?? 20);
  const items = all.slice(start, end);
  return end < all.length ? { items, NextToken: writeToken(end) } : { items };
}

/** The rest of an answer: `NextToken` only where there is more. */
export function nextToken({ NextToken }: Paged<unknown>): { readonly NextToken: string | undefined } {
  return { NextToken };
}

function writeToken(start: number): string {
  return Buffer.from(`from ${start}`).toString('base64url');
}

function readToken(token: string | undefined): number {
  if (token === undefined) {
    return 0;
  }
  const start = /^from (\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1];
  if (start === undefined) {
    // @evidence documented "botocore organizations.InvalidInputExceptionReason": INVALID_NEXT_TOKEN is among the
    //   reasons; the description of InvalidInputException has INVALID_PAGINATION_TOKEN for what no answer has given
    throw invalidInput('INVALID_NEXT_TOKEN');
  }
  return Number(start);
}
