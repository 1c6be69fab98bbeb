import { validationError } from '../query-input';
import type { Page } from './iam-input';

export interface Paged<Item> {
  readonly items: readonly Item[];
  readonly rest: { readonly IsTruncated: boolean; readonly Marker?: string };
}

/** IAM gives 100 where nothing is asked, and says with `IsTruncated` whether there is more. */
export function pageOf<Item>(all: readonly Item[], page: Page): Paged<Item> {
  const start = readMarker(page.Marker);
  const end = start + (page.MaxItems ?? 100);
  const items = all.slice(start, end);
  return end < all.length
    ? { items, rest: { IsTruncated: true, Marker: Buffer.from(`after ${end}`).toString('base64url') } }
    : { items, rest: { IsTruncated: false } };
}

function readMarker(marker: string | undefined): number {
  if (marker === undefined) {
    return 0;
  }
  const start = /^after (\d+)$/.exec(Buffer.from(marker, 'base64url').toString('utf8'))?.[1];
  if (start === undefined) {
    // @evidence documented IAM/latest/APIReference/CommonErrors: ValidationError for input that does not meet the
    //   required format or constraints
    throw validationError('Invalid Marker.');
  }
  return Number(start);
}
