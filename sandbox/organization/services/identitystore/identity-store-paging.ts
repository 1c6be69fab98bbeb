import { invalid } from './identity-store-errors';

interface Page {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface Paged<Item> {
  readonly items: readonly Item[];
  readonly rest: { readonly NextToken?: string };
}

/** Pages of at most 100, in the identity store and in sso-admin. */
export function pageOf<Item>(all: readonly Item[], page: Page): Paged<Item> {
  const start = readToken(page.NextToken);
  const end = start + (page.MaxResults ?? 100);
  return {
    items: all.slice(start, end),
    rest: end < all.length ? { NextToken: Buffer.from(`at ${end}`).toString('base64url') } : {},
  };
}

function readToken(token: string | undefined): number {
  if (token === undefined) {
    return 0;
  }
  const start = /^at (\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1];
  if (start === undefined) {
    // @evidence documented "botocore identitystore.ListGroups": ValidationException is the error of the operation for a
    //   request with a syntax error
    throw invalid('The pagination token is invalid.');
  }
  return Number(start);
}
