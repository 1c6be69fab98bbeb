import {
  CreateAccountAliasCommand,
  DeleteAccountAliasCommand,
  type IAMClient,
  paginateListAccountAliases,
} from '@aws-sdk/client-iam';

import { RejectedError } from '../../domain/base/errors';
import type { MemberAlias } from '../../ports/iam';
import type { AwsSession } from '../base/aws-session';
import { calling, isAbsent, isAlreadySo } from '../base/aws-error';
import { memberIamClients } from './iam-client';

/** The alias of a member account. */
export function iamMemberAlias(session: AwsSession): MemberAlias {
  const clientFor = memberIamClients(session);
  return {
    read: (entry) => calling(`read the alias of account ${entry.accountId}`, () => readAlias(clientFor(entry))),
    set: (entry, alias) =>
      calling(`give account ${entry.accountId} the alias "${alias}"`, async () => {
        try {
          await clientFor(entry).send(new CreateAccountAliasCommand({ AccountAlias: alias }));
        } catch (error) {
          throw isAlreadySo(error) ? aliasTaken(alias, error) : error;
        }
      }),
    remove: (entry, alias) =>
      calling(`take the alias "${alias}" from account ${entry.accountId}`, async () => {
        try {
          await clientFor(entry).send(new DeleteAccountAliasCommand({ AccountAlias: alias }));
        } catch (error) {
          if (!isAbsent(error)) throw error;
        }
      }),
  };
}

/** An account has one alias at most, but the page that holds it need not be the first. */
async function readAlias(client: IAMClient): Promise<string | null> {
  for await (const { AccountAliases = [] } of paginateListAccountAliases({ client }, {})) {
    const [alias] = AccountAliases;
    if (alias !== undefined) return alias;
  }
  return null;
}

function aliasTaken(alias: string, cause: unknown): RejectedError {
  return new RejectedError(
    `The account alias "${alias}" is taken by another AWS account (aliases are unique across all of AWS).`,
    "Change accountAliasPattern in platform.json, for example to begin with your company's name, deploy, and replay this run.",
    { cause },
  );
}
