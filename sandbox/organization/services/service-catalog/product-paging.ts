import { invalidParameters } from './service-catalog-errors';

interface Page {
  readonly PageSize?: number | undefined;
  readonly PageToken?: string | undefined;
}

export interface Paged<Item> {
  readonly items: readonly Item[];
  readonly rest: { readonly NextPageToken?: string };
}

export function pageOf<Item>(all: readonly Item[], page: Page): Paged<Item> {
  const start = readToken(page.PageToken);
  // Zero stands for the service's own choice.
  const end = start + (page.PageSize === undefined || page.PageSize === 0 ? 20 : page.PageSize);
  const items = all.slice(start, end);
  return { items, rest: end < all.length ? { NextPageToken: Buffer.from(`at ${end}`).toString('base64url') } : {} };
}

function readToken(token: string | undefined): number {
  if (token === undefined) {
    return 0;
  }
  const start = /^at (\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1];
  if (start === undefined) {
    // @evidence documented "botocore servicecatalog.SearchProvisionedProducts": InvalidParametersException is the error
    //   of the operation for a parameter that is not valid
    throw invalidParameters('The page token is invalid.');
  }
  return Number(start);
}
