/**
 * @evidence documented organizations/userguide/orgs_manage_accounts_account_state: these five, and what each means
 */
export type AccountState = 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';
