import { CloseAccountCommand } from '@aws-sdk/client-organizations';

import { closingRefusal } from '../../domain/account/closing-refusal';
import { RejectedError } from '../../domain/base/errors';
import type { AccountCloser, ClosingDelay } from '../../ports/organizations';
import type { AwsSession } from '../base/aws-session';
import { calling, refusalCodeOf } from '../base/aws-error';
import { organizationsClient } from './organizations-account-directory';

/** Asks AWS Organizations to close accounts. */
export function organizationsAccountCloser(session: AwsSession): AccountCloser {
  const client = organizationsClient(session);
  return {
    close: (accountId) => {
      const doing = `close account ${accountId}`;
      return calling(doing, async () => {
        try {
          await client.send(new CloseAccountCommand({ AccountId: accountId }));
          return 'taken';
        } catch (error) {
          return delayOf(doing, error);
        }
      });
    },
  };
}

/** AWS has turned it away: whether there is nothing to be done, or AWS takes it later by itself. */
function delayOf(doing: string, error: unknown): 'done' | ClosingDelay {
  const refusal = closingRefusal(refusalCodeOf(error));
  switch (refusal?.verdict) {
    case undefined:
      throw error;
    case 'done':
      return 'done';
    case 'wait':
      return refusal;
    case 'final':
      throw new RejectedError(`AWS refused to ${doing}: ${refusal.meaning}.`, refusal.remedy, { cause: error });
  }
}
