/**
 * @evidence documented organizations/userguide/orgs_manage_accounts_account_state: these five, and what each means
 */
export type AccountState = 'PENDING_ACTIVATION' | 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE' | 'CLOSED';

/**
 * Whether services of AWS can be used in the account, and its roles be assumed.
 *
 * @evidence documented organizations/userguide/orgs_manage_accounts_account_state: an account stays functional while
 *   its closure is processed; one that is closed, suspended or not yet activated is unusable
 */
export const isFunctional = (state: AccountState | undefined): boolean =>
  state === 'ACTIVE' || state === 'PENDING_CLOSURE';
