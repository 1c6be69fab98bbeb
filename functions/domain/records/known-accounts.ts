import { pinnedCreation } from './account-records';
import type { TenantRecord } from './ledger-records';

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
