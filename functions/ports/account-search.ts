import type { AccountSearch, SearchPlace, SearchProgress, SearchWish, Wanted } from '../domain/account/account-search';

/** How far the one search for lost accounts has come, which all tenants share. */
export interface AccountSearchRepository {
  /** Whether anybody searches in the long lists of a large organization. */
  isAtWork(): Promise<boolean>;

  /** Wishes, once, and takes the place to read from unless somebody else reads or nothing is to be read. */
  join(wanted: Wanted): Promise<{
    readonly search: AccountSearch;
    readonly wish: SearchWish | undefined;
    readonly place: SearchPlace | undefined;
  }>;

  /** @returns the place to read on; undefined, and nothing written, where that is over or somebody else has taken it */
  record(place: SearchPlace, progress: SearchProgress): Promise<SearchPlace | undefined>;

  leave(tenantUuid: string): Promise<void>;
}
