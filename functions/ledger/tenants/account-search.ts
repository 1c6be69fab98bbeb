import { isDeepStrictEqual } from 'node:util';

import {
  type AccountSearch,
  AccountSearchSchema,
  taken,
  wishOf,
  withoutWish,
  withProgress,
  withWish,
} from '../../domain/account/account-search';
import type { AccountSearchRepository } from '../../ports/repositories';
import type { LedgerStore } from '../../ports/ledger-store';
import { contentOf, decide, replace, type Snapshot, snapshotsOf } from '../base/decide';
import { ACCOUNT_SEARCH_KEY } from '../base/keys';

const FORGOTTEN_AFTER_SECONDS = 30 * 24 * 3600;

const searchIn = (item: Snapshot | undefined): AccountSearch | undefined => contentOf(AccountSearchSchema, item);

/** The one search for accounts whose request was answered into nothing, which all tenants share. */
export function ledgerAccountSearch(store: LedgerStore, now: () => Date): AccountSearchRepository {
  const written = (item: Snapshot, search: AccountSearch) =>
    replace(item, search.wishes.length === 0 ? null : search, {
      expiresAt: Math.floor(now().getTime() / 1000) + FORGOTTEN_AFTER_SECONDS,
    });
  return {
    isAtWork: async () => {
      const [item] = await snapshotsOf(store, [ACCOUNT_SEARCH_KEY]);
      return searchIn(item) !== undefined;
    },
    join: (wanted) =>
      decide(store, [ACCOUNT_SEARCH_KEY], (item) => {
        const search = withWish(searchIn(item), wanted, now());
        const place = taken(search, now());
        const after = place === undefined ? search : { ...search, readUntil: place.readUntil };
        return {
          writes: isDeepStrictEqual(searchIn(item), after) ? [] : [written(item, after)],
          result: { search: after, wish: wishOf(after, wanted), place },
        };
      }),
    record: (place, progress) =>
      decide(store, [ACCOUNT_SEARCH_KEY], (item) => {
        const after = withProgress(searchIn(item), place, progress, now());
        if (after === undefined) return { writes: [], result: undefined };
        const { phase, nextToken, readUntil } = after;
        return {
          writes: [written(item, after)],
          result: readUntil === null ? undefined : { ...place, phase, nextToken, readUntil },
        };
      }),
    leave: (tenantUuid) =>
      decide(store, [ACCOUNT_SEARCH_KEY], (item) => {
        const search = searchIn(item);
        const isThere = search?.wishes.some((wish) => wish.tenantUuid === tenantUuid) === true;
        return {
          writes: search === undefined || !isThere ? [] : [written(item, withoutWish(search, tenantUuid))],
          result: undefined,
        };
      }),
  };
}
