import { CreateAccountCommand } from '@aws-sdk/client-organizations';

import type { AccountCreator } from '../ports/account-directory';
import type { AwsCaller } from './assumed-role';
import { calling } from './aws-error';
import { requestOf } from './creation-request';
import { organizationsClient } from './organizations-client';

/** Asks AWS Organizations for accounts. */
export function organizationsAccountCreator(caller: AwsCaller): AccountCreator {
  const client = organizationsClient(caller);
  return {
    requestAccount: ({ name, email, roleName, tags }) =>
      calling(`create account "${name}" with e-mail ${email}`, async () => {
        const answer = await client.send(
          new CreateAccountCommand({
            AccountName: name,
            Email: email,
            RoleName: roleName,
            Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
          }),
        );
        return requestOf(answer.CreateAccountStatus);
      }),
  };
}
