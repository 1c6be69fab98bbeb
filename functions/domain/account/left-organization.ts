import { RejectedError } from '../base/errors';
import { accountOf, secondsBetween, type Vending } from '../run/vending';

/**
 * AWS says "a few minutes" of how long a new account is not to be seen everywhere, and gives no figure; people have
 * seen up to seven.
 */
const NEW_FOR_SECONDS = 15 * 60;

/** Past the time that a new account takes. One that AWS shows late is not taken for one that has left. */
export const isLongKnown = (vending: Vending): boolean =>
  secondsBetween(accountOf(vending).knownSince, vending.now) >= NEW_FOR_SECONDS;

export const leftOrganization = (accountId: string): RejectedError =>
  new RejectedError(
    `The account ${accountId} has left the organization.`,
    'Invite it back and replay this run, or mark its tenant for deletion: that takes its groups away and ends without the account.',
    { accountLost: true },
  );
