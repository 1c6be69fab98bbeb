import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

import { TransientError } from '../../domain/base/errors';
import type { OwnAccount } from '../../ports/own-account';
import { type AwsSettings, clientSettings } from '../base/aws-settings';
import { calling } from '../base/aws-error';

/**
 * The account's id by the settings that were asked with: a container has one set of them. The answer is kept, never the
 * question: that of an invocation whose time is up is answered to nobody.
 */
const known = new WeakMap<AwsSettings, string>();

/**
 * Asks STS who calls, by the function's own credentials; that takes no permission. Asked when it is first needed and
 * once for each container: it cannot change. A failed answer is not kept.
 *
 * @evidence documented STS/APIReference/API_GetCallerIdentity: Account is the id of the account that owns the calling
 *   entity
 */
export function stsOwnAccount(settings: AwsSettings, functionName: string): OwnAccount {
  return {
    id: async () => {
      const account = known.get(settings) ?? (await ask(settings, functionName));
      known.set(settings, account);
      return account;
    },
  };
}

const ask = (settings: AwsSettings, functionName: string): Promise<string> =>
  calling('ask STS for the account of this application', async () => {
    const client = new STSClient(clientSettings(settings, functionName));
    const { Account } = await client.send(new GetCallerIdentityCommand({}));
    if (Account === undefined) throw new TransientError('STS does not say in which account this application runs.');
    return Account;
  });
