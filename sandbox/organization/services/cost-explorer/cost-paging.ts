import { ServiceError } from '../../service-error';

/** A page of at most `size`, and the token of the next one. */
export function pageFrom<Item>(
  all: readonly Item[],
  token: string | undefined,
  size: number,
): { readonly items: readonly Item[]; readonly next: string | undefined } {
  const start = token === undefined ? 0 : readToken(token);
  const end = start + size;
  const next = end < all.length ? Buffer.from(`at ${end}`).toString('base64') : undefined;
  return { items: all.slice(start, end), next };
}

function readToken(token: string): number {
  const start = /^at (\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8'))?.[1];
  if (start === undefined) {
    // @evidence documented "botocore ce.GetCostAndUsage": InvalidNextTokenException for a token that is none
    throw new ServiceError(
      'InvalidNextTokenException',
      'The pagination token is invalid. Try again without a pagination token.',
    );
  }
  return Number(start);
}
