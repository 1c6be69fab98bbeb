import { RejectedError } from '../base/errors';
import { accountOf, secondsBetween, type StepContext } from '../run/step-context';

/**
 * What AWS's `State` says of an account. `closing`: AWS is at it. `barred`: nobody can use the account, and it is not
 * closed: AWS lifts that again, and then it costs. `unknown`: a word that AWS did not have when this was written.
 */
export type AccountState = 'open' | 'closing' | 'closed' | 'barred' | 'unknown';

/**
 * @evidence documented organizations/userguide/orgs_manage_accounts_account_state: closed is CLOSED; SUSPENDED is a
 *   restriction of access by AWS
 */
const STANDINGS = new Map<string | null, AccountState>([
  // AWS does not say: as accounts are by far the most.
  [null, 'open'],
  ['ACTIVE', 'open'],
  ['PENDING_CLOSURE', 'closing'],
  ['CLOSED', 'closed'],
  ['SUSPENDED', 'barred'],
  ['PENDING_ACTIVATION', 'barred'],
]);

export const accountState = (state: string | null): AccountState => STANDINGS.get(state) ?? 'unknown';

/** What a person can do about an account in which nothing can be done. */
export function accountRemedy(state: string | null): string {
  switch (accountState(state)) {
    case 'closing':
    case 'closed':
      return 'Ask AWS Support to reopen it (for 90 days after it was closed)';
    case 'barred':
      return state === 'PENDING_ACTIVATION'
        ? "Sign in as the account's root user and complete its registration"
        : "Sign in as the account's root user and ask AWS Support why it is suspended: an unpaid bill is the usual reason";
    case 'open':
    case 'unknown':
      return 'Look at the account in the AWS Organizations console';
  }
}

/** It is not closed, and must not be taken for closed: it lives on as soon as AWS opens it again. */
export function notClosed(accountId: string, state: string | null): RejectedError {
  const what =
    state === 'PENDING_ACTIVATION'
      ? `The account ${accountId} was never activated (PENDING_ACTIVATION)`
      : `AWS has suspended the account ${accountId} (${state ?? 'no state'})`;
  return new RejectedError(
    `${what}: it is not closed, and nothing can be done in it. Its people have lost their access.`,
    `${accountRemedy(state)}; once AWS shows the account as ACTIVE or CLOSED, replay this run.`,
  );
}

/**
 * AWS says "a few minutes" of how long a new account is not to be seen everywhere, and gives no figure; people have
 * seen up to seven.
 */
const NEW_FOR_SECONDS = 15 * 60;

/** Past the time that a new account takes. One that AWS shows late is not taken for one that has left. */
export const isLongKnown = (context: StepContext): boolean =>
  secondsBetween(accountOf(context).knownSince, context.now) >= NEW_FOR_SECONDS;

export const leftOrganization = (accountId: string): RejectedError =>
  new RejectedError(
    `The account ${accountId} has left the organization.`,
    'Invite it back and replay this run, or mark its tenant for deletion: that takes its groups away and ends without the account.',
    { accountLost: true },
  );
