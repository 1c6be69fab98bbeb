import { CreateAccountCommand } from '@aws-sdk/client-organizations';

import { accountRefusal } from '../../domain/account/account-refusal';
import { RejectedError } from '../../domain/base/errors';
import type { AccountCreator, CreationDelay } from '../../ports/organizations';
import type { AwsSession } from '../base/aws-session';
import { calling, refusalCodeOf } from '../base/aws-error';
import { organizationsClient, requestOf } from './organizations-account-directory';

/** Asks AWS Organizations for accounts. */
export function organizationsAccountCreator(session: AwsSession): AccountCreator {
  const client = organizationsClient(session);
  return {
    requestAccount: ({ name, email, roleName, tags }) => {
      const doing = `create account "${name}" with e-mail ${email}`;
      return calling(doing, async () => {
        try {
          const answer = await client.send(
            new CreateAccountCommand({
              AccountName: name,
              Email: email,
              RoleName: roleName,
              Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
            }),
          );
          return requestOf(answer.CreateAccountStatus);
        } catch (error) {
          return delayOf(doing, error);
        }
      });
    },
  };
}

/** AWS has turned the request away: whether it takes it later by itself. */
function delayOf(doing: string, error: unknown): CreationDelay {
  const refusal = accountRefusal(refusalCodeOf(error));
  if (refusal === undefined) throw error;
  const { verdict, meaning, remedy } = refusal;
  if (verdict === 'final') throw new RejectedError(`AWS refused to ${doing}: ${meaning}.`, remedy, { cause: error });
  const { waitSeconds, giveUpAfterSeconds } = refusal;
  return { state: 'DELAYED', meaning, remedy, waitSeconds, giveUpAfterSeconds };
}
