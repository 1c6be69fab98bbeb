import {
  type Account,
  DescribeAccountCommand,
  DescribeCreateAccountStatusCommand,
  type OrganizationsClient,
  paginateListAccounts,
  paginateListCreateAccountStatus,
} from '@aws-sdk/client-organizations';

import type { AccountDirectory, CreationRequest, DirectoryAccount } from '../ports/account-directory';
import type { AwsCaller } from './assumed-role';
import { calling, isAbsent } from './aws-error';
import { requestOf } from './creation-request';
import { organizationsClient } from './organizations-client';
import { listAccountTags } from './organizations-tags';

/** Looks for accounts and requests in AWS Organizations. */
export function organizationsAccountDirectory(caller: AwsCaller): AccountDirectory {
  const client = organizationsClient(caller);
  return {
    describeRequest: (requestId) =>
      orUndefined(`describe the account request ${requestId}`, async () => {
        const answer = await client.send(new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: requestId }));
        return requestOf(answer.CreateAccountStatus);
      }),
    listRequests: () => calling('list account requests', () => listRequests(client)),
    findAccountByEmail: (email) => calling('list accounts', () => findByEmail(client, email)),
    describeAccount: (accountId) =>
      orUndefined(`describe account ${accountId}`, async () => {
        const answer = await client.send(new DescribeAccountCommand({ AccountId: accountId }));
        return accountOf(answer.Account);
      }),
    listTags: (accountId) => listAccountTags(client, accountId),
  };
}

async function orUndefined<Answer>(doing: string, call: () => Promise<Answer>): Promise<Answer | undefined> {
  return calling(doing, async () => {
    try {
      return await call();
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
  });
}

/** AWS may answer empty pages that have a next one; the paginator goes on. */
async function listRequests(client: OrganizationsClient): Promise<readonly CreationRequest[]> {
  const requests: CreationRequest[] = [];
  const pages = paginateListCreateAccountStatus({ client }, { States: ['IN_PROGRESS', 'SUCCEEDED'], MaxResults: 20 });
  for await (const page of pages) requests.push(...(page.CreateAccountStatuses ?? []).map(requestOf));
  return requests;
}

async function findByEmail(client: OrganizationsClient, email: string): Promise<DirectoryAccount | undefined> {
  const wanted = email.toLowerCase();
  for await (const page of paginateListAccounts({ client }, { MaxResults: 20 })) {
    const found = (page.Accounts ?? []).find((account) => account.Email?.toLowerCase() === wanted);
    if (found !== undefined) return accountOf(found);
  }
  return undefined;
}

function accountOf(account: Account | undefined): DirectoryAccount {
  const { Id = '', Arn = '', Name = '', Email = '', State } = account ?? {};
  return { id: Id, arn: Arn, name: Name, email: Email, state: State ?? null };
}
