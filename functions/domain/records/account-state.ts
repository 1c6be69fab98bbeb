import type { TenantRecord } from './ledger-records';

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
