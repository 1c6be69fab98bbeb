import type { AccountSearch, SearchPlace, SearchProgress, SearchWish, Wanted } from '../domain/account/account-search';
import type { Creation } from '../domain/records/operation-records';
import type { Account, SealRecord } from '../domain/records/ledger-records';

/** What the ledger keeps about the making of a tenant's account. */
export interface AccountMemory {
  /**
   * Goes on from `before` to `after`.
   *
   * @throws TransientError when another run has gone on meanwhile; nothing is written then
   */
  recordCreation(before: Creation | null, after: Creation | null): Promise<void>;

  /**
   * The same for an intent: AWS may be asked only with a turn in the lane of account creations, which is used by that,
   * in the same write.
   *
   * @returns false without a turn; nothing is intended then
   * @throws TransientError when another run has gone on meanwhile
   */
  recordIntent(before: Creation | null, intent: Creation): Promise<boolean>;

  /**
   * The account is this tenant's, and nobody else's.
   *
   * @throws RejectedError when another tenant has it, or this tenant has another one
   */
  recordAccount(account: Account): Promise<void>;

  /**
   * Whether the account has lost the alias that it had from this tenant.
   *
   * @throws TransientError when another run has gone on meanwhile; nothing is written then
   */
  recordAliasReleased(before: boolean | undefined, after: boolean): Promise<void>;

  /**
   * The access role is about to be sealed; null: it is found open again.
   *
   * @throws TransientError when another run has gone on meanwhile; nothing is written then
   */
  recordSeal(before: SealRecord | null, after: SealRecord | null): Promise<void>;
}

/** How far the one search for lost accounts has come, which all tenants share. */
export interface AccountSearchMemory {
  /** Whether anybody searches in the long lists of a large organization. */
  isAtWork(): Promise<boolean>;

  /** Wishes, once, and takes the place to read from unless somebody else reads or nothing is to be read. */
  join(wanted: Wanted): Promise<{
    readonly search: AccountSearch;
    readonly wish: SearchWish | undefined;
    readonly place: SearchPlace | undefined;
  }>;

  /**
   * @returns the place to read on; undefined where that is over, or somebody else has taken it: then nothing was
   * written
   */
  record(place: SearchPlace, progress: SearchProgress): Promise<SearchPlace | undefined>;

  leave(tenantUuid: string): Promise<void>;
}
