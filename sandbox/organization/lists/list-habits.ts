import type { Random } from '../draw';

/** How one list is paged and ordered, from its first page to its last. */
export interface Listing {
  /** The order follows from it. */
  readonly seed: number;
  readonly emptyFirst: boolean;
  /** In how many pages at least, where there is as much; a page never holds more than was asked for. */
  readonly pages: number;
}

/**
 * How AWS pages and orders a list that is begun now; null is the plain way: in order of creation, pages as full as
 * possible.
 */
export type ListHabits = (operation: string) => Listing | null;

/** For tests of something else. */
export const plainLists: ListHabits = () => null;

/**
 * What `npm start` shows to everybody who tries: these lists always begin with an empty page.
 *
 * @evidence documented "botocore organizations.ListAccounts": a page may be empty and still not be the last
 * @evidence documented "botocore organizations.ListCreateAccountStatus": a page may be empty and still not be the last
 * @evidence reported "github aws-ia/terraform-aws-control_tower_account_factory#241": with more than 100
 *   products a search has pages, and what stands on a later one is missed without it
 * Nobody says it of ListEnabledBaselines, which is among them so that its readers go on to its end, too.
 */
export const listsEmptyAtFirst: ListHabits = (operation) =>
  EMPTY_AT_FIRST.has(operation) ? { seed: 0, emptyFirst: true, pages: 1 } : null;

const EMPTY_AT_FIRST = new Set([
  'organizations:ListAccounts',
  'organizations:ListCreateAccountStatus',
  'servicecatalog:SearchProvisionedProducts',
  'controltower:ListEnabledBaselines',
]);

/** Any list in any order, in up to three pages more than needed, an empty one first in a third of all. */
export const drawnLists =
  (random: Random): ListHabits =>
  () => ({
    seed: Math.floor(random() * 2 ** 31),
    emptyFirst: random() < 1 / 3,
    pages: 1 + Math.floor(random() * 3),
  });
