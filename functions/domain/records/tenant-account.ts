import { ALIAS_CLAIM, type TenantRecord } from './ledger-records';
import { pinnedCreation } from './account-records';

/**
 * What becomes of the account of a tenant that is gone. `CLOSED`: AWS has closed it. `KEPT`: it stays in the
 * organization, without its people. `GONE`: it is in the organization no more. `NONE`: there is none.
 */
export const ACCOUNT_STATES = ['CLOSED', 'KEPT', 'GONE', 'NONE'] as const;

export type AccountState = (typeof ACCOUNT_STATES)[number];

/** @param accountThere whether the organization has the account, by the last look at it */
export function accountStateOf({ account, closure }: TenantRecord, accountThere: boolean): AccountState {
  if (account === null) return 'NONE';
  if (closure?.phase === 'closed') return 'CLOSED';
  return accountThere ? 'KEPT' : 'GONE';
}

/** What is known about accounts beyond the configuration, when a desired state is judged. */
export interface KnownAccounts {
  /** The account that this application runs in; null where AWS was not asked. */
  readonly own: string | null;
  /**
   * The one that the tenant has or is about to get, or null. Absent: nobody has looked, as in a plan that is made
   * offline.
   */
  readonly ofTenant?: string | null;
}

/** Without AWS and without the ledger. */
export const KNOWN_OFFLINE: KnownAccounts = { own: null };

/** The account that a tenant has or is about to get. */
export const accountKnownOf = (tenant: Pick<TenantRecord, 'account' | 'creation'> | undefined): string | null =>
  tenant === undefined ? null : (tenant.account?.id ?? pinnedCreation(tenant)?.madeAccountId ?? null);

/** The aliases that nobody but this tenant may have. */
export const claimedAliases = ({ claims }: Pick<TenantRecord, 'claims'>): readonly string[] =>
  claims.filter((claim) => claim.startsWith(ALIAS_CLAIM)).map((claim) => claim.slice(ALIAS_CLAIM.length));
